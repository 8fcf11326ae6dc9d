/* SPDX-License-Identifier: BSD-2-Clause */
/* Semaphores in memory: a word that counts, and who waits for it. */
#include <limits.h>
#include <semaphore.h>
#include <string.h>

#include "process.h"
#include "pthread_flags.h"
#include "thread.h"

static bool
is_shared(const sem_t *semaphore)
{
	return (semaphore->__flags & FLAG_SHARED) != 0;
}

static int
fail(int error)
{
	errno = error;
	return -1;
}

static bool
try(sem_t *semaphore)
{
	unsigned value = __atomic_load_n(&semaphore->__value, __ATOMIC_SEQ_CST);

	while (value > 0)
		if (__atomic_compare_exchange_n(&semaphore->__value, &value,
			value - 1, true, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
			return true;
	return false;
}

int
sem_init(sem_t *semaphore, int shared, unsigned value)
{
	if (value > SEM_VALUE_MAX)
		return fail(EINVAL);
	memset(semaphore, 0, sizeof(*semaphore));
	semaphore->__value = value;
	semaphore->__flags = shared ? FLAG_SHARED : 0;
	return 0;
}

int
sem_destroy(sem_t *semaphore)
{
	return __atomic_load_n(&semaphore->__waiters, __ATOMIC_RELAXED) > 0
		   ? fail(EBUSY)
		   : 0;
}

int
sem_getvalue(sem_t *restrict semaphore, int *restrict value)
{
	*value = (int)__atomic_load_n(&semaphore->__value, __ATOMIC_SEQ_CST);
	return 0;
}

/* A handler may call it. */
int
sem_post(sem_t *semaphore)
{
	bool shared = is_shared(semaphore);
	unsigned value = __atomic_load_n(&semaphore->__value, __ATOMIC_SEQ_CST);
	unsigned *word = &semaphore->__value;

	do {
		if (value == SEM_VALUE_MAX)
			return fail(EOVERFLOW);
	} while (!__atomic_compare_exchange_n(
	    word, &value, value + 1, true, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
	if (__atomic_load_n(&semaphore->__waiters, __ATOMIC_SEQ_CST) > 0)
		__wake(word, 1, shared);
	return 0;
}

int
sem_trywait(sem_t *semaphore)
{
	return try(semaphore) ? 0 : fail(EAGAIN);
}

static void
leave(void *cookie)
{
	sem_t *semaphore = cookie;

	__atomic_fetch_sub(&semaphore->__waiters, 1, __ATOMIC_SEQ_CST);
}

int
sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until)
{
	unsigned interrupts = __signal_interrupts;
	int error = 0;

	pthread_testcancel();
	if (try(semaphore))
		return 0;
	if (until != NULL && !__valid_time(until))
		return fail(EINVAL);
	__atomic_fetch_add(&semaphore->__waiters, 1, __ATOMIC_SEQ_CST);
	pthread_cleanup_push(leave, semaphore);
	while (error == 0 && !try(semaphore)) {
		__cancel_begin();
		error = __wait_until(&semaphore->__value, 0, CLOCK_REALTIME,
		    until, is_shared(semaphore));
		__cancel_end();
		if (error == EINTR) {
			pthread_testcancel();
			if (interrupts == __signal_interrupts)
				error = 0; /* handlers with SA_RESTART */
		}
	}
	pthread_cleanup_pop(1);
	return error == 0 ? 0 : fail(error);
}

int
sem_wait(sem_t *semaphore)
{
	return sem_timedwait(semaphore, NULL);
}
