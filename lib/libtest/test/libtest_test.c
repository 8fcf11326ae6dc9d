/* SPDX-License-Identifier: BSD-2-Clause */
/* The TAP header itself: what passes passes, and the plan is the count. */
#include "libtest/test.h"

int
main(void)
{
	ok(1, "true passes");
	is_int(-1, -1, "equal numbers pass");
	is_str("a", "a", "equal strings pass");
	return test_done();
}
