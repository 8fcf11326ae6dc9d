/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interval timers, which the process server keeps: that of real time, and two
 * of processor time. Those are timers of POSIX, made when first set; the kernel
 * does not count its own work apart, so both show the same time.
 */
#include <errno.h>
#include <servers/process_user.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/time.h>
#include <unistd.h>

#include "process.h"

#define SECOND 1000000000UL

static struct timeval
to_timeval(uint64_t nanoseconds)
{
	return (struct timeval){
	    .tv_sec = (time_t)(nanoseconds / SECOND),
	    .tv_usec = (suseconds_t)(nanoseconds % SECOND / 1000),
	};
}

static int
from_timeval(const struct timeval *from, uint64_t *to)
{
	if (from->tv_sec < 0 || from->tv_sec > 1000000000L ||
	    from->tv_usec < 0 || from->tv_usec >= 1000000) {
		errno = EINVAL;
		return -1;
	}
	*to = (uint64_t)from->tv_sec * SECOND + (uint64_t)from->tv_usec * 1000;
	return 0;
}

static int
set_timer(uint64_t value, uint64_t interval, struct itimerval *old)
{
	uint64_t old_value;
	uint64_t old_interval;

	if (__result(proc_set_timer(__process.proc, value, interval, &old_value,
		&old_interval)) != 0)
		return -1;
	if (old != NULL) {
		old->it_value = to_timeval(old_value);
		old->it_interval = to_timeval(old_interval);
	}
	return 0;
}

/* By whom they were made: fork() does not hand them on. */
static struct {
	pid_t owner;
	int id;
} cpu_timers[2];

static bool
has_cpu_timer(int which)
{
	return cpu_timers[which - ITIMER_VIRTUAL].owner == getpid();
}

static int
make_cpu_timer(int which)
{
	if (__result(proc_timer_create(__process.proc,
		PROC_TIMER_SIGNAL | PROC_TIMER_CPU,
		which == ITIMER_PROF ? SIGPROF : SIGVTALRM, 0,
		&cpu_timers[which - ITIMER_VIRTUAL].id)) != 0)
		return -1;
	cpu_timers[which - ITIMER_VIRTUAL].owner = getpid();
	return 0;
}

static int
set_cpu_timer(int which, proc_timer_t setting, struct itimerval *old)
{
	proc_timer_t before = {0, 0};

	if (!has_cpu_timer(which) && setting.value != 0 &&
	    setting.value != PROC_FOREVER && make_cpu_timer(which) != 0)
		return -1;
	if (has_cpu_timer(which) && __result(proc_timer_set(__process.proc,
					cpu_timers[which - ITIMER_VIRTUAL].id,
					0, setting, &before)) != 0)
		return -1;
	if (old != NULL) {
		old->it_value = to_timeval(before.value);
		old->it_interval = to_timeval(before.interval);
	}
	return 0;
}

static bool
is_timer(int which)
{
	if (which >= ITIMER_REAL && which <= ITIMER_PROF)
		return true;
	errno = EINVAL;
	return false;
}

int
setitimer(int which, const struct itimerval *restrict new_timer,
    struct itimerval *restrict old)
{
	uint64_t value;
	uint64_t interval;

	if (!is_timer(which) ||
	    from_timeval(&new_timer->it_value, &value) != 0 ||
	    from_timeval(&new_timer->it_interval, &interval) != 0)
		return -1;
	if (which != ITIMER_REAL)
		return set_cpu_timer(
		    which, (proc_timer_t){value, interval}, old);
	return set_timer(value, interval, old);
}

/* Asking stops the timer for a moment: there is no question without it. */
int
getitimer(int which, struct itimerval *now)
{
	uint64_t value;
	uint64_t interval;

	if (!is_timer(which))
		return -1;
	if (which != ITIMER_REAL)
		return set_cpu_timer(
		    which, (proc_timer_t){PROC_FOREVER, 0}, now);
	if (set_timer(0, 0, now) != 0 ||
	    from_timeval(&now->it_value, &value) != 0 ||
	    from_timeval(&now->it_interval, &interval) != 0)
		return -1;
	return value != 0 ? set_timer(value, interval, NULL) : 0;
}

unsigned
alarm(unsigned seconds)
{
	struct itimerval old = {{0, 0}, {0, 0}};

	if (set_timer((uint64_t)seconds * SECOND, 0, &old) != 0)
		return 0;
	if (old.it_value.tv_sec == 0 && old.it_value.tv_usec > 0)
		return 1;
	return (
	    unsigned)(old.it_value.tv_sec + (old.it_value.tv_usec >= 500000));
}

unsigned
ualarm(unsigned microseconds, unsigned interval)
{
	struct itimerval old = {{0, 0}, {0, 0}};

	if (set_timer((uint64_t)microseconds * 1000, (uint64_t)interval * 1000,
		&old) != 0)
		return 0;
	return (unsigned)(old.it_value.tv_sec * 1000000 + old.it_value.tv_usec);
}
