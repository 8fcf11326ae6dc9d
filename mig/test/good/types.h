/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C types of types.defs.
 */
#ifndef MIG_TEST_TYPES_H
#define MIG_TEST_TYPES_H

#include <mach/mach_types.h>

typedef uint8_t uint8;
typedef uint32_t counted_t;
typedef struct {
	uint64_t first, second, third;
} pair_t;
typedef struct {
	uint8_t r, g, b;
} rgb_t;
typedef char bytes5_t[5];
typedef uint16_t shorts3_t[3];
typedef uint64_t longs4_t[4];
typedef uint16_t grid_t[2][3];
typedef natural_t *words_t;
typedef char letters_t[11];
typedef uint64_t *longs_t;
typedef char name_t[16];
typedef char *path_t;
typedef char *blob_t;
typedef natural_t *lent_t;
typedef char *page_t;
typedef uint64_t *bounded_t;
typedef mach_port_t three_ports_t[3];
typedef mach_port_t *some_ports_t;

#endif
