/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Locks for many readers or one writer. A small lock guards the fields; who has
 * to wait does so for __sequence to change, which each release counts up while
 * somebody waits. Readers do not wait for writers that wait: a thread that
 * reads may always lock once more. Those of SCHED_FIFO and SCHED_RR do, for
 * writers of their priority and above, as POSIX wants it.
 */
#include <sched.h>
#include <string.h>

#include "pthread_flags.h"
#include "thread.h"

static bool
is_shared(const pthread_rwlock_t *lock)
{
	return (lock->__flags & FLAG_SHARED) != 0;
}

static void
enter(pthread_rwlock_t *lock)
{
	unsigned expected = 0;

	if (__atomic_compare_exchange_n(&lock->__lock, &expected, 1, false,
		__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return;
	while (__atomic_exchange_n(&lock->__lock, 2, __ATOMIC_ACQUIRE) != 0)
		(void)__wait_until(
		    &lock->__lock, 2, CLOCK_MONOTONIC, NULL, is_shared(lock));
}

static void
leave(pthread_rwlock_t *lock)
{
	if (__atomic_exchange_n(&lock->__lock, 0, __ATOMIC_RELEASE) == 2)
		__wake(&lock->__lock, 1, is_shared(lock));
}

/* Does a reader leave the lock to those who wait to write? */
static bool
gives_way(const pthread_rwlock_t *lock)
{
	const pthread_attr_t *own = &thread_self()->attributes;

	return lock->__writers_waiting > 0 && own->__policy != SCHED_OTHER &&
	       own->__priority <= lock->__writer_priority;
}

static bool
take(pthread_rwlock_t *lock, bool write)
{
	if (lock->__writer != 0 || (write && lock->__readers > 0) ||
	    (!write && gives_way(lock)))
		return false;
	if (write)
		lock->__writer = __thread_id(is_shared(lock));
	else
		lock->__readers++;
	return true;
}

static int
try(pthread_rwlock_t *lock, bool write)
{
	int error = 0;

	enter(lock);
	if (!write && lock->__readers == UINT_MAX)
		error = EAGAIN;
	else if (!take(lock, write))
		error = EBUSY;
	leave(lock);
	return error;
}

static void
begin_wait(pthread_rwlock_t *lock, bool write)
{
	int priority = thread_self()->attributes.__priority;

	lock->__waiters++;
	if (!write)
		return;
	lock->__writers_waiting++;
	if (priority > lock->__writer_priority)
		lock->__writer_priority = priority;
}

static void
end_wait(pthread_rwlock_t *lock, bool write)
{
	lock->__waiters--;
	if (write && --lock->__writers_waiting == 0)
		lock->__writer_priority = 0;
}

/* A writer gives up: readers may have waited for it. */
static void
leave_and_wake(pthread_rwlock_t *lock)
{
	bool wake = lock->__waiters > 0;

	if (wake)
		lock->__sequence++;
	leave(lock);
	if (wake)
		__wake(&lock->__sequence, INT_MAX, is_shared(lock));
}

static int
lock_until(pthread_rwlock_t *lock, bool write, const struct timespec *until)
{
	unsigned long self = __thread_id(is_shared(lock));
	int error = 0;

	enter(lock);
	while (!take(lock, write)) {
		unsigned seen = lock->__sequence;

		if (lock->__writer == self)
			error = EDEADLK;
		else if (until != NULL && !__valid_time(until))
			error = EINVAL;
		if (error != 0)
			break;
		begin_wait(lock, write);
		leave(lock);
		error = __wait_until(&lock->__sequence, seen, CLOCK_REALTIME,
		    until, is_shared(lock));
		enter(lock);
		end_wait(lock, write);
		if (error == ETIMEDOUT)
			break;
		error = 0;
	}
	if (write && error != 0)
		leave_and_wake(lock);
	else
		leave(lock);
	return error;
}

int
pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
	return lock_until(lock, false, NULL);
}

int
pthread_rwlock_timedrdlock(
    pthread_rwlock_t *restrict lock, const struct timespec *restrict until)
{
	return lock_until(lock, false, until);
}

int
pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
	return try(lock, false);
}

int
pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
	return lock_until(lock, true, NULL);
}

int
pthread_rwlock_timedwrlock(
    pthread_rwlock_t *restrict lock, const struct timespec *restrict until)
{
	return lock_until(lock, true, until);
}

int
pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
	return try(lock, true);
}

int
pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
	bool wake = false;
	int error = 0;

	enter(lock);
	if (lock->__writer != 0 &&
	    lock->__writer == __thread_id(is_shared(lock)))
		lock->__writer = 0;
	else if (lock->__writer == 0 && lock->__readers > 0)
		lock->__readers--;
	else
		error = EPERM;
	if (error == 0 && lock->__readers == 0 && lock->__waiters > 0) {
		lock->__sequence++;
		wake = true;
	}
	leave(lock);
	if (wake)
		__wake(&lock->__sequence, INT_MAX, is_shared(lock));
	return error;
}

int
pthread_rwlock_init(pthread_rwlock_t *restrict lock,
    const pthread_rwlockattr_t *restrict attributes)
{
	memset(lock, 0, sizeof(*lock));
	if (attributes != NULL)
		lock->__flags = attributes->__flags;
	return 0;
}

int
pthread_rwlock_destroy(pthread_rwlock_t *lock)
{
	int error;

	enter(lock);
	error = lock->__writer != 0 || lock->__readers > 0 ? EBUSY : 0;
	leave(lock);
	return error;
}

int
pthread_rwlockattr_init(pthread_rwlockattr_t *attributes)
{
	attributes->__flags = 0;
	return 0;
}

int
pthread_rwlockattr_destroy(pthread_rwlockattr_t *attributes)
{
	attributes->__flags = 0;
	return 0;
}

int
pthread_rwlockattr_getpshared(
    const pthread_rwlockattr_t *restrict attributes, int *restrict shared)
{
	*shared = get_shared(attributes->__flags);
	return 0;
}

int
pthread_rwlockattr_setpshared(pthread_rwlockattr_t *attributes, int shared)
{
	return set_shared(&attributes->__flags, shared);
}
