/* SPDX-License-Identifier: BSD-2-Clause */
/* What processes use, and the list of them. */
#include <mach/host_user.h>
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <libmach/mach.h>
#include <servers/process_server.h>
#include <string.h>

#include "process.h"

static uint32_t
letter(const struct process *process)
{
	switch (process->state) {
	case PROCESS_STOPPED:
		return 'T';
	case PROCESS_ZOMBIE:
		return 'Z';
	case PROCESS_RUNS:
		break;
	}
	return 'S';
}

static void
describe(const struct process *process, struct proc_info *to)
{
	task_basic_info_data_t info;

	to->pid = process->pid;
	to->ppid = process->parent != NULL ? process->parent->pid : 0;
	to->pgid = process->pgid;
	to->sid = process->session->sid;
	to->uid = process->uid;
	to->state = letter(process);
	memcpy(to->name, process->name, sizeof(to->name));
	if (usage_basic_info(process->task, &info)) {
		to->time_us = usage_total(&info) / 1000;
		to->vsize = info.virtual_size;
		to->rss = info.resident_size;
	}
}

kern_return_t
S_proc_list(proc_t proc, vm_offset_t *processes, mach_msg_type_number_t *size)
{
	const struct process *caller = process_of(proc);
	size_t bytes = table_count() * sizeof(struct proc_info);
	struct proc_info *list;
	vm_address_t memory = 0;

	if (caller == NULL)
		return SERVER_ERROR(ESRCH);
	if (syscall_vm_allocate(mach_task_self(), &memory, bytes, TRUE) !=
	    KERN_SUCCESS)
		return SERVER_ERROR(ENOMEM);
	list = (struct proc_info *)memory;
	for (const struct process *p = table_first(); p != NULL; p = p->next) {
		describe(p, list);
		/* Who asks does run. */
		if (p == caller)
			list->state = 'R';
		list++;
	}
	*processes = memory;
	*size = (mach_msg_type_number_t)bytes;
	return KERN_SUCCESS;
}

kern_return_t
S_proc_describe(proc_t proc, int pid, proc_details_t *details)
{
	const struct process *process = table_find(pid);
	struct proc_usage usage;
	struct proc_info info = {0};

	if (process_of(proc) == NULL || process == NULL)
		return SERVER_ERROR(ESRCH);
	describe(process, &info);
	usage = process->usage;
	if (process->task != MACH_PORT_NULL)
		usage_of_task(process->task, &usage);
	*details = (struct proc_details){
	    .pid = (uint64_t)process->pid,
	    .ppid = (uint64_t)info.ppid,
	    .pgid = (uint64_t)process->pgid,
	    .sid = (uint64_t)process->session->sid,
	    .uid = process->uid,
	    .euid = process->euid,
	    .suid = process->suid,
	    .gid = process->gid,
	    .egid = process->egid,
	    .sgid = process->sgid,
	    .state = letter(process),
	    .started = process->started,
	    .user_ns = usage.user_ns,
	    .system_ns = usage.system_ns,
	    .children_user_ns = process->children_usage.user_ns,
	    .children_system_ns = process->children_usage.system_ns,
	    .vsize = info.vsize,
	    .rss = info.rss,
	    .args = process->strings.args,
	    .args_size = process->strings.args_size,
	    .envs = process->strings.envs,
	    .envs_size = process->strings.envs_size,
	};
	if (process->page != NULL)
		details->places = process->page->places;
	memcpy(details->name, process->name, sizeof(details->name));
	return KERN_SUCCESS;
}

kern_return_t
S_proc_usage(proc_t proc, proc_usage_t *self, proc_usage_t *children)
{
	const struct process *process = process_of(proc);

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	usage_of_task(process->task, self);
	*children = process->children_usage;
	return KERN_SUCCESS;
}

/* Is `process` wholly the caller's user's, so that it may be looked into? */
static bool
may_control(const struct process *caller, const struct process *process)
{
	if (caller->euid == 0)
		return true;
	return process->uid == caller->euid && process->euid == caller->euid &&
	       process->suid == caller->euid && process->gid == caller->egid &&
	       process->egid == caller->egid && process->sgid == caller->egid;
}

/* One more reference for the caller. */
static kern_return_t
give(mach_port_t right, mach_port_t *result)
{
	if (mach_port_mod_refs(mach_task_self(), right, MACH_PORT_RIGHT_SEND,
		1) != KERN_SUCCESS)
		return SERVER_ERROR(ESRCH);
	*result = right;
	return KERN_SUCCESS;
}

kern_return_t
S_proc_get_task(proc_t proc, int pid, mach_port_t *task)
{
	const struct process *caller = process_of(proc);
	const struct process *process = table_find(pid);

	if (caller == NULL || process == NULL ||
	    process->task == MACH_PORT_NULL)
		return SERVER_ERROR(ESRCH);
	if (!may_control(caller, process))
		return SERVER_ERROR(EPERM);
	return give(process->task, task);
}

kern_return_t
S_proc_get_program(proc_t proc, int pid, mach_port_t *file)
{
	const struct process *caller = process_of(proc);
	const struct process *process = table_find(pid);

	if (caller == NULL || process == NULL ||
	    process->program == MACH_PORT_NULL)
		return SERVER_ERROR(ESRCH);
	if (!may_control(caller, process))
		return SERVER_ERROR(EPERM);
	return give(process->program, file);
}

kern_return_t
S_proc_get_host(proc_t proc, mach_port_t *host)
{
	const struct process *caller = process_of(proc);

	if (caller == NULL)
		return SERVER_ERROR(ESRCH);
	return caller->euid == 0 ? give(host_priv, host) : SERVER_ERROR(EPERM);
}

kern_return_t
S_proc_reboot(proc_t proc, int how)
{
	const struct process *process = process_of(proc);

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (process->euid != 0)
		return SERVER_ERROR(EPERM);
	return host_reboot(host_priv, how) == KERN_SUCCESS
		   ? KERN_SUCCESS
		   : SERVER_ERROR(EINVAL);
}

kern_return_t
S_proc_set_time(proc_t proc, int64_t now)
{
	const struct process *process = process_of(proc);

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (process->euid != 0)
		return SERVER_ERROR(EPERM);
	if (now < 0 || host_set_time(host_priv, now) != KERN_SUCCESS)
		return SERVER_ERROR(EINVAL);
	posix_timer_calendar_set();
	return KERN_SUCCESS;
}
