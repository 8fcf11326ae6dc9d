/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The time of day: the clock since boot and an offset. An adjustment moves the
 * offset by 1 ns in ADJUST_RATE, reckoned up whenever somebody asks; who maps
 * the time (clock_map_time) does the same from what it was when it was set.
 */
#include <mach/clock_types.h>

#include <arch/timer.h>

#include <host_server.h>
#include <kern/calendar.h>
#include <kern/clock.h>
#include <kern/convert.h>
#include <kern/panic.h>
#include <vm/vm_shown.h>

#define ADJUST_RATE MAPPED_TIME_RATE

static mapped_time_t *mapped;
static struct ipc_port *mapped_port;
static int64_t offset;
static int64_t adjustment;      /* what is left of it */
static uint64_t adjusted_until; /* uptime up to which it is in the offset */

/* For those who have it mapped, and may be reading it. */
static void
show(void)
{
	mapped->sequence++;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	mapped->offset = offset;
	mapped->adjustment = adjustment;
	mapped->adjusted_until = adjusted_until;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	mapped->sequence++;
}

struct ipc_port *
calendar_mapped_port(void)
{
	return mapped_port;
}

void
calendar_init(void)
{
	mapped = vm_shown_create(&mapped_port);
	if (mapped == NULL)
		panic("no memory for the time");
	clock_parameters(&mapped->mult, &mapped->shift, &mapped->base);
	offset = (int64_t)(clock_boot_epoch() * 1000000000U) -
		 (int64_t)clock_uptime_ns();
	show();
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
	show();
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
	show();
	return KERN_SUCCESS;
}
