/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Process groups, sessions and controlling terminals. A group is a number that
 * processes share; it is orphaned when no member has a parent outside the group
 * in the same session: nobody is left who could continue it. Init does not
 * count: it controls no jobs.
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <libports/ports.h>
#include <servers/process_server.h>
#include <stdlib.h>

#include "process.h"

static bool
is_in_session(pid_t pgid, const struct session *session)
{
	for (const struct process *p = table_first(); p != NULL; p = p->next) {
		if (p->pgid == pgid && p->session == session)
			return true;
	}
	return false;
}

bool
group_is_orphaned(pid_t pgid)
{
	for (const struct process *p = table_first(); p != NULL; p = p->next) {
		const struct process *parent = p->parent;

		if (p->pgid == pgid && p->state != PROCESS_ZOMBIE &&
		    parent != NULL && parent->pid != 1 &&
		    parent->pgid != pgid && parent->state != PROCESS_ZOMBIE &&
		    parent->session == p->session)
			return false;
	}
	return true;
}

static bool
has_stopped_member(pid_t pgid)
{
	for (const struct process *p = table_first(); p != NULL; p = p->next) {
		if (p->pgid == pgid && p->state == PROCESS_STOPPED)
			return true;
	}
	return false;
}

void
group_hang_up_if_orphaned(pid_t pgid)
{
	static const struct signal_info info = {.code = SI_USER};
	struct process *process;
	pid_t pid;

	if (!has_stopped_member(pgid) || !group_is_orphaned(pgid))
		return;
	for (process = table_first(); process != NULL;
	     process = table_after(pid)) {
		pid = process->pid;
		if (process->pgid != pgid)
			continue;
		signal_send(process, SIGHUP, &info);
		process = table_find(pid);
		if (process != NULL)
			signal_send(process, SIGCONT, &info);
	}
}

int
group_set(struct process *process, pid_t pgid)
{
	if (pgid < 0)
		return EINVAL;
	if (pgid == 0)
		pgid = process->pid;
	if (process->session->sid == process->pid)
		return EPERM;
	if (pgid != process->pid && !is_in_session(pgid, process->session))
		return EPERM;
	process->pgid = pgid;
	ids_show(process);
	return 0;
}

static int
set_group_of(struct process *caller, pid_t pid, pid_t pgid)
{
	struct process *process = pid == 0 ? caller : table_find(pid);

	if (process == NULL || process->state == PROCESS_ZOMBIE ||
	    (process != caller && process->parent != caller))
		return ESRCH;
	if (process->session != caller->session)
		return EPERM;
	if (process != caller && process->has_execed)
		return EACCES;
	return group_set(process, pgid);
}

kern_return_t
S_proc_setpgid(proc_t proc, int pid, int pgid)
{
	struct process *caller = process_of(proc);
	int error = caller != NULL ? set_group_of(caller, pid, pgid) : ESRCH;

	return error != 0 ? SERVER_ERROR(error) : KERN_SUCCESS;
}

kern_return_t
S_proc_getpgid(proc_t proc, int pid, int *pgid, int *sid)
{
	const struct process *process = process_of(proc);

	if (process != NULL && pid != 0)
		process = table_find(pid);
	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	*pgid = process->pgid;
	*sid = process->session->sid;
	return KERN_SUCCESS;
}

int
group_new_session(struct process *process)
{
	struct session *session;

	if (is_in_session(process->pid, process->session))
		return EPERM;
	session = calloc(1, sizeof(*session));
	if (session == NULL)
		return ENOMEM;
	session->references = 1;
	session->sid = process->pid;
	session_release(process->session);
	process->session = session;
	process->pgid = process->pid;
	ids_show(process);
	return 0;
}

kern_return_t
S_proc_setsid(proc_t proc, int *sid)
{
	struct process *process = process_of(proc);
	int error = process != NULL ? group_new_session(process) : ESRCH;

	*sid = process != NULL ? process->pid : 0;
	return error != 0 ? SERVER_ERROR(error) : KERN_SUCCESS;
}

kern_return_t
S_proc_get_terminal(proc_t proc, mach_port_t *terminal)
{
	const struct process *process = process_of(proc);

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	*terminal = process->session->terminal;
	if (!MACH_PORT_VALID(*terminal) ||
	    mach_port_mod_refs(mach_task_self(), *terminal,
		MACH_PORT_RIGHT_SEND, 1) != KERN_SUCCESS)
		return SERVER_ERROR(ENXIO);
	return KERN_SUCCESS;
}

/*
 * A terminal's server has died. Which group was in the foreground was the
 * server's to know, so all of the session are told, the leader among them.
 */
void
group_lose_terminal(mach_port_t terminal)
{
	static const struct signal_info info = {.code = SI_USER};
	struct process *process;
	pid_t pid;

	for (process = table_first(); process != NULL;
	     process = table_after(pid)) {
		pid = process->pid;
		if (process->session->terminal != terminal)
			continue;
		signal_send(process, SIGHUP, &info);
		signal_send(process, SIGCONT, &info);
	}
	for (process = table_first(); process != NULL; process = process->next)
		if (process->session->terminal == terminal) {
			process->session->terminal = MACH_PORT_NULL;
			(void)syscall_mach_port_deallocate(
			    mach_task_self(), terminal);
		}
}

/* The session's leader gives it a terminal; null takes it away. */
kern_return_t
S_proc_set_terminal(proc_t proc, mach_port_t terminal)
{
	const struct process *process = process_of(proc);
	struct session *session;

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	session = process->session;
	if (session->sid != process->pid)
		return SERVER_ERROR(EPERM);
	if (MACH_PORT_VALID(session->terminal))
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), session->terminal);
	session->terminal = terminal;
	if (MACH_PORT_VALID(terminal))
		(void)ports_watch(terminal);
	return KERN_SUCCESS;
}
