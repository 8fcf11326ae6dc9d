/* SPDX-License-Identifier: BSD-2-Clause */
/* Mutexes and conditions on ulock_wait() and ulock_wake(). */
#include <libmach/mach.h>
#include <libmach/thread.h>

bool
mach_mutex_try_lock(struct mach_mutex *mutex)
{
	uint32_t expected = 0;

	return __atomic_compare_exchange_n(&mutex->word, &expected, 1, false,
	    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

void
mach_mutex_lock(struct mach_mutex *mutex)
{
	if (mach_mutex_try_lock(mutex))
		return;
	while (__atomic_exchange_n(&mutex->word, 2, __ATOMIC_ACQUIRE) != 0)
		ulock_wait(&mutex->word, 2, 0, 0);
}

void
mach_mutex_unlock(struct mach_mutex *mutex)
{
	if (__atomic_exchange_n(&mutex->word, 0, __ATOMIC_RELEASE) == 2)
		ulock_wake(&mutex->word, 1, 0);
}

bool
mach_condition_wait(struct mach_condition *condition, struct mach_mutex *mutex,
    uint64_t timeout_ns)
{
	uint32_t seen = __atomic_load_n(&condition->word, __ATOMIC_RELAXED);
	kern_return_t code;

	mach_mutex_unlock(mutex);
	code = ulock_wait(&condition->word, seen, timeout_ns, 0);
	mach_mutex_lock(mutex);
	return code != KERN_OPERATION_TIMED_OUT;
}

void
mach_condition_signal(struct mach_condition *condition)
{
	__atomic_fetch_add(&condition->word, 1, __ATOMIC_RELEASE);
	ulock_wake(&condition->word, 1, 0);
}

void
mach_condition_broadcast(struct mach_condition *condition)
{
	__atomic_fetch_add(&condition->word, 1, __ATOMIC_RELEASE);
	ulock_wake(&condition->word, INT32_MAX, 0);
}
