/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How nice processes are to others: what share of the processor their threads
 * get that share it at all. It is the base priority of the task, and a child
 * has its parent's; the kernel keeps a user's task from giving itself a better
 * one, or policies that share nothing.
 */
#include <mach/mach_host_user.h>
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <libmach/mach.h>
#include <servers/process_sched.h>
#include <servers/process_server.h>
#include <sys/resource.h>

#include "process.h"

#define NICE_WORST 19
#define NICE_BEST  (-20)

/* The kernel's priorities; those of the fixed policies are before these. */
#define PRIORITY_OF_BEST 13
#define PRIORITY_USUAL   16
#define PRIORITY_WORST   30

static int
priority_of(int nice)
{
	if (nice >= 0)
		return PRIORITY_USUAL +
		       nice * (PRIORITY_WORST - PRIORITY_USUAL) / NICE_WORST;
	return PRIORITY_USUAL -
	       nice * (PRIORITY_USUAL - PRIORITY_OF_BEST) / NICE_BEST;
}

static void
set_thread(mach_port_t thread, int priority)
{
	thread_basic_info_data_t info;
	mach_msg_type_number_t count = THREAD_BASIC_INFO_COUNT;

	if (thread_info(thread, THREAD_BASIC_INFO, (integer_t *)(void *)&info,
		&count) == KERN_SUCCESS &&
	    info.policy == POLICY_TIMESHARE)
		(void)thread_priority(thread, priority, FALSE);
}

static void
set_threads(mach_port_t task, int priority)
{
	thread_array_t threads;
	mach_msg_type_number_t count;

	if (task_threads(task, &threads, &count) != KERN_SUCCESS)
		return;
	for (unsigned i = 0; i < count; i++) {
		set_thread(threads[i], priority);
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), threads[i]);
	}
	(void)syscall_vm_deallocate(mach_task_self(), (vm_address_t)threads,
	    count * sizeof(threads[0]));
}

/* What threads may have: user 0 may have given them more. */
static int
best_of(const struct process *process, int priority)
{
	return process->policy == PROC_SCHED_OTHER
		   ? priority
		   : proc_kernel_priority(process->priority);
}

void
nice_apply(const struct process *process, mach_port_t task, uint32_t euid)
{
	int priority = priority_of(process->nice);
	task_limits_t limits;

	if (task_get_limits(task, &limits) != KERN_SUCCESS)
		return;
	limits.priority = euid == 0 ? 0 : (natural_t)best_of(process, priority);
	(void)task_set_limits(task, limits, host_priv);
	(void)task_priority(task, priority, FALSE);
	set_threads(task, priority);
}

static bool
is_meant(const struct process *caller, const struct process *process, int which,
    uint32_t who)
{
	switch (which) {
	case PRIO_PROCESS:
		return (uint32_t)process->pid ==
		       (who != 0 ? who : (uint32_t)caller->pid);
	case PRIO_PGRP:
		return (uint32_t)process->pgid ==
		       (who != 0 ? who : (uint32_t)caller->pgid);
	default:
		return process->uid == (who != 0 ? who : caller->uid);
	}
}

static int
set_nice(const struct process *caller, struct process *process, int nice)
{
	if (caller->euid != 0 && caller->euid != process->uid &&
	    caller->euid != process->euid)
		return EPERM;
	if (caller->euid != 0 && nice < process->nice)
		return EACCES;
	process->nice = nice;
	if (process->task != MACH_PORT_NULL)
		nice_apply(process, process->task, process->euid);
	return 0;
}

kern_return_t
S_proc_set_nice(proc_t proc, int which, uint32_t who, int nice)
{
	const struct process *caller = process_of(proc);
	int result = ESRCH;

	if (caller == NULL)
		return SERVER_ERROR(ESRCH);
	if (which < PRIO_PROCESS || which > PRIO_USER)
		return SERVER_ERROR(EINVAL);
	nice = nice > NICE_WORST ? NICE_WORST : nice;
	nice = nice < NICE_BEST ? NICE_BEST : nice;
	for (struct process *p = table_first(); p != NULL; p = p->next) {
		int error;

		if (!is_meant(caller, p, which, who))
			continue;
		error = set_nice(caller, p, nice);
		if (result == ESRCH || error != 0)
			result = error;
	}
	return result != 0 ? SERVER_ERROR(result) : KERN_SUCCESS;
}

kern_return_t
S_proc_get_nice(proc_t proc, int which, uint32_t who, int *nice)
{
	const struct process *caller = process_of(proc);
	bool found = false;

	if (caller == NULL)
		return SERVER_ERROR(ESRCH);
	if (which < PRIO_PROCESS || which > PRIO_USER)
		return SERVER_ERROR(EINVAL);
	for (const struct process *p = table_first(); p != NULL; p = p->next) {
		if (!is_meant(caller, p, which, who))
			continue;
		if (!found || p->nice < *nice)
			*nice = p->nice;
		found = true;
	}
	return found ? KERN_SUCCESS : SERVER_ERROR(ESRCH);
}
