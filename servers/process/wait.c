/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waiting for children. A call that must wait leaves its reply port in the list
 * of its process; whoever changes a child's state calls wait_check. A reply
 * that cannot be delivered (the waiter was interrupted) has told nothing: the
 * child stays to be waited for.
 */
#include <mach/traps.h>

#include <errno.h>
#include <libmach/port_gone.h>
#include <libports/ports.h>
#include <servers/process_reply_user.h>
#include <servers/process_server.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "process.h"

#define STATUS_CONTINUED 0xffff
#define OPTIONS          (WNOHANG | WEXITED | WUNTRACED | WCONTINUED | WNOWAIT)
#define OPTIONS_PAUSE    (-1) /* waits for no child: until a handler has run */

static bool
is_meant(const struct process *parent, const struct process *child, pid_t pid)
{
	if (pid > 0)
		return child->pid == pid;
	if (pid == 0)
		return child->pgid == parent->pgid;
	return pid == -1 || child->pgid == -pid;
}

static bool
has_news(const struct process *child, int options)
{
	return (child->state == PROCESS_ZOMBIE && (options & WEXITED) != 0) ||
	       (child->stop_untold && (options & WUNTRACED) != 0) ||
	       (child->continue_untold && (options & WCONTINUED) != 0);
}

/* A child to tell of; *any: there is one that may be waited for. */
static struct process *
find_child(const struct process *parent, pid_t pid, int options, bool *any)
{
	*any = false;
	for (struct process *child = parent->first_child; child != NULL;
	     child = child->sibling) {
		if (!is_meant(parent, child, pid))
			continue;
		*any = true;
		if (has_news(child, options))
			return child;
	}
	return NULL;
}

static int
status_of(const struct process *child)
{
	return child->state != PROCESS_ZOMBIE && !child->stop_untold
		   ? STATUS_CONTINUED
		   : child->status;
}

/* The parent knows. */
static void
told(struct process *parent, struct process *child, int options)
{
	if ((options & WNOWAIT) != 0)
		return;
	if (child->state == PROCESS_ZOMBIE) {
		usage_add(&parent->children_usage, &child->usage);
		table_remove(child);
	} else if (child->stop_untold) {
		child->stop_untold = false;
	} else {
		child->continue_untold = false;
	}
}

/* The waiter is told of no child. */
static void
refuse(mach_port_t reply, kern_return_t code)
{
	static const struct proc_usage nothing;

	if (proc_wait_reply(reply, code, 0, 0, nothing) != KERN_SUCCESS)
		(void)syscall_mach_port_deallocate(mach_task_self(), reply);
}

/* True: the waiter has been answered, or cannot be. */
static bool
answer(struct process *parent, const struct waiter *waiter)
{
	struct process *child;
	bool any;

	if (waiter->options == OPTIONS_PAUSE)
		return false;
	child = find_child(parent, waiter->pid, waiter->options, &any);
	if (child == NULL && any && (waiter->options & WNOHANG) == 0)
		return false;
	if (child == NULL)
		refuse(
		    waiter->reply, any ? KERN_SUCCESS : SERVER_ERROR(ECHILD));
	else if (proc_wait_reply(waiter->reply, KERN_SUCCESS, child->pid,
		     status_of(child), child->usage) == KERN_SUCCESS)
		told(parent, child, waiter->options);
	else
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), waiter->reply);
	return true;
}

void
wait_check(struct process *parent)
{
	struct waiter **link = &parent->waiters;

	while (*link != NULL) {
		struct waiter *waiter = *link;

		if (answer(parent, waiter)) {
			*link = waiter->next;
			free(waiter);
		} else {
			link = &waiter->next;
		}
	}
}

static void
drop(struct waiter **link)
{
	struct waiter *waiter = *link;

	*link = waiter->next;
	(void)syscall_mach_port_deallocate(mach_task_self(), waiter->reply);
	free(waiter);
}

void
wait_forget(struct process *process)
{
	while (process->waiters != NULL)
		drop(&process->waiters);
}

/* Interrupted waiters leave their entries behind. False: too many wait. */
static bool
wait_later(struct process *process, const struct waiter *wanted)
{
	struct waiter **link = &process->waiters;
	struct waiter *waiter;
	unsigned count = 0;

	while (*link != NULL) {
		if (mach_port_gone((*link)->reply)) {
			drop(link);
		} else {
			link = &(*link)->next;
			count++;
		}
	}
	waiter = count < PROCESS_WAITERS_MAX ? malloc(sizeof(*waiter)) : NULL;
	if (waiter == NULL)
		return false;
	*waiter = *wanted;
	*link = waiter;
	return true;
}

/* Answered here, so that a child is told of only if the answer arrives. */
kern_return_t
S_proc_wait(proc_t proc, int pid, int options, int *waited, int *status,
    proc_usage_t *usage)
{
	struct process *process = process_of(proc);
	struct waiter waiter = {.pid = pid, .options = options};

	memset(usage, 0, sizeof(*usage));
	*waited = 0;
	*status = 0;
	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if ((options & ~OPTIONS) != 0)
		return SERVER_ERROR(EINVAL);
	waiter.reply = ports_take_reply();
	if (!answer(process, &waiter) && !wait_later(process, &waiter))
		refuse(waiter.reply, SERVER_ERROR(ENOMEM));
	return MIG_NO_REPLY;
}

/* The caller is woken by a handler; nobody answers. */
kern_return_t
S_proc_pause(proc_t proc)
{
	struct process *process = process_of(proc);
	struct waiter waiter = {.options = OPTIONS_PAUSE};

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	waiter.reply = ports_take_reply();
	if (!wait_later(process, &waiter) &&
	    proc_pause_reply(waiter.reply, SERVER_ERROR(ENOMEM)) !=
		KERN_SUCCESS)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), waiter.reply);
	return MIG_NO_REPLY;
}
