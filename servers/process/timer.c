/* SPDX-License-Identifier: BSD-2-Clause */
/* The real-time interval timer of each process: SIGALRM when it is due. */
#include <mach/traps.h>

#include <errno.h>
#include <servers/process_server.h>

#include "process.h"

#define CLOCK_BOOT 0
#define NS_PER_MS  1000000U
#define WAIT_MAX   60000U /* ms */

kern_return_t
S_proc_set_timer(proc_t proc, uint64_t value, uint64_t interval,
    uint64_t *old_value, uint64_t *old_interval)
{
	struct process *process = process_of(proc);
	uint64_t now = clock_get_time(CLOCK_BOOT);

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
	return KERN_SUCCESS;
}

static void
ring(struct process *process, uint64_t now)
{
	static const struct signal_info info = {.code = SI_TIMER};
	uint64_t interval = process->alarm_interval;

	process->alarm = 0;
	if (interval != 0)
		process->alarm = now + interval;
	signal_send(process, SIGALRM, &info);
}

mach_msg_timeout_t
timer_poll(void)
{
	uint64_t now = 0, soonest = UINT64_MAX;
	struct process *process;
	pid_t pid;

	for (process = table_first(); process != NULL;
	     process = table_after(pid)) {
		pid = process->pid;
		if (process->alarm == 0)
			continue;
		if (now == 0)
			now = clock_get_time(CLOCK_BOOT);
		if (process->alarm <= now)
			ring(process, now);
		process = table_find(pid);
		if (process != NULL && process->alarm != 0 &&
		    process->alarm < soonest)
			soonest = process->alarm;
	}
	if (soonest == UINT64_MAX)
		return 0;
	if (soonest <= now)
		return 1;
	soonest = (soonest - now + NS_PER_MS - 1) / NS_PER_MS;
	return soonest < WAIT_MAX ? (mach_msg_timeout_t)soonest : WAIT_MAX;
}
