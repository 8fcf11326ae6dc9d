/* SPDX-License-Identifier: BSD-2-Clause */
/* threads.h: POSIX's threads, with C's names and results. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <threads.h>

/* What a new thread does; its own to free. */
struct work {
	thrd_start_t start;
	void *argument;
};

static int
result(int error)
{
	switch (error) {
	case 0:
		return thrd_success;
	case EBUSY:
		return thrd_busy;
	case ENOMEM:
	case EAGAIN:
		return thrd_nomem;
	case ETIMEDOUT:
		return thrd_timedout;
	default:
		return thrd_error;
	}
}

static void *
run(void *argument)
{
	struct work work = *(struct work *)argument;

	free(argument);
	return (void *)(intptr_t)work.start(work.argument);
}

int
thrd_create(thrd_t *thread, thrd_start_t start, void *argument)
{
	struct work *work = malloc(sizeof(*work));
	int error;

	if (work == NULL)
		return thrd_nomem;
	*work = (struct work){start, argument};
	error = pthread_create(thread, NULL, run, work);
	if (error != 0)
		free(work);
	return result(error);
}

thrd_t
thrd_current(void)
{
	return pthread_self();
}

int
thrd_detach(thrd_t thread)
{
	return result(pthread_detach(thread));
}

int
thrd_equal(thrd_t a, thrd_t b)
{
	return a == b;
}

_Noreturn void
thrd_exit(int value)
{
	pthread_exit((void *)(intptr_t)value);
}

int
thrd_join(thrd_t thread, int *value)
{
	void *end;
	int error = pthread_join(thread, &end);

	if (error == 0 && value != NULL)
		*value = (int)(intptr_t)end;
	return result(error);
}

/* -1: a signal came; other values below zero: what was asked was wrong. */
int
thrd_sleep(const struct timespec *time, struct timespec *left)
{
	switch (clock_nanosleep(CLOCK_REALTIME, 0, time, left)) {
	case 0:
		return 0;
	case EINTR:
		return -1;
	default:
		return -2;
	}
}

void
thrd_yield(void)
{
	sched_yield();
}

void
call_once(once_flag *flag, void (*function)(void))
{
	pthread_once(flag, function);
}

int
mtx_init(mtx_t *mutex, int type)
{
	pthread_mutexattr_t attributes;
	int error;

	pthread_mutexattr_init(&attributes);
	if (type & mtx_recursive)
		pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
	error = pthread_mutex_init(mutex, &attributes);
	pthread_mutexattr_destroy(&attributes);
	return result(error);
}

void
mtx_destroy(mtx_t *mutex)
{
	pthread_mutex_destroy(mutex);
}

int
mtx_lock(mtx_t *mutex)
{
	return result(pthread_mutex_lock(mutex));
}

int
mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict until)
{
	return result(pthread_mutex_timedlock(mutex, until));
}

int
mtx_trylock(mtx_t *mutex)
{
	return result(pthread_mutex_trylock(mutex));
}

int
mtx_unlock(mtx_t *mutex)
{
	return result(pthread_mutex_unlock(mutex));
}

int
cnd_init(cnd_t *condition)
{
	return result(pthread_cond_init(condition, NULL));
}

void
cnd_destroy(cnd_t *condition)
{
	pthread_cond_destroy(condition);
}

int
cnd_signal(cnd_t *condition)
{
	return result(pthread_cond_signal(condition));
}

int
cnd_broadcast(cnd_t *condition)
{
	return result(pthread_cond_broadcast(condition));
}

int
cnd_wait(cnd_t *condition, mtx_t *mutex)
{
	return result(pthread_cond_wait(condition, mutex));
}

int
cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex,
    const struct timespec *restrict until)
{
	return result(pthread_cond_timedwait(condition, mutex, until));
}

int
tss_create(tss_t *key, tss_dtor_t destructor)
{
	return result(pthread_key_create(key, destructor));
}

void
tss_delete(tss_t key)
{
	pthread_key_delete(key);
}

void *
tss_get(tss_t key)
{
	return pthread_getspecific(key);
}

int
tss_set(tss_t key, void *value)
{
	return result(pthread_setspecific(key, value));
}
