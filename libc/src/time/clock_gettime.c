/* SPDX-License-Identifier: BSD-2-Clause */
/* Clocks. */
#include <mach/thread_act_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <servers/process_user.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

#include "process.h"
#include "shown_time.h"
#include "thread.h"

#define SECOND   1000000000UL
#define TIME_MAX (INT64_MAX / 1000000000L - 1) /* s, what the kernel counts */

/* The numbers of clock_get_ns() that no clock has. */
#define TASK   2
#define THREAD 3

static struct timespec
to_timespec(uint64_t nanoseconds)
{
	return (struct timespec){
	    .tv_sec = (time_t)(nanoseconds / SECOND),
	    .tv_nsec = (long)(nanoseconds % SECOND),
	};
}

/* EINVAL for a thread that has ended. */
static int
thread_time(mach_port_t thread, struct timespec *to)
{
	thread_basic_info_data_t info;
	mach_msg_type_number_t count = THREAD_BASIC_INFO_COUNT;

	if (thread_info(thread, THREAD_BASIC_INFO, (thread_info_t)(void *)&info,
		&count) != KERN_SUCCESS) {
		errno = EINVAL;
		return -1;
	}
	*to = to_timespec(
	    (uint64_t)(info.user_time.seconds + info.system_time.seconds) *
		SECOND +
	    (uint64_t)(info.user_time.nanoseconds +
		       info.system_time.nanoseconds));
	return 0;
}

int
clock_gettime(clockid_t clock_id, struct timespec *to)
{
	switch (clock_id) {
	case CLOCK_REALTIME:
		*to = to_timespec(__time_now(CALENDAR_CLOCK));
		return 0;
	case CLOCK_MONOTONIC:
		*to = to_timespec(__time_now(SYSTEM_CLOCK));
		return 0;
	case CLOCK_THREAD_CPUTIME_ID:
		*to = to_timespec(clock_get_ns(THREAD));
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
		*to = to_timespec(clock_get_ns(TASK));
		return 0;
	default:
		if (clock_id > 0 && (clock_id & CLOCK_THREAD_BIT))
			return thread_time(
			    (mach_port_t)(clock_id & ~CLOCK_THREAD_BIT), to);
		errno = EINVAL;
		return -1;
	}
}

int
clock_getres(clockid_t clock_id, struct timespec *to)
{
	struct timespec now;

	if (clock_gettime(clock_id, &now) != 0)
		return -1;
	if (to != NULL)
		*to = to_timespec(1);
	return 0;
}

int
clock_settime(clockid_t clock_id, const struct timespec *from)
{
	if (clock_id != CLOCK_REALTIME || from->tv_sec < 0 ||
	    from->tv_sec > TIME_MAX || !__valid_time(from)) {
		errno = EINVAL;
		return -1;
	}
	return __result(proc_set_time(
	    __process.proc, from->tv_sec * (int64_t)SECOND + from->tv_nsec));
}

int
settimeofday(const struct timeval *time_of_day, const void *zone)
{
	const struct timespec time = {
	    .tv_sec = time_of_day->tv_sec,
	    .tv_nsec = time_of_day->tv_usec * 1000,
	};

	(void)zone;
	return clock_settime(CLOCK_REALTIME, &time);
}

int
gettimeofday(struct timeval *restrict to, void *restrict zone)
{
	uint64_t now = __time_now(CALENDAR_CLOCK);

	(void)zone;
	to->tv_sec = (time_t)(now / SECOND);
	to->tv_usec = (suseconds_t)(now % SECOND / 1000);
	return 0;
}

time_t
time(time_t *to)
{
	time_t now = (time_t)(__time_now(CALENDAR_CLOCK) / SECOND);

	if (to != NULL)
		*to = now;
	return now;
}

int
timespec_get(struct timespec *to, int base)
{
	if (base != TIME_UTC)
		return 0;
	*to = to_timespec(__time_now(CALENDAR_CLOCK));
	return base;
}

clock_t
clock(void)
{
	return (clock_t)(clock_get_ns(TASK) / 1000);
}

/* In hundredths of a second, as sysconf(_SC_CLK_TCK) says. */
#define TICK 10000000UL

clock_t
times(struct tms *to)
{
	struct proc_usage self;
	struct proc_usage children;

	if (__result(proc_usage(__process.proc, &self, &children)) != 0)
		return -1;
	to->tms_utime = (clock_t)(self.user_ns / TICK);
	to->tms_stime = (clock_t)(self.system_ns / TICK);
	to->tms_cutime = (clock_t)(children.user_ns / TICK);
	to->tms_cstime = (clock_t)(children.system_ns / TICK);
	return (clock_t)(__time_now(SYSTEM_CLOCK) / TICK);
}
