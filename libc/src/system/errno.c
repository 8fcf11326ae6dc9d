/* SPDX-License-Identifier: BSD-2-Clause */
/* errno is in the thread control block. */
#include <errno.h>
#include <libmach/tcb.h>

int *
__errno_location(void)
{
	return &mach_tcb_self()->error;
}
