/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a program whose assertion failed. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

void
__assert_fail(
    const char *condition, const char *file, int line, const char *function)
{
	fprintf(stderr, "%s:%d: %s: assertion failed: %s\n", file, line,
	    function, condition);
	abort();
}
