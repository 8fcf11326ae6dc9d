/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What happens between the process server and a handler. The frame holds the
 * registers to go back to; the trampoline restores them with one trap.
 */
#include <mach/traps.h>

#include <machine/msg_state.h>

#include <errno.h>
#include <libmach/mach.h>
#include <libmach/tcb.h>
#include <servers/process_user.h>
#include <stddef.h>
#include <string.h>

#include "lock.h"
#include "process.h"
#include "signal_state.h"
#include "thread.h"

_Static_assert(offsetof(struct signal_frame, state) == 64,
    "signal_entry.S knows the offset");

#define UNBLOCKABLE                                    \
	(1UL << (SIGKILL - 1) | 1UL << (SIGSTOP - 1) | \
	    1UL << (SIGNAL_INTERNAL - 1))

uint32_t __signal_count;
unsigned __signal_interrupts;
unsigned __signal_handlers;

static void
fill_information(siginfo_t *information, const struct signal_frame *frame)
{
	memset(information, 0, sizeof(*information));
	information->si_signo = (int)frame->signal;
	information->si_code = (int)(int64_t)frame->code;
	information->si_pid = (pid_t)frame->pid;
	information->si_uid = (uid_t)frame->uid;
	information->si_status = (int)frame->value;
	information->si_addr = (void *)frame->address;
	information->si_value.sival_ptr = (void *)frame->value;
}

/* The handler may change the context; it is what is gone back to. */
static void
call_with_information(struct signal_frame *frame, uint64_t handler)
{
	void (*function)(int, siginfo_t *, void *) =
	    (void (*)(int, siginfo_t *, void *))handler;
	siginfo_t information;
	ucontext_t context;

	fill_information(&information, frame);
	memset(&context, 0, sizeof(context));
	context.uc_sigmask = frame->blocked;
	context.uc_stack.ss_sp = (void *)__signal_thread()->stack_base;
	context.uc_stack.ss_size = __signal_thread()->stack_size;
	memcpy(
	    &context.uc_mcontext, &frame->state, sizeof(context.uc_mcontext));
	function((int)frame->signal, &information, &context);
	memcpy(
	    &frame->state, &context.uc_mcontext, sizeof(context.uc_mcontext));
	frame->blocked = context.uc_sigmask;
}

/* Call the handler of a frame's signal. */
static void
call_handler(struct signal_frame *frame)
{
	struct signal_action *action =
	    &__process.signals->action[frame->signal];
	uint64_t handler = action->handler;
	uint64_t flags = action->flags;

	if ((flags & SA_RESTART) == 0)
		__signal_handlers++;
	if ((flags & SA_RESTART) == 0 &&
	    (frame->flags & SIGNAL_FRAME_INTERRUPTED) != 0)
		__signal_interrupts++;
	__signal_count++;
	if (frame->signal == SIGNAL_INTERNAL) {
		__cancel_interrupted();
		return;
	}
	if (thread_self()->poll != MACH_PORT_NULL)
		__poll_end(thread_self());
	if (flags & SA_RESETHAND) {
		action->handler = 0;
		action->flags &= ~(uint64_t)SA_SIGINFO;
	}
	if (flags & SA_SIGINFO)
		call_with_information(frame, handler);
	else if (handler > 1)
		((void (*)(int))handler)((int)frame->signal);
}

/* Of a set, those whose handlers can be called on this stack. */
static uint64_t
callable(uint64_t set)
{
	uint64_t result = 0;

	for (; set != 0; set &= set - 1) {
		int signal = __builtin_ctzl(set) + 1;
		const struct signal_action *action =
		    &__process.signals->action[signal];

		if (action->handler > 1 && !(action->flags & SA_ONSTACK))
			result |= 1UL << (signal - 1);
	}
	return result;
}

/* Take one of the set from the server and call its handler. */
static void
call_pending(struct signal_frame *frame, uint64_t set)
{
	struct signal_thread *thread = __signal_thread();
	struct signal_frame next = *frame;
	struct proc_siginfo told;

	if (proc_signal_wait(__process.proc,
		(int)(thread - __process.signals->thread), set, 0,
		&told) != KERN_SUCCESS)
		return;
	next.signal = (uint64_t)told.signal;
	next.code = (uint64_t)(int64_t)told.code;
	next.address = told.address;
	next.pid = told.pid;
	next.uid = told.uid;
	next.value = told.value;
	call_handler(&next);
	frame->state = next.state;
	frame->blocked = next.blocked;
}

/*
 * Restore the mask. What it lets in is handled here, one after the other: were
 * it left to the server, each would need another frame on top of this one, and
 * a steady stream of signals would use up the stack.
 */
