/* SPDX-License-Identifier: BSD-2-Clause */
/* Who gets a signal, and what becomes of one that nobody wants. */
#include <errno.h>
#include <servers/process_server.h>

#include "process.h"

#define BIT(signal) (1UL << ((signal)-1))
#define STOPS       (BIT(SIGSTOP) | BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU))
#define IGNORED     (BIT(SIGCHLD) | BIT(SIGURG) | BIT(SIGWINCH) | BIT(SIGCONT))

static bool
is_blocked(const struct process *process, int signal)
{
	return (process->page->blocked & BIT(signal)) != 0;
}

bool
signal_is_ignored(const struct process *process, int signal)
{
	uint64_t handler;

	if (signal == SIGKILL || signal == SIGSTOP)
		return false;
	handler = process->page->action[signal].handler;
	return handler == 1 || (handler == 0 && (IGNORED & BIT(signal)) != 0);
}

/* Go on if it was stopped, whatever else the signal means. */
static void
resume(struct process *process)
{
	process->pending &= ~STOPS;
	process->page->pending &= ~STOPS;
	deliver_continue(process);
}

void
signal_send(struct process *process, int signal, const struct signal_info *info)
{
	if (process->state == PROCESS_ZOMBIE || process->page == NULL)
		return;
	if (signal == SIGKILL) {
		/* Init is ended by nobody. */
		if (process->pid != 1)
			process_end(process, SIGKILL);
		return;
	}
	if (signal == SIGCONT)
		resume(process);
	else if (STOPS & BIT(signal))
		process->pending &= ~BIT(SIGCONT);
	/* One that is blocked may find a handler, or sigwait, later. */
	if (signal_is_ignored(process, signal) && !is_blocked(process, signal))
		return;
	process->info[signal] = *info;
	process->pending |= BIT(signal);
	/* Before the mask is read: the process unblocks, then looks here. */
	__atomic_or_fetch(
	    &process->page->pending, BIT(signal), __ATOMIC_SEQ_CST);
	deliver_later(process);
}

static bool
may_signal(const struct process *from, const struct process *to, int signal)
{
	if (from->euid == 0)
		return true;
	if (signal == SIGCONT && from->session == to->session)
		return true;
	return from->uid == to->uid || from->uid == to->suid ||
	       from->euid == to->uid || from->euid == to->suid;
}

static bool
is_meant(const struct process *from, const struct process *to, pid_t pid)
{
	if (to->state == PROCESS_ZOMBIE && pid <= 0)
		return false;
	if (pid > 0)
		return to->pid == pid;
	if (pid == 0)
		return to->pgid == from->pgid;
	if (pid == -1)
		return to->pid != 1 && to != from;
	return to->pgid == -pid;
}

/* Send to all that are meant, the caller last: it may be its end. */
static int
send_to_all(struct process *from, pid_t pid, int signal)
{
	const struct signal_info info = {
	    .code = SI_USER,
	    .pid = from->pid,
	    .uid = from->uid,
	};
	pid_t from_pid = from->pid;
	bool self = false;
	int error = ESRCH;
	pid_t next = 0;

	for (struct process *to = table_first(); to != NULL;
	     to = table_after(next)) {
		next = to->pid;
		if (!is_meant(from, to, pid))
			continue;
		if (!may_signal(from, to, signal)) {
			error = error == ESRCH ? EPERM : error;
			continue;
		}
		error = 0;
		if (to->pid == from_pid)
			self = true;
		else if (signal != 0)
			signal_send(to, signal, &info);
	}
	if (self && signal != 0)
		signal_send(from, signal, &info);
	return error;
}

kern_return_t
S_proc_kill(proc_t proc, int pid, int signal)
{
	struct process *process = process_of(proc);
	int error;

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (signal < 0 || signal >= SIGNAL_COUNT || pid == INT32_MIN)
		return SERVER_ERROR(EINVAL);
	error = send_to_all(process, pid, signal);
	return error != 0 ? SERVER_ERROR(error) : KERN_SUCCESS;
}

kern_return_t
S_proc_signal_check(proc_t proc)
{
	struct process *process = process_of(proc);

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	deliver_later(process);
	return KERN_SUCCESS;
}
