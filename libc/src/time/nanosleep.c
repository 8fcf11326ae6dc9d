/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sleeping. Until a time of the calendar by an alarm of Mach's, which follows
 * when the calendar is set; else by a trap.
 */
#include <mach/clock_types.h>
#include <mach/clock_user.h>
#include <mach/host_user.h>
#include <mach/mach_port_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <time.h>
#include <unistd.h>

#include "thread.h"

#define SECOND    1000000000L
#define LONG_TIME (1L << 62) /* ns; as good as for ever */

/* For a time of the calendar. */
struct wait {
	uint64_t time;
	mach_port_t port; /* where the alarm comes, or null */
};

static void
end_wait(void *cookie)
{
	struct wait *wait = cookie;

	if (wait->port != MACH_PORT_NULL)
		(void)mach_port_mod_refs(
		    mach_task_self(), wait->port, MACH_PORT_RIGHT_RECEIVE, -1);
}

/* Have the alarm come to a port of its own. */
static bool
set_alarm(struct wait *wait)
{
	const mach_timespec_t time = {
	    .tv_sec = (uint32_t)(wait->time / SECOND < UINT32_MAX
				     ? wait->time / SECOND
				     : UINT32_MAX),
	    .tv_nsec = (int32_t)(wait->time % SECOND),
	};
	mach_port_t clock;
	kern_return_t code;

	if (host_get_clock_service(mach_host_self(), CALENDAR_CLOCK, &clock) !=
	    KERN_SUCCESS)
		return false;
	code = syscall_mach_port_allocate(
	    mach_task_self(), MACH_PORT_RIGHT_RECEIVE, &wait->port);
	if (code == KERN_SUCCESS)
		code = clock_alarm(clock, TIME_ABSOLUTE, time, wait->port);
	else
		wait->port = MACH_PORT_NULL;
	(void)syscall_mach_port_deallocate(mach_task_self(), clock);
	return code == KERN_SUCCESS;
}

static kern_return_t
await_alarm(mach_port_t port)
{
	struct {
		mach_msg_header_t header;
		char rest[64];
		mach_msg_max_trailer_t trailer;
	} message;

	return mach_msg(&message.header, MACH_RCV_MSG | MACH_RCV_INTERRUPT, 0,
	    sizeof(message), port, 0, MACH_PORT_NULL);
}

/* Once; a code when it was cut short. */
static kern_return_t
wait_calendar(uint64_t until)
{
	struct wait wait = {until, MACH_PORT_NULL};
	kern_return_t code = KERN_RESOURCE_SHORTAGE;

	pthread_cleanup_push(end_wait, &wait);
	if (set_alarm(&wait)) {
		__cancel_begin();
		code = await_alarm(wait.port);
		__cancel_end();
	}
	pthread_cleanup_pop(1);
	return code;
}

static kern_return_t
wait_relative(uint64_t time)
{
	kern_return_t code;

	__cancel_begin();
	code = clock_sleep(time);
	__cancel_end();
	return code;
}

/* Sleep until the clock shows `deadline`; EINTR when cut short. */
static int
sleep_until(int clock, uint64_t deadline)
{
	kern_return_t code;

	pthread_testcancel();
	for (;;) {
		uint64_t now = clock_get_ns(clock);

		if (now >= deadline)
			return 0;
		code = clock == CALENDAR_CLOCK ? wait_calendar(deadline)
					       : wait_relative(deadline - now);
		if (code != KERN_SUCCESS && clock_get_ns(clock) < deadline) {
			pthread_testcancel();
			return EINTR;
		}
	}
}

static int
to_nanoseconds(const struct timespec *from, uint64_t *to)
{
	if (from->tv_sec < 0 || from->tv_nsec < 0 || from->tv_nsec >= SECOND)
		return EINVAL;
	if (from->tv_sec >= LONG_TIME / SECOND)
		*to = LONG_TIME;
	else
		*to = (uint64_t)(from->tv_sec * SECOND + from->tv_nsec);
	return 0;
}

int
clock_nanosleep(clockid_t clock_id, int flags, const struct timespec *request,
    struct timespec *rest)
{
	int clock = clock_id == CLOCK_REALTIME;
	uint64_t deadline;
	uint64_t now;
	int error;

	if (clock_id != CLOCK_REALTIME && clock_id != CLOCK_MONOTONIC)
		return EINVAL;
	error = to_nanoseconds(request, &deadline);
	if (error != 0)
		return error;
	if (flags & TIMER_ABSTIME)
		return sleep_until(clock, deadline);
	deadline += clock_get_ns(0);
	error = sleep_until(0, deadline);
	if (error == EINTR && rest != NULL) {
		now = clock_get_ns(0);
		deadline = deadline > now ? deadline - now : 0;
		rest->tv_sec = (time_t)(deadline / SECOND);
		rest->tv_nsec = (long)(deadline % SECOND);
	}
	return error;
}

int
nanosleep(const struct timespec *request, struct timespec *rest)
{
	int error = clock_nanosleep(CLOCK_MONOTONIC, 0, request, rest);

	if (error == 0)
		return 0;
	errno = error;
	return -1;
}

unsigned
sleep(unsigned seconds)
{
	struct timespec time = {.tv_sec = seconds};

	if (nanosleep(&time, &time) == 0)
		return 0;
	return (unsigned)time.tv_sec + (time.tv_nsec > 0);
}

int
usleep(unsigned microseconds)
{
	struct timespec time = {
	    .tv_sec = microseconds / 1000000,
	    .tv_nsec = microseconds % 1000000 * 1000L,
	};

	return nanosleep(&time, NULL);
}
