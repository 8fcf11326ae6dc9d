/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Timers of POSIX. Those that send a signal are the process server's. One that
 * calls a function has a thread here, which takes the expirations from a timer
 * of the server's without a signal: it sleeps until the time it asks for.
 */
#include <mach/traps.h>

#include <errno.h>
#include <pthread.h>
#include <servers/process_user.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "process.h"
#include "thread.h"

#define SECOND     1000000000UL
#define TIMERS_MAX 32

/* A timer that calls a function: its thread waits for `changed`. */
struct caller {
	void (*function)(union sigval);
	union sigval value;
	pthread_attr_t attributes;
	bool has_attributes;
	int timer;
	uint32_t changed; /* atomic: counts settings */
	bool ended;
};

static struct lock lock;
static struct {
	bool used;
	clockid_t clock;
	struct caller *caller;
} timers[TIMERS_MAX];

int
clock_getcpuclockid(pid_t pid, clockid_t *to)
{
	if (pid != 0 && pid != getpid())
		return kill(pid, 0) == 0 || errno == EPERM ? EPERM : ESRCH;
	*to = CLOCK_PROCESS_CPUTIME_ID;
	return 0;
}

static int
fail(int error)
{
	errno = error;
	return -1;
}

static bool
number_of(timer_t timer, int *number)
{
	uintptr_t value = (uintptr_t)timer;

	if (value == 0 || value > TIMERS_MAX || !timers[value - 1].used)
		return false;
	*number = (int)value - 1;
	return true;
}

struct expiration {
	void (*function)(union sigval);
	union sigval value;
};

static void *
call(void *cookie)
{
	struct expiration expiration = *(struct expiration *)cookie;

	free(cookie);
	expiration.function(expiration.value);
	return NULL;
}

static void
expire(const struct caller *caller)
{
	struct expiration *expiration = malloc(sizeof(*expiration));
	pthread_attr_t attributes;
	pthread_t thread;

	if (expiration == NULL)
		return;
	expiration->function = caller->function;
	expiration->value = caller->value;
	pthread_attr_init(&attributes);
	if (caller->has_attributes)
		attributes = caller->attributes;
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	if (pthread_create(&thread, &attributes, call, expiration) != 0)
		free(expiration);
}

/* Until its timer expires, or is set anew. */
static void *
wait_and_call(void *cookie)
{
	struct caller *caller = cookie;
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, NULL);
	while (!__atomic_load_n(&caller->ended, __ATOMIC_ACQUIRE)) {
		uint32_t seen =
		    __atomic_load_n(&caller->changed, __ATOMIC_ACQUIRE);
		const proc_timer_t ask = {PROC_FOREVER, 0};
		proc_timer_t now = {0, 0};
		kern_return_t code;

		if (proc_timer_set(__process.proc, caller->timer, 0, ask,
			&now) != KERN_SUCCESS)
			now.value = 0;
		code = ulock_wait(&caller->changed, seen, now.value, 0);
		if (code == KERN_OPERATION_TIMED_OUT)
			expire(caller);
	}
	free(caller);
	return NULL;
}

static int
start_caller(int number, const struct sigevent *event)
{
	struct caller *caller = calloc(1, sizeof(*caller));
	pthread_attr_t attributes;
	pthread_t thread;

	if (caller == NULL)
		return EAGAIN;
	caller->function = event->sigev_notify_function;
	caller->value = event->sigev_value;
	caller->timer = number;
	if (event->sigev_notify_attributes != NULL) {
		caller->attributes = *event->sigev_notify_attributes;
		caller->has_attributes = true;
	}
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	if (pthread_create(&thread, &attributes, wait_and_call, caller) != 0) {
		free(caller);
		return EAGAIN;
	}
	timers[number].caller = caller;
	return 0;
}

/* What a timer does that is made without saying so. */
static struct sigevent
default_event(void)
{
	return (struct sigevent){
	    .sigev_notify = SIGEV_SIGNAL,
	    .sigev_signo = SIGALRM,
	};
}

static int
make(clockid_t clock_id, const struct sigevent *event, timer_t *to)
{
	bool calls = event->sigev_notify == SIGEV_THREAD;
	int how = event->sigev_notify == SIGEV_SIGNAL ? PROC_TIMER_SIGNAL
						      : PROC_TIMER_NONE;
	int number;
	kern_return_t code;

	if (clock_id == CLOCK_PROCESS_CPUTIME_ID)
		how |= PROC_TIMER_CPU;
	code = proc_timer_create(__process.proc, how, event->sigev_signo,
	    (uint64_t)(uintptr_t)event->sigev_value.sival_ptr, &number);
	if (code != KERN_SUCCESS)
		return __error_number(code);
	timers[number].used = true;
	timers[number].clock = clock_id;
	timers[number].caller = NULL;
	if (calls && start_caller(number, event) != 0) {
		timers[number].used = false;
		proc_timer_delete(__process.proc, number);
		return EAGAIN;
	}
	*to = (timer_t)(uintptr_t)(number + 1);
	return 0;
}