static void
restore_mask(struct signal_frame *frame)
{
	const struct signal_page *page = __process.signals;
	struct signal_thread *thread = __signal_thread();
	uint64_t ready;

	for (;;) {
		uint64_t mask = frame->blocked & ~UNBLOCKABLE;

		__atomic_store_n(&thread->blocked, mask, __ATOMIC_SEQ_CST);
		ready =
		    (__atomic_load_n(&page->pending, __ATOMIC_SEQ_CST) |
			__atomic_load_n(&thread->pending, __ATOMIC_SEQ_CST)) &
		    ~mask;
		if (ready == 0)
			return;
		if (callable(ready) != ready) {
			proc_signal_check(__process.proc);
			return;
		}
		__atomic_store_n(
		    &thread->blocked, ~UNBLOCKABLE, __ATOMIC_SEQ_CST);
		call_pending(frame, ready);
	}
}

/*
 * A wait for an answer that the signal has cut short gives up its reply port
 * now, if it does not go on, not when the handler is done: the server would
 * answer it in the meantime, and the handler would not be told of the child,
 * say, that it waits for. Returns the reply port that is left.
 */
static mach_port_t
give_up_wait(const struct signal_frame *frame, mach_port_t reply_port)
{
	mach_msg_return_t result =
	    (mach_msg_return_t)THREAD_STATE_RESULT(&frame->state);

	if (result != MACH_RCV_INTERRUPTED ||
	    (MSG_STATE_OPTION(&frame->state) & MACH_RCV_INTERRUPT) == 0 ||
	    (mach_port_t)MSG_STATE_RCV_NAME(&frame->state) != reply_port ||
	    syscall_mach_port_abandon(mach_task_self(), reply_port) ==
		KERN_FAILURE)
		return reply_port;
	return MACH_PORT_NULL;
}

void
__signal_deliver(struct signal_frame *frame)
{
	struct mach_tcb *tcb = mach_tcb_self();
	mach_port_t reply_port = tcb->reply_port;
	int saved = errno;

	/* The interrupted code may be waiting on the reply port. */
	tcb->reply_port = MACH_PORT_NULL;
	if (reply_port != MACH_PORT_NULL)
		reply_port = give_up_wait(frame, reply_port);
	call_handler(frame);
	restore_mask(frame);
	if (tcb->reply_port != MACH_PORT_NULL)
		mig_dealloc_reply_port(tcb->reply_port);
	tcb->reply_port = reply_port;
	errno = saved;
}

bool
__signal_self(int signal)
{
	struct signal_page *page = __process.signals;
	struct signal_action *action = &page->action[signal];
	uint64_t bit = signal > 0 ? 1UL << (signal - 1) : 0;
	uint64_t handler = action->handler;
	uint64_t old = __signal_thread()->blocked;
	uint64_t mask = old | action->mask;
	int saved = errno;

	if (__threaded || handler <= 1 || bit == 0 || (old & bit) != 0 ||
	    (action->flags & (SA_SIGINFO | SA_ONSTACK)) != 0)
		return false;
	if (!(action->flags & SA_NODEFER))
		mask |= bit;
	if (action->flags & SA_RESETHAND)
		action->handler = 0;
	__atomic_store_n(&__signal_thread()->blocked, mask, __ATOMIC_SEQ_CST);
	__signal_count++;
	if (thread_self()->poll != MACH_PORT_NULL)
		__poll_end(thread_self());
	((void (*)(int))handler)(signal);
	__signal_set_mask(old);
	errno = saved;
	return true;
}

void
__signal_set_mask(uint64_t mask)
{
	const struct signal_page *page = __process.signals;
	struct signal_thread *thread = __signal_thread();
	uint64_t pending;

	mask &= ~UNBLOCKABLE;
	__atomic_store_n(&thread->blocked, mask, __ATOMIC_SEQ_CST);
	pending = __atomic_load_n(&page->pending, __ATOMIC_SEQ_CST) |
		  __atomic_load_n(&thread->pending, __ATOMIC_SEQ_CST);
	if ((pending & ~mask) != 0)
		proc_signal_check(__process.proc);
}

/*
 * A handler that runs before the wait starts changes the word, and the wait
 * returns at once; one that runs later cuts it short.
 */
void
__signal_wait(uint32_t seen)
{
	while (__atomic_load_n(&__signal_count, __ATOMIC_SEQ_CST) == seen) {
		__cancel_begin();
		ulock_wait(&__signal_count, seen, 0, 0);
		__cancel_end();
	}
	pthread_testcancel();
}

void
__signal_init(void)
{
	struct signal_page *page = __process.signals;

	page->trampoline = (uint64_t)__signal_trampoline;
	/* Its mask stays 0. Written as a whole it would be a vector. */
	page->action[SIGNAL_INTERNAL].handler = (uint64_t)__signal_trampoline;
	page->action[SIGNAL_INTERNAL].flags = SA_RESTART;
}
