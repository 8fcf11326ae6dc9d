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
#define UNBLOCKABLE (BIT(SIGKILL) | BIT(SIGSTOP))
#define RED_ZONE    128
#define RETRY_MS    5
#define STATUS_STOP 0x7f

static struct process *queue; /* to be looked at */
static struct process *retry; /* could not be stopped */

enum outcome {
	DONE,
	AGAIN,
	NO_STACK,
};

static void
clear_pending(struct process *process, int signal)
{
	process->pending &= ~BIT(signal);
	__atomic_and_fetch(
	    &process->page->pending, ~BIT(signal), __ATOMIC_SEQ_CST);
}

static int
next_signal(const struct process *process)
{
	uint64_t blocked =
	    __atomic_load_n(&process->page->blocked, __ATOMIC_SEQ_CST);
	uint64_t ready = process->pending & ~(blocked & ~UNBLOCKABLE);

	return ready != 0 ? __builtin_ctzl(ready) + 1 : 0;
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
frame_address(const struct process *process, int signal, uint64_t sp)
{
	const struct signal_page *page = process->page;
	uint64_t base = page->stack_base;
	uint64_t size = page->stack_size;

	sp -= RED_ZONE;
	if ((page->action[signal].flags & SA_ONSTACK) != 0 && size > 0 &&
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
block_for_handler(struct process *process, int signal)
{
	struct signal_page *page = process->page;
	const struct signal_action *action = &page->action[signal];
	uint64_t mask = action->mask;

	if ((action->flags & SA_NODEFER) == 0)
		mask |= BIT(signal);
	__atomic_or_fetch(
	    &page->blocked, mask & ~UNBLOCKABLE, __ATOMIC_SEQ_CST);
}

/* The thread is stopped: put the frame in its way. */
static enum outcome
push_frame(struct process *process, int signal)
{
	struct thread_general_state state;
	mach_msg_type_number_t count = THREAD_STATE_GENERAL_COUNT;
	const struct signal_info *info = &process->info[signal];
	struct signal_frame frame = {
	    .signal = (uint64_t)signal,
	    .code = (uint64_t)info->code,
	    .address = info->address,
	    .pid = info->pid,
	    .uid = info->uid,
	    .value = info->value,
	    .blocked = process->page->blocked,
	};
	uint64_t at;

	if (thread_get_state(process->thread, THREAD_STATE_GENERAL,
		(natural_t *)(void *)&state, &count) != KERN_SUCCESS)
		return DONE; /* it is gone */
	frame.state = state;
	if (was_interrupted(&state))
		frame.flags |= SIGNAL_FRAME_INTERRUPTED;
	at = frame_address(process, signal, THREAD_STATE_SP(&state));
	THREAD_STATE_PC(&state) = process->page->trampoline;
	THREAD_STATE_SP(&state) = at;
	THREAD_STATE_ARG0(&state) = at;
	if (thread_set_state(process->thread, THREAD_STATE_GENERAL,
		(natural_t *)(void *)&state,
		THREAD_STATE_GENERAL_COUNT) != KERN_SUCCESS)
		return AGAIN; /* not stopped yet */
	block_for_handler(process, signal);
	clear_pending(process, signal);
	return vm_write(process->task, at, (vm_offset_t)&frame,
		   sizeof(frame)) == KERN_SUCCESS
		   ? DONE
		   : NO_STACK;
}

static enum outcome
run_handler(struct process *process, int signal)
{
	enum outcome outcome;

	if (!process->held && thread_suspend(process->thread) != KERN_SUCCESS)
		return DONE;
	(void)thread_abort(process->thread);
	outcome = push_frame(process, signal);
	if (outcome == AGAIN && process->held)
		return AGAIN;
	process->held = false;
	(void)thread_resume(process->thread);
	return outcome;
}

static void
act_by_default(struct process *process, int signal)
{
	clear_pending(process, signal);
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

/* False: the process has ended, and may be gone. */
static bool
act_on_pending(struct process *process)
{
	int signal;

	while (process->state == PROCESS_RUNS && process->page != NULL &&
	       (signal = next_signal(process)) != 0) {
		uint64_t handler = process->page->action[signal].handler;

		if (signal_is_ignored(process, signal)) {
			clear_pending(process, signal);
		} else if (handler == 0 || signal == SIGSTOP) {
			bool ends =
			    (STOPS & BIT(signal)) == 0 && process->pid != 1;

			act_by_default(process, signal);
			if (ends)
				return false;
		} else {
			switch (run_handler(process, signal)) {
			case DONE:
				break;
			case AGAIN:
				list_add(&retry, process);
				return true;
			case NO_STACK:
				process_end(process, SIGSEGV);
				return false;
			}
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
