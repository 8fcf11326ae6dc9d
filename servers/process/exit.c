/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The end of a process: by its own call, by a signal, or because its task is
 * gone. It becomes a zombie, its children become init's, its parent is told.
 */
#include <mach/task_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <libports/ports.h>
#include <servers/process_server.h>
#include <servers/term_types.h>

#include "process.h"

void
process_release_task(struct process *process, bool terminate)
{
	if (process->task != MACH_PORT_NULL) {
		if (terminate)
			(void)task_terminate(process->task);
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), process->task);
	}
	if (process->thread != MACH_PORT_NULL)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), process->thread);
	if (process->program != MACH_PORT_NULL)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), process->program);
	process->task = MACH_PORT_NULL;
	process->thread = MACH_PORT_NULL;
	process->program = MACH_PORT_NULL;
	image_release_page(process->page);
	process->page = NULL;
	process->suspended = false;
}

/* Will nobody wait for it? Then it goes at once. */
static bool
is_unwanted(const struct process *parent)
{
	const struct signal_action *action;

	if (parent->page == NULL)
		return false;
	action = &parent->page->action[SIGCHLD];
	return action->handler == 1 || (action->flags & SA_NOCLDWAIT) != 0;
}

/* Tell the parent of a zombie, which may be gone after this. */
static void
announce(struct process *process)
{
	struct process *parent = process->parent;
	bool by_signal = (process->status & 0x7f) != 0;
	const struct signal_info info = {
	    .code = by_signal ? CLD_KILLED : CLD_EXITED,
	    .pid = process->pid,
	    .uid = process->uid,
	    .value = (uint64_t)(by_signal ? process->status & 0x7f
					  : process->status >> 8 & 0xff),
	};

	signal_send(parent, SIGCHLD, &info);
	if (is_unwanted(parent)) {
		usage_add(&parent->children_usage, &process->usage);
		table_remove(process);
	}
}

static void
give_children_to(struct process *init, struct process *process)
{
	while (process->first_child != NULL) {
		struct process *child = process->first_child;
		pid_t pgid = child->pgid;

		process->first_child = child->sibling;
		child->parent = init;
		child->sibling = init->first_child;
		init->first_child = child;
		ids_show(child);
		if (child->state == PROCESS_ZOMBIE)
			announce(child);
		if (pgid != process->pgid)
			group_hang_up_if_orphaned(pgid);
	}
}

/* The terminal is told; it does not answer, and is not waited for. */
static void
leave_terminal(struct session *session)
{
	mach_msg_header_t hangup = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND, 0),
	    .msgh_size = sizeof(hangup),
	    .msgh_remote_port = session->terminal,
	    .msgh_id = TERM_HANGUP_ID,
	};

	if (MACH_PORT_VALID(session->terminal) &&
	    mach_msg(&hangup, MACH_SEND_MSG | MACH_SEND_TIMEOUT, sizeof(hangup),
		0, MACH_PORT_NULL, 0, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), session->terminal);
	session->terminal = MACH_PORT_NULL;
}

void
process_end(struct process *process, int status)
{
	struct process *init = table_find(1);
	struct process *parent = process->parent;

	if (process->state == PROCESS_ZOMBIE)
		return;
	if (process == init)
		init_has_ended(status);
	usage_of_task(process->task, &process->usage);
	usage_add(&process->usage, &process->children_usage);
	process_release_task(process, true);
	owner_end(process);
	process->state = PROCESS_ZOMBIE;
	process->status = status;
	process->alarm = 0;
	posix_timer_forget(process);
	pending_forget(process);
	sigwait_forget(process);
	deliver_forget(process);
	wait_forget(process);
	if (process->pid == process->session->sid)
		leave_terminal(process->session);
	give_children_to(init, process);
	group_hang_up_if_orphaned(process->pgid);
	announce(process);
	/* Those who wait are told last: it frees what they are told of. */
	wait_check(parent);
	if (parent != init)
		wait_check(init);
}

/* The caller is gone then: there is nobody to answer. */
kern_return_t
S_proc_exit(proc_t proc, int status)
{
	struct process *process = process_of(proc);

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	process_end(process, status & 0xff00);
	(void)syscall_mach_port_deallocate(
	    mach_task_self(), ports_take_reply());
	return MIG_NO_REPLY;
}
