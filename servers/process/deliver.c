/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Acting on pending signals. To run a handler the thread is stopped, its wait
 * in the kernel cut short, a signal_frame put on its stack, and the thread sent
 * to the trampoline. A thread that cannot be stopped now (it is paging in) is
 * tried again after each message, and every RETRY_MS.
 */
#include <mach/task_user.h>
#include <mach/thread_act_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <stdio.h>

#include "process.h"

#define BIT(signal) (1UL << ((signal)-1))
#define STOPS       (BIT(SIGSTOP) | BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU))
#define UNBLOCKABLE (BIT(SIGKILL) | BIT(SIGSTOP) | BIT(SIGNAL_INTERNAL))
#define RED_ZONE    128
#define RETRY_MS    5
#define STATUS_STOP 0x7f

static struct process *queue; /* to be looked at */
static struct process *retry; /* could not be stopped */

enum outcome {
	DONE,
	GONE, /* there is no such thread */
	AGAIN,
	NO_STACK,
};

/* A signal that is to be acted on. */
struct due {
	int signal;
	int slot; /* of the thread that does not block it */
	struct pending *entry;
	const struct signal_info *info;
};

/* The lowest signal that a thread does not block; the first thread first. */
static bool
next_due(const struct process *process, struct due *due)
{
	if (process->pending == 0 && process->queue == NULL)
		return false;
	for (int i = 0; i < SIGNAL_THREADS; i++) {
		const struct signal_thread *thread = &process->page->thread[i];
		uint64_t blocked =
		    __atomic_load_n(&thread->blocked, __ATOMIC_SEQ_CST);
		uint64_t ready;

		if (i > 0 && thread->base == 0)
			continue;
		ready = pending_set(process, i) & ~(blocked & ~UNBLOCKABLE);
		if (ready == 0)
			continue;
		due->slot = i;
		due->signal = __builtin_ctzl(ready) + 1;
		due->info = pending_find(process, i, due->signal, &due->entry);
		return true;
	}
	return false;
}

static void
tell_parent_of_stop(struct process *process, int code, int signal)
{
	const struct signal_info info = {
	    .code = code,
	    .pid = process->pid,
	    .uid = process->uid,
	    .value = (uint64_t)signal,
	};
	struct process *parent = process->parent;

	if (parent == NULL)
		return;
	if (parent->page != NULL &&
	    (parent->page->action[SIGCHLD].flags & SA_NOCLDSTOP) == 0)
		signal_send(parent, SIGCHLD, &info);
	wait_check(parent);
}

static void
stop(struct process *process, int signal)
{
	/* Nobody could continue it. */
	if (signal != SIGSTOP && group_is_orphaned(process->pgid))
		return;
	if (process->pid == 1 ||
	    (!process->suspended &&
		task_suspend(process->task) != KERN_SUCCESS))
		return;
	process->suspended = true;
	process->state = PROCESS_STOPPED;
	process->status = signal << 8 | STATUS_STOP;
	process->stop_untold = true;
	process->continue_untold = false;
	tell_parent_of_stop(process, CLD_STOPPED, signal);
}

void
deliver_continue(struct process *process)
{
	if (process->state != PROCESS_STOPPED)
		return;
	process->state = PROCESS_RUNS;
	process->stop_untold = false;
	process->continue_untold = true;
	tell_parent_of_stop(process, CLD_CONTINUED, SIGCONT);
	deliver_later(process);
}

/* Where the frame goes: the handler's stack, if it wants one and has one. */
static uint64_t
frame_address(const struct process *process, const struct due *due, uint64_t sp)
{
	const struct signal_page *page = process->page;
	uint64_t base = page->thread[due->slot].stack_base;
	uint64_t size = page->thread[due->slot].stack_size;

	sp -= RED_ZONE;
	if ((page->action[due->signal].flags & SA_ONSTACK) != 0 && size > 0 &&
	    (sp < base || sp - base >= size))
		sp = base + size;
	return (sp - sizeof(struct signal_frame)) & ~15UL;
}

