/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Barriers. Those who have been let through are counted until they touch the
 * barrier no more, so that the one who was told PTHREAD_BARRIER_SERIAL_THREAD
 * can destroy it.
 */
#include <libmach/mach.h>
#include <string.h>

#include "pthread_flags.h"
#include "thread.h"

static bool
is_shared(const pthread_barrier_t *barrier)
{
	return (barrier->__flags & FLAG_SHARED) != 0;
}

static void
enter(pthread_barrier_t *barrier)
{
	while (__atomic_exchange_n(&barrier->__lock, 1, __ATOMIC_ACQUIRE) != 0)
		swtch_pri(0);
}

static void
leave(pthread_barrier_t *barrier)
{
	__atomic_store_n(&barrier->__lock, 0, __ATOMIC_RELEASE);
}

int
pthread_barrier_wait(pthread_barrier_t *barrier)
{
	unsigned seen;

	enter(barrier);
	seen = barrier->__sequence;
	if (++barrier->__present == barrier->__needed) {
		barrier->__leaving += barrier->__present - 1;
		barrier->__present = 0;
		__atomic_store_n(
		    &barrier->__sequence, seen + 1, __ATOMIC_SEQ_CST);
		leave(barrier);
		__wake(&barrier->__sequence, INT_MAX, is_shared(barrier));
		return PTHREAD_BARRIER_SERIAL_THREAD;
	}
	leave(barrier);
	while (__atomic_load_n(&barrier->__sequence, __ATOMIC_SEQ_CST) == seen)
		(void)__wait_until(&barrier->__sequence, seen, CLOCK_MONOTONIC,
		    NULL, is_shared(barrier));
	__atomic_fetch_sub(&barrier->__leaving, 1, __ATOMIC_RELEASE);
	return 0;
}

int
pthread_barrier_init(pthread_barrier_t *restrict barrier,
    const pthread_barrierattr_t *restrict attributes, unsigned count)
{
	if (count == 0)
		return EINVAL;
	memset(barrier, 0, sizeof(*barrier));
	barrier->__needed = count;
	if (attributes != NULL)
		barrier->__flags = attributes->__flags;
	return 0;
}

int
pthread_barrier_destroy(pthread_barrier_t *barrier)
{
	bool busy;

	enter(barrier);
	busy = barrier->__present > 0;
	leave(barrier);
	if (busy)
		return EBUSY;
	while (__atomic_load_n(&barrier->__leaving, __ATOMIC_ACQUIRE) > 0)
		swtch_pri(0);
	return 0;
}

int
pthread_barrierattr_init(pthread_barrierattr_t *attributes)
{
	attributes->__flags = 0;
	return 0;
}

int
pthread_barrierattr_destroy(pthread_barrierattr_t *attributes)
{
	attributes->__flags = 0;
	return 0;
}

int
pthread_barrierattr_getpshared(
    const pthread_barrierattr_t *restrict attributes, int *restrict shared)
{
	*shared = get_shared(attributes->__flags);
	return 0;
}

int
pthread_barrierattr_setpshared(pthread_barrierattr_t *attributes, int shared)
{
	return set_shared(&attributes->__flags, shared);
}
