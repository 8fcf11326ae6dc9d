/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How processes are scheduled, for others to set and to see. What a process
 * sets for itself is of its calling thread, and only noted here; what another
 * sets is of all its threads, and libc finds it in the signal page. It stays
 * through fork and exec. Only user 0 gives policies that share nothing, with
 * which the task's limit in the kernel follows.
 */
#include <mach/mach_host_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <libports/ports.h>
#include <servers/process_sched.h>
#include <servers/process_server.h>

#include "process.h"

void
scheduler_set_thread(const struct process *process, mach_port_t thread)
{
	if (process->policy == PROC_SCHED_OTHER)
		return;
	(void)thread_policy(thread, proc_kernel_policy(process->policy), 0);
	(void)thread_priority(
	    thread, proc_kernel_priority(process->priority), FALSE);
}

void
scheduler_show(const struct process *process, struct signal_page *page)
{
	if (process->policy == PROC_SCHED_OTHER)
		return; /* it is a page of zeros */
	page->sched.policy = process->policy;
	page->sched.priority = process->priority;
	page->sched.changes = 1;
}

/* Threads that share time again get their priority by nice_apply(). */
static void
set_threads(const struct process *process)
{
	thread_array_t threads;
	mach_msg_type_number_t count;

	if (task_threads(process->task, &threads, &count) != KERN_SUCCESS)
		return;
	for (unsigned i = 0; i < count; i++) {
		if (process->policy == PROC_SCHED_OTHER)
			(void)thread_policy(threads[i], POLICY_TIMESHARE, 0);
		scheduler_set_thread(process, threads[i]);
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), threads[i]);
	}
	(void)syscall_vm_deallocate(mach_task_self(), (vm_address_t)threads,
	    count * sizeof(threads[0]));
}

static void
set_all(struct process *process)
{
	if (process->policy != PROC_SCHED_OTHER)
		nice_apply(process, process->task, process->euid);
	set_threads(process);
	if (process->policy == PROC_SCHED_OTHER)
		nice_apply(process, process->task, process->euid);
	if (process->page == NULL)
		return;
	process->page->sched.policy = process->policy;
	process->page->sched.priority = process->priority;
	process->page->sched.changes++;
}

static struct process *
find(struct process *caller, int pid)
{
	struct process *process = pid == 0 ? caller : table_find(pid);

	return process != NULL && process->task != MACH_PORT_NULL ? process
								  : NULL;
}

/* To be asked and set by the same user, and by user 0. */
static bool
is_allowed(const struct process *caller, const struct process *process)
{
	return caller->euid == 0 || caller->euid == process->uid ||
	       caller->euid == process->euid;
}

kern_return_t
S_proc_set_scheduler(proc_t proc, int pid, int policy, int priority, int *old)
{
	struct process *caller = process_of(proc);
	struct process *process;

	if (caller == NULL)
		return SERVER_ERROR(ESRCH);
	process = find(caller, pid);
	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (!proc_sched_is_valid(policy, priority))
		return SERVER_ERROR(EINVAL);
	if (!is_allowed(caller, process) ||
	    (caller->euid != 0 && policy != PROC_SCHED_OTHER))
		return SERVER_ERROR(EPERM);
	*old = process->policy;
	process->policy = policy;
	process->priority = priority;
	if (process != caller)
		set_all(process);
	return KERN_SUCCESS;
}

kern_return_t
S_proc_get_scheduler(proc_t proc, int pid, int *policy, int *priority)
{
	struct process *caller = process_of(proc);
	const struct process *process;

	if (caller == NULL)
		return SERVER_ERROR(ESRCH);
	process = find(caller, pid);
	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (!is_allowed(caller, process))
		return SERVER_ERROR(EPERM);
	*policy = process->policy;
	*priority = process->priority;
	return KERN_SUCCESS;
}