static bool
was_interrupted(const struct thread_general_state *state)
{
	uint64_t result = THREAD_STATE_RESULT(state) & 0xffffffffU;

	return result == MACH_RCV_INTERRUPTED ||
	       result == MACH_SEND_INTERRUPTED || result == KERN_ABORTED;
}

static void
block_for_handler(struct process *process, const struct due *due)
{
	struct signal_page *page = process->page;
	const struct signal_action *action = &page->action[due->signal];
	uint64_t mask = action->mask;

	if ((action->flags & SA_NODEFER) == 0)
		mask |= BIT(due->signal);
	__atomic_or_fetch(&page->thread[due->slot].blocked, mask & ~UNBLOCKABLE,
	    __ATOMIC_SEQ_CST);
}

/* The thread is stopped: put the frame in its way. */
static enum outcome
push_frame(struct process *process, const struct due *due, mach_port_t thread)
{
	struct thread_general_state state;
	mach_msg_type_number_t count = THREAD_STATE_GENERAL_COUNT;
	const struct signal_info *info = due->info;
	struct signal_frame frame = {
	    .signal = (uint64_t)due->signal,
	    .code = (uint64_t)info->code,
	    .address = info->address,
	    .pid = info->pid,
	    .uid = info->uid,
	    .value = info->value,
	    .blocked = process->page->thread[due->slot].blocked,
	};
	uint64_t at;

	if (thread_get_state(thread, THREAD_STATE_GENERAL,
		(natural_t *)(void *)&state, &count) != KERN_SUCCESS)
		return GONE;
	frame.state = state;
	if (was_interrupted(&state))
		frame.flags |= SIGNAL_FRAME_INTERRUPTED;
	at = frame_address(process, due, THREAD_STATE_SP(&state));
	THREAD_STATE_PC(&state) = process->page->trampoline;
	THREAD_STATE_SP(&state) = at;
	THREAD_STATE_ARG0(&state) = at;
	if (thread_set_state(thread, THREAD_STATE_GENERAL,
		(natural_t *)(void *)&state,
		THREAD_STATE_GENERAL_COUNT) != KERN_SUCCESS)
		return AGAIN; /* not stopped yet */
	block_for_handler(process, due);
	return vm_write(process->task, at, (vm_offset_t)&frame,
		   sizeof(frame)) == KERN_SUCCESS
		   ? DONE
		   : NO_STACK;
}

/* One that a fault holds is suspended already, until it can go on. */
static enum outcome
interrupt(struct process *process, const struct due *due, mach_port_t thread)
{
	bool held = due->entry != NULL && due->entry->thread != MACH_PORT_NULL;
	enum outcome outcome;

	if (!held && thread_suspend(thread) != KERN_SUCCESS)
		return GONE;
	(void)thread_abort(thread);
	outcome = push_frame(process, due, thread);
	if (outcome == AGAIN && held)
		return AGAIN;
	(void)thread_resume(thread);
	return outcome;
}

static bool
has_base(mach_port_t thread, uint64_t base)
{
	struct thread_general_state state;
	mach_msg_type_number_t count = THREAD_STATE_GENERAL_COUNT;

	return thread_get_state(thread, THREAD_STATE_GENERAL,
		   (natural_t *)(void *)&state, &count) == KERN_SUCCESS &&
	       THREAD_STATE_TLS(&state) == base;
}

/* The task's thread that has a place, a right to be released; or null. */
static mach_port_t
find_thread(const struct process *process, int slot)
{
	uint64_t base = process->page->thread[slot].base;
	mach_port_t found = MACH_PORT_NULL;
	mach_msg_type_number_t count = 0;
	thread_array_t threads;

	if (task_threads(process->task, &threads, &count) != KERN_SUCCESS)
		return MACH_PORT_NULL;
	for (mach_msg_type_number_t i = 0; i < count; i++) {
		if (found == MACH_PORT_NULL && has_base(threads[i], base))
			found = threads[i];
		else
			(void)syscall_mach_port_deallocate(
			    mach_task_self(), threads[i]);
	}
	(void)syscall_vm_deallocate(mach_task_self(), (vm_address_t)threads,
	    count * sizeof(threads[0]));
	return found;
}

