/* SPDX-License-Identifier: BSD-2-Clause */
/* The C types of every.defs. */
#ifndef MIG_TEST_EVERY_H
#define MIG_TEST_EVERY_H

#include <mach/std_types.h>

#include <stdint.h>

typedef struct {
	integer_t value[3];
} three_t;

typedef struct {
	uint8_t a;
#ifndef PEER
	uint64_t b;
#else
	natural_t b;
#endif
	uint16_t c;
	natural_t d;
} mixed_t;

typedef integer_t fixed_t[5];
typedef uint8_t odd_t[3];
typedef integer_t bounded_t[16];
#ifndef PEER
typedef char chars_t[7];
#else
typedef char chars_t[8];
#endif
typedef three_t triples_t[6];
typedef three_t triple16_t[16];
typedef uint8_t long_t[5000];
typedef integer_t *any_t;
typedef const integer_t *const_any_t;
typedef char *bytes_t;
typedef const char *const_bytes_t;
typedef uint64_t *wides_t;
typedef const uint64_t *const_wides_t;
typedef three_t *threes_t;
typedef const three_t *const_threes_t;
typedef integer_t *memory_t;
typedef integer_t *block_t;
typedef mach_port_t *ports_t;
typedef const mach_port_t *const_ports_t;
typedef mach_port_t two_ports_t[2];
typedef mach_port_t few_ports_t[4];
typedef mach_port_t *far_ports_t;
typedef char text_t[32];
typedef const char *const_text_t;
typedef char short_text_t[20];
typedef const char *const_short_text_t;
typedef char version_t[64];
typedef const char *const_version_t;

#endif
