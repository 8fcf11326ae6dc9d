/* SPDX-License-Identifier: BSD-2-Clause */
/* Who gets a signal, and what becomes of one that nobody wants. */
#include <errno.h>
#include <servers/process_server.h>

#include "process.h"

#define BIT(signal) (1UL << ((signal)-1))
#define STOPS       (BIT(SIGSTOP) | BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU))
#define IGNORED     (BIT(SIGCHLD) | BIT(SIGURG) | BIT(SIGWINCH) | BIT(SIGCONT))

/* Does every thread block it? */
static bool
is_blocked(const struct process *process, int signal)
{
	for (int i = 0; i < SIGNAL_THREADS; i++) {
		const struct signal_thread *thread = &process->page->thread[i];

		if ((i == 0 || thread->base != 0) &&
		    (thread->blocked & BIT(signal)) == 0)
			return false;
	}
	return true;
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

/* What a signal does besides being one. False: it is of no interest. */
static bool
is_wanted(struct process *process, int signal)
{
	if (process->state == PROCESS_ZOMBIE || process->page == NULL)
		return false;
	if (signal == SIGKILL) {
		/* Init is ended by nobody. */
		if (process->pid != 1)
			process_end(process, SIGKILL);
		return false;
	}
	if (signal == SIGCONT) {
		/* Go on if it was stopped, whatever else it means. */
		pending_drop(process, STOPS);
		deliver_continue(process);
	} else if (STOPS & BIT(signal)) {
		pending_drop(process, BIT(SIGCONT));
	}
	/* One that is blocked may find a handler, or sigwait, later. */
	return !signal_is_ignored(process, signal) ||
	       is_blocked(process, signal) || sigwait_wants(process, signal);
}

void
signal_send(struct process *process, int signal, const struct signal_info *info)
{
	if (!is_wanted(process, signal))
		return;
	process->info[signal] = *info;
	process->pending |= BIT(signal);
	/* Before the mask is read: the process unblocks, then looks here. */
	__atomic_or_fetch(
	    &process->page->pending, BIT(signal), __ATOMIC_SEQ_CST);
	deliver_later(process);
}

int
signal_queue(struct process *process, int signal,
    const struct signal_info *info, struct posix_timer *timer)
{
	const struct pending entry = {
	    .signal = signal, .slot = SLOT_ANY, .timer = timer, .info = *info};
	int error;

	if (signal < SIGRTMIN && timer == NULL) {
		signal_send(process, signal, info);
		return 0;
	}
	if (!is_wanted(process, signal))
		return 0;
	error = pending_add(process, &entry, QUEUED_MAX);
	if (error == 0)
		deliver_later(process);
	return error;
}

int
signal_send_thread(struct process *process, int slot, int signal,
    const struct signal_info *info)
{
	const struct pending entry = {
	    .signal = signal, .slot = slot, .info = *info};
	struct pending *other;
	int error;

	/* Ends and stops are the process's. */
	if (signal == SIGKILL || (STOPS & BIT(signal)) || signal == SIGCONT) {
		signal_send(process, signal, info);
		return 0;
	}
	if (signal_is_ignored(process, signal) &&
	    (process->page->thread[slot].blocked & BIT(signal)) == 0 &&
	    !sigwait_wants(process, signal))
		return 0;
	for (other = process->queue; other != NULL && signal < SIGRTMIN;
	     other = other->next)
		if (other->slot == slot && other->signal == signal)
			return 0;
	error = pending_add(process, &entry, PENDING_MAX);
	if (error == 0)
		deliver_later(process);
	return error;
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

kern_return_t
S_proc_kill_thread(proc_t proc, int thread, int signal)
{
	struct process *process = process_of(proc);
	struct signal_info info = {.code = SI_USER};
	int error;

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (thread < 0 || thread >= SIGNAL_THREADS || signal <= 0 ||
	    signal >= SIGNAL_COUNT)
		return SERVER_ERROR(EINVAL);
	info.pid = process->pid;
	info.uid = process->uid;
	error = signal_send_thread(process, thread, signal, &info);
	return error != 0 ? SERVER_ERROR(error) : KERN_SUCCESS;
}

kern_return_t
S_proc_queue_signal(proc_t proc, int pid, int signal, int code, uint64_t value)
{
	struct process *process = process_of(proc);
	struct process *to = pid > 0 ? table_find(pid) : NULL;
	struct signal_info info = {.code = code, .value = value};
	int error = 0;

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (signal < 0 || signal >= SIGNAL_COUNT || code > 0)
		return SERVER_ERROR(EINVAL);
	if (to == NULL)
		return SERVER_ERROR(ESRCH);
	if (!may_signal(process, to, signal))
		return SERVER_ERROR(EPERM);
	info.pid = process->pid;
	info.uid = process->uid;
	if (signal != 0)
		error = signal_queue(to, signal, &info, NULL);
	return error != 0 ? SERVER_ERROR(error) : KERN_SUCCESS;
}