int
timer_create(
    clockid_t clock_id, struct sigevent *restrict event, timer_t *restrict to)
{
	struct sigevent usual = default_event();
	int error;

	if (clock_id == CLOCK_THREAD_CPUTIME_ID)
		return fail(ENOTSUP);
	if (clock_id != CLOCK_REALTIME && clock_id != CLOCK_MONOTONIC &&
	    clock_id != CLOCK_PROCESS_CPUTIME_ID)
		return fail(EINVAL);
	/* Whoever waits for it would have to look at the time himself. */
	if (clock_id == CLOCK_PROCESS_CPUTIME_ID && event != NULL &&
	    event->sigev_notify == SIGEV_THREAD)
		return fail(ENOTSUP);
	if (event != NULL && event->sigev_notify != SIGEV_SIGNAL &&
	    event->sigev_notify != SIGEV_NONE &&
	    event->sigev_notify != SIGEV_THREAD)
		return fail(EINVAL);
	__lock(&lock);
	error = make(clock_id, event != NULL ? event : &usual, to);
	__unlock(&lock);
	return error == 0 ? 0 : fail(error);
}

static void
tell_caller(struct caller *caller)
{
	__atomic_fetch_add(&caller->changed, 1, __ATOMIC_SEQ_CST);
	ulock_wake(&caller->changed, 1, 0);
}

int
timer_delete(timer_t timer)
{
	int number;
	int result;

	if (!number_of(timer, &number))
		return fail(EINVAL);
	__lock(&lock);
	timers[number].used = false;
	result = __result(proc_timer_delete(__process.proc, number));
	if (timers[number].caller != NULL) {
		__atomic_store_n(
		    &timers[number].caller->ended, true, __ATOMIC_RELEASE);
		tell_caller(timers[number].caller);
		timers[number].caller = NULL;
	}
	__unlock(&lock);
	return result;
}

int
timer_getoverrun(timer_t timer)
{
	int number;
	int overrun;

	if (!number_of(timer, &number))
		return fail(EINVAL);
	if (__result(proc_timer_overrun(__process.proc, number, &overrun)) != 0)
		return -1;
	return overrun;
}

static bool
to_nanoseconds(const struct timespec *from, uint64_t *to)
{
	if (from->tv_sec < 0 || !__valid_time(from))
		return false;
	*to = UINT64_MAX / 2;
	if ((uint64_t)from->tv_sec < UINT64_MAX / 2 / SECOND)
		*to = (uint64_t)from->tv_sec * SECOND + (uint64_t)from->tv_nsec;
	return true;
}

static struct itimerspec
to_itimerspec(const proc_timer_t *from)
{
	return (struct itimerspec){
	    .it_value = {(time_t)(from->value / SECOND),
		(long)(from->value % SECOND)},
	    .it_interval = {(time_t)(from->interval / SECOND),
		(long)(from->interval % SECOND)},
	};
}

int
timer_gettime(timer_t timer, struct itimerspec *to)
{
	const proc_timer_t ask = {PROC_FOREVER, 0};
	proc_timer_t now;
	int number;

	if (!number_of(timer, &number))
		return fail(EINVAL);
	if (__result(proc_timer_set(__process.proc, number, 0, ask, &now)) != 0)
		return -1;
	*to = to_itimerspec(&now);
	return 0;
}

int
timer_settime(timer_t timer, int flags,
    const struct itimerspec *restrict new_value,
    struct itimerspec *restrict old)
{
	int clock = 0;
	proc_timer_t setting;
	proc_timer_t before;
	int number;

	if (!number_of(timer, &number) ||
	    !to_nanoseconds(&new_value->it_value, &setting.value) ||
	    !to_nanoseconds(&new_value->it_interval, &setting.interval))
		return fail(EINVAL);
	if (flags & TIMER_ABSTIME)
		clock = timers[number].clock == CLOCK_REALTIME
			    ? PROC_TIMER_CALENDAR
			    : PROC_TIMER_UPTIME;
	if (__result(proc_timer_set(
		__process.proc, number, clock, setting, &before)) != 0)
		return -1;
	if (timers[number].caller != NULL)
		tell_caller(timers[number].caller);
	if (old != NULL)
		*old = to_itimerspec(&before);
	return 0;
}
