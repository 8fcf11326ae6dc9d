/* SPDX-License-Identifier: BSD-2-Clause */
/* Locks of streams, which one thread may take several times. */
#include <errno.h>

#include "file.h"

void
flockfile(FILE *file)
{
	void *self = __thread_self();

	if (__atomic_load_n(&file->owner, __ATOMIC_RELAXED) == self) {
		file->depth++;
		return;
	}
	__lock(&file->lock);
	__atomic_store_n(&file->owner, self, __ATOMIC_RELAXED);
	file->depth = 1;
}

int
ftrylockfile(FILE *file)
{
	void *self = __thread_self();
	uint32_t expected = 0;

	if (__atomic_load_n(&file->owner, __ATOMIC_RELAXED) == self) {
		file->depth++;
		return 0;
	}
	if (__threaded &&
	    !__atomic_compare_exchange_n(&file->lock.word, &expected, 1, 0,
		__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return EBUSY;
	__atomic_store_n(&file->owner, self, __ATOMIC_RELAXED);
	file->depth = 1;
	return 0;
}

void
funlockfile(FILE *file)
{
	if (--file->depth > 0)
		return;
	__atomic_store_n(&file->owner, NULL, __ATOMIC_RELAXED);
	__unlock(&file->lock);
}
