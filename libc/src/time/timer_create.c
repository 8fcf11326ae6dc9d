/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Timers of POSIX: the process server's. Those that call a function are of
 * timer_call.h, too.
 */
#include <mach/traps.h>

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <servers/process_user.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "process.h"
#include "thread.h"
#include "timer_call.h"

#define SECOND 1000000000UL
#define PART   32

_Static_assert(TIMER_MAX == PROC_TIMERS_MAX, "the server gives the numbers");

struct timer {
	bool used;
	clockid_t clock;
	struct timer_caller *caller; /* NULL: it calls nothing */
};

/*
 * By the server's numbers, which are the lowest that are free. A part that has
 * come to be stays where it is, so only making timers takes the lock.
 */
static struct lock lock;
static struct timer first[PART];
static struct timer *parts[TIMER_MAX / PART] = {first};

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

static struct timer *
timer_at(int number)
{
	return &parts[number / PART][number % PART];
}

/* The place of a number that the server has given; NULL: no memory. */
static struct timer *
new_timer(int number)
{
	struct timer **part = &parts[number / PART];
	struct timer *made;

	if (*part == NULL) {
		made = calloc(PART, sizeof(*made));
		__atomic_store_n(part, made, __ATOMIC_RELEASE);
	}
	return *part != NULL ? timer_at(number) : NULL;
}

static bool
number_of(timer_t timer, int *number)
{
	uintptr_t value = (uintptr_t)timer;

	if (value == 0 || value > TIMER_MAX)
		return false;
	*number = (int)value - 1;
	return parts[*number / PART] != NULL && timer_at(*number)->used;
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
	struct timer *timer;
	int number;
	kern_return_t code;

	if (clock_id == CLOCK_PROCESS_CPUTIME_ID)
		how |= PROC_TIMER_CPU;
	code = proc_timer_create(__process.proc, how, event->sigev_signo,
	    (uint64_t)(uintptr_t)event->sigev_value.sival_ptr, &number);
	if (code != KERN_SUCCESS)
		return __error_number(code);
	timer = new_timer(number);
	if (timer != NULL)
		*timer = (struct timer){true, clock_id, NULL};
	if (timer != NULL && calls)
		timer->caller = __timer_call(number, event);
	if (timer == NULL || (calls && timer->caller == NULL)) {
		if (timer != NULL)
			timer->used = false;
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

int
timer_delete(timer_t timer)
{
	int number;
	int result;

	if (!number_of(timer, &number))
		return fail(EINVAL);
	__lock(&lock);
	if (timer_at(number)->caller != NULL)
		__timer_call_end(timer_at(number)->caller);
	*timer_at(number) = (struct timer){.used = false};
	result = __result(proc_timer_delete(__process.proc, number));
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
		clock = timer_at(number)->clock == CLOCK_REALTIME
			    ? PROC_TIMER_CALENDAR
			    : PROC_TIMER_UPTIME;
	if (__result(proc_timer_set(
		__process.proc, number, clock, setting, &before)) != 0)
		return -1;
	if (timer_at(number)->caller != NULL)
		__timer_call_changed(
		    timer_at(number)->caller, setting.value != 0);
	if (old != NULL)
		*old = to_itimerspec(&before);
	return 0;
}
