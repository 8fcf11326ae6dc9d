/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The real-time interval timer of each process: SIGALRM when it is due. `next`
 * is not after the first alarm; it may be too early, when that was stopped.
 */
#include <mach/traps.h>

#include <errno.h>
#include <servers/process_server.h>

#include "process.h"

#define CLOCK_BOOT 0
#define NS_PER_MS  1000000U
#define WAIT_MAX   60000U /* ms */

static uint64_t next = UINT64_MAX;

kern_return_t
S_proc_set_timer(proc_t proc, uint64_t value, uint64_t interval,
    uint64_t *old_value, uint64_t *old_interval)
{
	struct process *process = process_of(proc);
	uint64_t now = clock_get_ns(CLOCK_BOOT);

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	*old_value = process->alarm > now  ? process->alarm - now
		     : process->alarm != 0 ? 1
					   : 0;
	*old_interval = process->alarm_interval;
	process->alarm = value != 0 ? now + value : 0;
	if (value != 0 && process->alarm < now)
		process->alarm = UINT64_MAX;
	process->alarm_interval = interval;
	if (value != 0 && process->alarm < next)
		next = process->alarm;
	return KERN_SUCCESS;
}

static void
ring(struct process *process, uint64_t now)
{
	static const struct signal_info info = {.code = SI_TIMER};
	uint64_t interval = process->alarm_interval;

	process->alarm = 0;
	if (interval != 0 && interval < UINT64_MAX - now)
		process->alarm = now + interval;
	signal_send(process, SIGALRM, &info);
}

/* Ring those that are due, and find the next. */
static void
ring_all(uint64_t now)
{
	next = UINT64_MAX;
	for (struct process *p = table_first(); p != NULL; p = p->next) {
		if (p->alarm != 0 && p->alarm <= now)
			ring(p, now);
		if (p->alarm != 0 && p->alarm < next)
			next = p->alarm;
	}
}

mach_msg_timeout_t
timer_ms(uint64_t now, uint64_t then)
{
	uint64_t left;

	if (then == UINT64_MAX)
		return 0;
	left = then > now ? (then - now + NS_PER_MS - 1) / NS_PER_MS : 1;
	return left < WAIT_MAX ? (mach_msg_timeout_t)left : WAIT_MAX;
}

mach_msg_timeout_t
timer_poll(void)
{
	uint64_t now;

	if (next == UINT64_MAX)
		return 0;
	now = clock_get_ns(CLOCK_BOOT);
	if (next <= now)
		ring_all(now);
	return timer_ms(now, next);
}
