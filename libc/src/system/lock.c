/* SPDX-License-Identifier: BSD-2-Clause */
/* What the library's locks need of the system. */
#include "lock.h"

#include <libmach/mach.h>
#include <libmach/tcb.h>

#include "file.h"

int __threaded;

void
__lock_wait(uint32_t *word)
{
	ulock_wait(word, 2, 0, 0);
}

void
__lock_wake(uint32_t *word)
{
	ulock_wake(word, 1, 0);
}

void *
__thread_self(void)
{
	return mach_tcb_self();
}
