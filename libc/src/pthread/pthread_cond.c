/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Condition variables: __sequence counts signals, and a waiter waits for it to
 * change. __waiters spares the trap when nobody waits.
 */
#include <libmach/mach.h>
#include <string.h>
#include <time.h>

#include "pthread_flags.h"
#include "thread.h"

/* What a waiter that is cancelled has to set right. */
struct waiting {
	pthread_cond_t *condition;
	pthread_mutex_t *mutex;
	unsigned seen;
};

static bool
is_shared(const pthread_cond_t *condition)
{
	return (condition->__flags & FLAG_SHARED) != 0;
}

static void
wake(pthread_cond_t *condition, int count)
{
	if (__atomic_load_n(&condition->__waiters, __ATOMIC_SEQ_CST) == 0)
		return;
	__atomic_fetch_add(&condition->__sequence, 1, __ATOMIC_SEQ_CST);
	__wake(&condition->__sequence, count, is_shared(condition));
}

static void
leave(const struct waiting *waiting)
{
	__atomic_fetch_sub(&waiting->condition->__waiters, 1, __ATOMIC_SEQ_CST);
	/* A robust mutex may have changed hands; the caller finds out. */
	(void)pthread_mutex_lock(waiting->mutex);
}

/* A signal that this thread has got in vain goes on to another. */
static void
leave_cancelled(void *cookie)
{
	const struct waiting *waiting = cookie;

	if (__atomic_load_n(&waiting->condition->__sequence,
		__ATOMIC_SEQ_CST) != waiting->seen)
		wake(waiting->condition, 1);
	leave(waiting);
}

int
pthread_cond_timedwait(pthread_cond_t *restrict condition,
    pthread_mutex_t *restrict mutex, const struct timespec *restrict until)
{
	struct waiting waiting = {.condition = condition, .mutex = mutex};
	int error;
	int again;

	if (until != NULL && !__valid_time(until))
		return EINVAL;
	pthread_testcancel();
	__atomic_fetch_add(&condition->__waiters, 1, __ATOMIC_SEQ_CST);
	waiting.seen =
	    __atomic_load_n(&condition->__sequence, __ATOMIC_SEQ_CST);
	error = pthread_mutex_unlock(mutex);
	if (error != 0) {
		__atomic_fetch_sub(&condition->__waiters, 1, __ATOMIC_SEQ_CST);
		return error;
	}
	pthread_cleanup_push(leave_cancelled, &waiting);
	do {
		__cancel_begin();
		error = __wait_until(&condition->__sequence, waiting.seen,
		    condition->__clock, until, is_shared(condition));
		__cancel_end();
		if (error == EINTR)
			pthread_testcancel();
	} while (error == EINTR);
	pthread_cleanup_pop(0);
	__atomic_fetch_sub(&condition->__waiters, 1, __ATOMIC_SEQ_CST);
	again = pthread_mutex_lock(mutex);
	return again != 0 ? again : error;
}

int
pthread_cond_wait(
    pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex)
{
	return pthread_cond_timedwait(condition, mutex, NULL);
}

int
pthread_cond_signal(pthread_cond_t *condition)
{
	wake(condition, 1);
	return 0;
}

int
pthread_cond_broadcast(pthread_cond_t *condition)
{
	wake(condition, INT_MAX);
	return 0;
}

int
pthread_cond_init(pthread_cond_t *restrict condition,
    const pthread_condattr_t *restrict attributes)
{
	memset(condition, 0, sizeof(*condition));
	if (attributes != NULL) {
		condition->__clock = attributes->__clock;
		condition->__flags = attributes->__flags;
	}
	return 0;
}

/*
 * Threads that have been woken may still have to leave: POSIX allows to destroy
 * a condition once none is blocked on it.
 */
int
pthread_cond_destroy(pthread_cond_t *condition)
{
	while (__atomic_load_n(&condition->__waiters, __ATOMIC_SEQ_CST) > 0) {
		wake(condition, INT_MAX);
		swtch_pri(0);
	}
	return 0;
}

int
pthread_condattr_init(pthread_condattr_t *attributes)
{
	memset(attributes, 0, sizeof(*attributes));
	return 0;
}

int
pthread_condattr_destroy(pthread_condattr_t *attributes)
{
	if (attributes == NULL)
		return EINVAL;
	attributes->__clock = -1;
	return 0;
}

int
pthread_condattr_getclock(
    const pthread_condattr_t *restrict attributes, clockid_t *restrict clock)
{
	*clock = attributes->__clock;
	return 0;
}

int
pthread_condattr_setclock(pthread_condattr_t *attributes, clockid_t clock)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return EINVAL;
	attributes->__clock = clock;
	return 0;
}

int
pthread_condattr_getpshared(
    const pthread_condattr_t *restrict attributes, int *restrict shared)
{
	*shared = get_shared(attributes->__flags);
	return 0;
}

int
pthread_condattr_setpshared(pthread_condattr_t *attributes, int shared)
{
	return set_shared(&attributes->__flags, shared);
}
