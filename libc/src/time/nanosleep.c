/* SPDX-License-Identifier: BSD-2-Clause */
/* Sleeping. */
#include <mach/kern_return.h>
#include <mach/traps.h>

#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "thread.h"

#define SECOND    1000000000L
#define LONG_TIME (1L << 62) /* ns; as good as for ever */

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
		__cancel_begin();
		code = clock_sleep(deadline - now);
		__cancel_end();
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