static enum outcome
run_handler(struct process *process, const struct due *due)
{
	mach_port_t thread = process->thread;
	enum outcome outcome;

	if (due->entry != NULL && due->entry->thread != MACH_PORT_NULL)
		thread = due->entry->thread;
	else if (due->slot > 0)
		thread = find_thread(process, due->slot);
	if (thread == MACH_PORT_NULL)
		return GONE;
	outcome = interrupt(process, due, thread);
	if (due->slot > 0 &&
	    (due->entry == NULL || due->entry->thread == MACH_PORT_NULL))
		(void)syscall_mach_port_deallocate(mach_task_self(), thread);
	if (outcome == DONE || outcome == NO_STACK)
		pending_take(process, due->signal, due->entry);
	return outcome;
}

static void
act_by_default(struct process *process, const struct due *due)
{
	int signal = due->signal;

	pending_take(process, signal, due->entry);
	if (STOPS & BIT(signal))
		stop(process, signal);
	else if (process->pid != 1)
		process_end(process, signal);
}

static void
list_add(struct process **list, struct process *process)
{
	process->deliver_next = *list;
	process->deliver_link = list;
	if (*list != NULL)
		(*list)->deliver_link = &process->deliver_next;
	*list = process;
}

/* A thread that is gone gets no more; the first one's end is the last's. */
static void
give_up_thread(struct process *process, const struct due *due)
{
	process->page->thread[due->slot].base = 0;
	if (due->slot == 0)
		pending_take(process, due->signal, due->entry);
}

/* False: the process has ended, and may be gone; or waits to be retried. */
static bool
handle(struct process *process, const struct due *due)
{
	switch (run_handler(process, due)) {
	case DONE:
		return true;
	case GONE:
		give_up_thread(process, due);
		return true;
	case AGAIN:
		list_add(&retry, process);
		return false;
	case NO_STACK:
		process_end(process, SIGSEGV);
		break;
	}
	return false;
}

/* False: the process has ended, and may be gone; or waits to be retried. */
static bool
act_on_pending(struct process *process)
{
	struct due due;

	if (process->state != PROCESS_ZOMBIE && process->page != NULL)
		sigwait_check(process);
	while (process->state == PROCESS_RUNS && process->page != NULL &&
	       next_due(process, &due)) {
		uint64_t handler = process->page->action[due.signal].handler;

		if (signal_is_ignored(process, due.signal)) {
			pending_take(process, due.signal, due.entry);
		} else if (handler == 0 || due.signal == SIGSTOP) {
			bool ends =
			    (STOPS & BIT(due.signal)) == 0 && process->pid != 1;

			act_by_default(process, &due);
			if (ends)
				return false;
		} else if (!handle(process, &due)) {
			return false;
		}
	}
	return true;
}

/* A task that is continued runs when it has its handlers before it. */
static void
deliver(struct process *process)
{
	if (!act_on_pending(process) || process->state != PROCESS_RUNS ||
	    !process->suspended)
		return;
	process->suspended = false;
	(void)task_resume(process->task);
}

void
deliver_later(struct process *process)
{
	if (process->deliver_link == NULL)
		list_add(&queue, process);
}

void
deliver_forget(struct process *process)
{
	if (process->deliver_link == NULL)
		return;
	*process->deliver_link = process->deliver_next;
	if (process->deliver_next != NULL)
		process->deliver_next->deliver_link = process->deliver_link;
	process->deliver_link = NULL;
}

mach_msg_timeout_t
deliver_poll(void)
{
	while (retry != NULL) {
		struct process *process = retry;

		deliver_forget(process);
		list_add(&queue, process);
	}
	while (queue != NULL) {
		struct process *process = queue;

		deliver_forget(process);
		deliver(process);
	}
	return retry != NULL ? RETRY_MS : 0;
}
