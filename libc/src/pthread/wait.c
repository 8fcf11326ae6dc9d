/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting on a word until a time, which is what all locks come to. */
#include <libmach/mach.h>
#include <time.h>

#include "thread.h"

#define SECOND 1000000000L

/* The numbers of clock_get_ns(). */
#define UPTIME   0
#define CALENDAR 1

bool
__valid_time(const struct timespec *time)
{
	return time->tv_nsec >= 0 && time->tv_nsec < SECOND;
}

/* Nanoseconds that are left until then; 0 when it has passed. */
static uint64_t
left_until(clockid_t clock, const struct timespec *until)
{
	uint64_t now =
	    clock_get_ns(clock == CLOCK_MONOTONIC ? UPTIME : CALENDAR);
	uint64_t then;

	if (until->tv_sec < 0)
		return 0;
	if (until->tv_sec >= INT64_MAX / SECOND)
		return INT64_MAX;
	then = (uint64_t)(until->tv_sec * SECOND + until->tv_nsec);
	return then > now ? then - now : 0;
}

int
__wait_until(uint32_t *word, uint32_t value, clockid_t clock,
    const struct timespec *until, bool shared)
{
	uint64_t left = 0;

	if (until != NULL) {
		if (!__valid_time(until))
			return EINVAL;
		left = left_until(clock, until);
		if (left == 0)
			return ETIMEDOUT;
	}
	switch (ulock_wait(word, value, left, shared ? ULOCK_SHARED : 0)) {
	case KERN_OPERATION_TIMED_OUT:
		return ETIMEDOUT;
	case KERN_ABORTED:
		return EINTR;
	default:
		return 0;
	}
}

void
__wake(uint32_t *word, int count, bool shared)
{
	ulock_wake(word, count, shared ? ULOCK_SHARED : 0);
}
