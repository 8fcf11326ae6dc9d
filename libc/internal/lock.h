/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lock of the library itself: nothing but a flag test as long as the
 * process has one thread; then one atomic exchange, and a wait in the kernel
 * under contention. Words: 0 free, 1 held, 2 held and waited for.
 */
#ifndef INTERNAL_LOCK_H
#define INTERNAL_LOCK_H

#include <stdbool.h>
#include <stdint.h>

struct lock {
	uint32_t word;
};

/* Set once, before a second thread starts. */
extern int __threaded;

/* Block until the word may have changed from 2; wake one that waits. */
void __lock_wait(uint32_t *word);
void __lock_wake(uint32_t *word);

static inline void
__lock(struct lock *lock)
{
	uint32_t expected = 0;

	if (!__threaded)
		return;
	if (__atomic_compare_exchange_n(&lock->word, &expected, 1, 0,
		__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return;
	while (__atomic_exchange_n(&lock->word, 2, __ATOMIC_ACQUIRE) != 0)
		__lock_wait(&lock->word);
}

/* False: it is held, perhaps by what a signal has interrupted. */
static inline bool
__try_lock(struct lock *lock)
{
	uint32_t expected = 0;

	return !__threaded ||
	       __atomic_compare_exchange_n(&lock->word, &expected, 1, 0,
		   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

static inline void
__unlock(struct lock *lock)
{
	if (!__threaded)
		return;
	if (__atomic_exchange_n(&lock->word, 0, __ATOMIC_RELEASE) == 2)
		__lock_wake(&lock->word);
}

#endif
