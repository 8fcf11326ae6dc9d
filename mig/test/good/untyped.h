/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C types of untyped.defs.
 */
#ifndef MIG_TEST_UNTYPED_H
#define MIG_TEST_UNTYPED_H

#include <mach/mach_types.h>

typedef natural_t *some_t;
typedef char letters_t[9];
typedef uint64_t *longs_t;
typedef mach_port_t *some_ports_t;
typedef char *bytes_t;
typedef char *text_t;

#define NOTHING ((const struct nine *)0)
struct nine {
	char c[9];
};
struct wide {
	uint64_t number;
	char *text;
};
typedef natural_t *words_t;
typedef mach_port_t three_ports_t[3];
typedef int doubled_t;

uint64_t double_of(int x);
int half_of(uint64_t x);

#endif
