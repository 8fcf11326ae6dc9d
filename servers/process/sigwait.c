/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Taking signals without handlers: sigwait and its kin. Who has to wait leaves
 * its reply port; a signal is taken when the reply with it has arrived.
 */
#include <mach/traps.h>

#include <errno.h>
#include <libports/ports.h>
#include <servers/process_reply_user.h>
#include <servers/process_server.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"

#define BIT(signal) (1UL << ((signal)-1))

struct sigwaiter {
	struct sigwaiter *next;
	mach_port_t reply;
	int slot;
	uint64_t set;
	uint64_t deadline; /* ns since boot; UINT64_MAX: none */
};

static uint64_t next = UINT64_MAX; /* not after the first deadline */

static void
reply_to(mach_port_t reply, kern_return_t code, proc_siginfo_t info)
{
	if (proc_signal_wait_reply(reply, code, info) != KERN_SUCCESS)
		(void)syscall_mach_port_deallocate(mach_task_self(), reply);
}

static proc_siginfo_t
told(int signal, const struct signal_info *info)
{
	return (proc_siginfo_t){
	    .signal = signal,
	    .code = (int32_t)info->code,
	    .pid = (int32_t)info->pid,
	    .uid = (uint32_t)info->uid,
	    .value = info->value,
	    .address = info->address,
	};
}

/* True: there was one for it, and it is dealt with. */
static bool
serve(struct process *process, const struct sigwaiter *waiter)
{
	uint64_t ready = pending_set(process, waiter->slot) & waiter->set;
	const struct signal_info *info;
	struct pending *entry;
	int signal;

	if (ready == 0)
		return false;
	signal = __builtin_ctzl(ready) + 1;
	info = pending_find(process, waiter->slot, signal, &entry);
	if (proc_signal_wait_reply(waiter->reply, KERN_SUCCESS,
		told(signal, info)) == KERN_SUCCESS)
		pending_take(process, signal, entry);
	else
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), waiter->reply);
	return true;
}

void
sigwait_check(struct process *process)
{
	struct sigwaiter **link = &process->sigwaiters;

	while (*link != NULL) {
		struct sigwaiter *waiter = *link;

		if (serve(process, waiter)) {
			*link = waiter->next;
			free(waiter);
		} else {
			link = &waiter->next;
		}
	}
}

bool
sigwait_wants(const struct process *process, int signal)
{
	for (const struct sigwaiter *at = process->sigwaiters; at != NULL;
	     at = at->next) {
		if (at->set & BIT(signal))
			return true;
	}
	return false;
}

/* The deadline has passed, or there is nobody (now is UINT64_MAX). */
static void
expire(struct process *process, uint64_t now)
{
	static const proc_siginfo_t none;
	struct sigwaiter **link = &process->sigwaiters;

	while (*link != NULL) {
		struct sigwaiter *waiter = *link;

		if (waiter->deadline > now) {
			if (waiter->deadline < next)
				next = waiter->deadline;
			link = &waiter->next;
			continue;
		}
		*link = waiter->next;
		reply_to(waiter->reply, SERVER_ERROR(EAGAIN), none);
		free(waiter);
	}
}

void
sigwait_forget(struct process *process)
{
	expire(process, UINT64_MAX);
}

mach_msg_timeout_t
sigwait_poll(void)
{
	uint64_t now;

	if (next == UINT64_MAX)
		return 0;
	now = clock_get_ns(0);
	if (next <= now) {
		next = UINT64_MAX;
		for (struct process *p = table_first(); p != NULL; p = p->next)
			expire(p, now);
	}
	return timer_ms(now, next);
}

/* A thread waits once: what it left behind before was interrupted. */
static void
forget_earlier(struct process *process, int slot)
{
	struct sigwaiter **link = &process->sigwaiters;

	while (*link != NULL) {
		struct sigwaiter *waiter = *link;

		if (waiter->slot != slot) {
			link = &waiter->next;
			continue;
		}
		*link = waiter->next;
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), waiter->reply);
		free(waiter);
	}
}

static kern_return_t
wait_later(struct process *process, const struct sigwaiter *wanted)
{
	struct sigwaiter *waiter = malloc(sizeof(*waiter));

	if (waiter == NULL)
		return SERVER_ERROR(EAGAIN);
	*waiter = *wanted;
	waiter->next = process->sigwaiters;
	process->sigwaiters = waiter;
	if (waiter->deadline < next)
		next = waiter->deadline;
	return MIG_NO_REPLY;
}

kern_return_t
S_proc_signal_wait(proc_t proc, int thread, uint64_t set, uint64_t timeout,
    proc_siginfo_t *info)
{
	static const proc_siginfo_t none;
	struct process *process = process_of(proc);
	uint64_t now = clock_get_ns(0);
	struct sigwaiter waiter = {
	    .slot = thread, .set = set, .deadline = UINT64_MAX};
	kern_return_t kr;

	memset(info, 0, sizeof(*info));
	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (thread < 0 || thread >= SIGNAL_THREADS)
		return SERVER_ERROR(EINVAL);
	if (timeout < UINT64_MAX - now)
		waiter.deadline = now + timeout;
	forget_earlier(process, thread);
	waiter.reply = ports_take_reply();
	if (serve(process, &waiter))
		return MIG_NO_REPLY;
	kr = timeout == 0 ? SERVER_ERROR(EAGAIN) : wait_later(process, &waiter);
	if (kr != MIG_NO_REPLY)
		reply_to(waiter.reply, kr, none);
	return MIG_NO_REPLY;
}
