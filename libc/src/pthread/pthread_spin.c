/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Spin locks. Who spins for long gives the processor away: the holder may be
 * waiting for it.
 */
#include <libmach/mach.h>
#include <stdbool.h>

#include "pthread_flags.h"

#define SPINS 100

static bool
try(pthread_spinlock_t *lock)
{
	return __atomic_exchange_n(&lock->__lock, 1, __ATOMIC_ACQUIRE) == 0;
}

int
pthread_spin_lock(pthread_spinlock_t *lock)
{
	int spins = 0;

	while (!try(lock)) {
		while (__atomic_load_n(&lock->__lock, __ATOMIC_RELAXED) != 0) {
			if (++spins % SPINS == 0)
				swtch_pri(0);
		}
	}
	return 0;
}

int
pthread_spin_trylock(pthread_spinlock_t *lock)
{
	return try(lock) ? 0 : EBUSY;
}

int
pthread_spin_unlock(pthread_spinlock_t *lock)
{
	__atomic_store_n(&lock->__lock, 0, __ATOMIC_RELEASE);
	return 0;
}

int
pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
	lock->__lock = 0;
	lock->__flags = 0;
	return set_shared(&lock->__flags, shared);
}

int
pthread_spin_destroy(pthread_spinlock_t *lock)
{
	return __atomic_load_n(&lock->__lock, __ATOMIC_RELAXED) != 0 ? EBUSY
								     : 0;
}
