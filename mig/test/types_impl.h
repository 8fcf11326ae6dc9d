/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the user's side of the test tells the server's to expect and to do.
 */
#ifndef MIG_TEST_TYPES_IMPL_H
#define MIG_TEST_TYPES_IMPL_H

#include <mach/kern_return.h>

struct expected {
	uint32_t count;
	uint32_t out_count; /* a lie about a count, if not 0 */
	int unterminated;   /* answer with a string without end */
	kern_return_t code;
	const char *wrong; /* the first thing that was not as expected */
};
extern struct expected expected;

int types_impl_references(void);
uint32_t types_impl_counted(void);

#endif
