/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The time of day: the clock since boot and an offset. An adjustment moves the
 * offset by 1 ns in ADJUST_RATE, reckoned up whenever somebody asks.
 */
#include <arch/timer.h>

#include <host_server.h>
#include <kern/calendar.h>
#include <kern/clock.h>
#include <kern/convert.h>

#define ADJUST_RATE 2000

static int64_t offset;
static int64_t adjustment;      /* what is left of it */
static uint64_t adjusted_until; /* uptime up to which it is in the offset */

void
calendar_init(void)
{
	offset = (int64_t)(clock_boot_epoch() * 1000000000U) -
		 (int64_t)clock_uptime_ns();
}

static void
adjust(uint64_t now)
{
	uint64_t steps = (now - adjusted_until) / ADJUST_RATE;
	int64_t part = steps < INT64_MAX ? (int64_t)steps : INT64_MAX;

	if (adjustment < 0)
		part = -part < adjustment ? adjustment : -part;
	else if (part > adjustment)
		part = adjustment;
	offset += part;
	adjustment -= part;
	adjusted_until += steps * ADJUST_RATE;
}

int64_t
calendar_time(void)
{
	uint64_t now = clock_uptime_ns();

	if (adjustment != 0)
		adjust(now);
	return offset + (int64_t)now;
}

void
calendar_set(int64_t now)
{
	offset = now - (int64_t)clock_uptime_ns();
	adjustment = 0;
	clock_calendar_changed();
}

kern_return_t
host_get_time(struct host *host, int64_t *now, int64_t *uptime)
{
	if (host == NULL)
		return KERN_INVALID_HOST;
	*now = calendar_time();
	*uptime = (int64_t)clock_uptime_ns();
	return KERN_SUCCESS;
}

kern_return_t
host_set_time(struct host *host, int64_t now)
{
	if (host == NULL)
		return KERN_INVALID_HOST;
	calendar_set(now);
	return KERN_SUCCESS;
}

kern_return_t
host_adjust_time(
    struct host *host, int64_t new_adjustment, int64_t *old_adjustment)
{
	if (host == NULL)
		return KERN_INVALID_HOST;
	(void)calendar_time();
	*old_adjustment = adjustment;
	adjustment = new_adjustment;
	adjusted_until = clock_uptime_ns();
	return KERN_SUCCESS;
}
