/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a program did wrong becomes a signal. The kernel waits for our answer
 * with the thread; for a handler the thread is suspended and the answer given,
 * so that the thread comes to its stop and deliver.c can start the handler.
 */
#include <mach/exc_server.h>
#include <mach/exception.h>
#include <mach/mig_errors.h>
#include <mach/thread_act_user.h>
#include <mach/traps.h>

#include <libports/ports.h>

#include "process.h"

#define BIT(signal) (1UL << ((signal)-1))
#define REPLY_ID    2501 /* of exception_raise */

static int
signal_of(exception_type_t exception, int64_t code, int64_t *si_code)
{
	switch (exception) {
	case EXC_BAD_ACCESS:
		if (code == KERN_MEMORY_ERROR || code == KERN_MEMORY_FAILURE) {
			*si_code = BUS_ADRERR;
			return SIGBUS;
		}
		*si_code =
		    code == KERN_PROTECTION_FAILURE ? SEGV_ACCERR : SEGV_MAPERR;
		return SIGSEGV;
	case EXC_BAD_INSTRUCTION:
		*si_code = ILL_ILLOPC;
		return SIGILL;
	case EXC_ARITHMETIC:
		*si_code = code == EXC_CODE_DIVIDE ? FPE_INTDIV : FPE_FLTINV;
		return SIGFPE;
	case EXC_BREAKPOINT:
		*si_code = TRAP_BRKPT;
		return SIGTRAP;
	case EXC_SYSCALL:
	case EXC_MACH_SYSCALL:
		return SIGSYS;
	default:
		return SIGILL;
	}
}

/* The exception is dealt with; the thread goes on to its stop. */
static void
answer(void)
{
	mig_reply_error_t reply = {
	    .Head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0),
	    .Head.msgh_size = sizeof(reply),
	    .Head.msgh_remote_port = ports_take_reply(),
	    .Head.msgh_id = REPLY_ID,
	    .NDR = NDR_record,
	    .RetCode = KERN_SUCCESS,
	};

	if (mach_msg(&reply.Head, MACH_SEND_MSG, sizeof(reply), 0,
		MACH_PORT_NULL, 0, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		mach_msg_destroy(&reply.Head);
}

/* Which of the process's threads it is, by its place; -1: none of libc's. */
static int
slot_of(const struct process *process, mach_port_t thread)
{
	struct thread_general_state state;
	mach_msg_type_number_t count = THREAD_STATE_GENERAL_COUNT;

	if (thread == process->thread)
		return 0;
	if (thread_get_state(thread, THREAD_STATE_GENERAL,
		(natural_t *)(void *)&state, &count) != KERN_SUCCESS)
		return -1;
	for (int i = 1; i < SIGNAL_THREADS; i++) {
		uint64_t base = process->page->thread[i].base;

		if (base != 0 && base == THREAD_STATE_TLS(&state))
			return i;
	}
	return -1;
}

/*
 * A fault's signal cannot wait: blocked or ignored, it is the end. True: the
 * right to the thread is kept until the handler has been started.
 */
static bool
fault(struct process *process, mach_port_t thread, int signal,
    const struct signal_info *info)
{
	const struct signal_action *action = &process->page->action[signal];
	const struct pending entry = {.signal = signal,
	    .slot = slot_of(process, thread),
	    .thread = thread,
	    .info = *info};

	if (action->handler <= 1 || entry.slot < 0 ||
	    (process->page->thread[entry.slot].blocked & BIT(signal)) != 0 ||
	    thread_suspend(thread) != KERN_SUCCESS) {
		process_end(process, signal);
		return false;
	}
	if (pending_add(process, &entry, UINT32_MAX) != 0) {
		process_end(process, signal);
		return false;
	}
	answer();
	deliver_later(process);
	return true;
}

kern_return_t
catch_exception_raise(mach_port_t exception_port, mach_port_t thread,
    mach_port_t task, exception_type_t exception, int64_t code, int64_t subcode)
{
	struct process *process = process_of(exception_port);
	struct signal_info info = {.address = (uint64_t)subcode};
	int signal = signal_of(exception, code, &info.code);

	if (process == NULL || task != process->task)
		return KERN_FAILURE;
	if (!fault(process, thread, signal, &info))
		(void)syscall_mach_port_deallocate(mach_task_self(), thread);
	(void)syscall_mach_port_deallocate(mach_task_self(), task);
	/* Answered above; or the thread is no more, and its right goes. */
	(void)syscall_mach_port_deallocate(
	    mach_task_self(), ports_take_reply());
	return MIG_NO_REPLY;
}

/* The process server asks for the routine above only. */
/* NOLINTBEGIN(readability-function-size): the interface has so many */
kern_return_t
catch_exception_raise_state(mach_port_t exception_port,
    exception_type_t exception, int64_t code, int64_t subcode, int *flavor,
    const natural_t *old_state, mach_msg_type_number_t old_stateCnt,
    natural_t *new_state, mach_msg_type_number_t *new_stateCnt)
{
	(void)exception_port;
	(void)exception;
	(void)code;
	(void)subcode;
	(void)flavor;
	(void)old_state;
	(void)old_stateCnt;
	(void)new_state;
	(void)new_stateCnt;
	return KERN_INVALID_ARGUMENT;
}

kern_return_t
catch_exception_raise_state_identity(mach_port_t exception_port,
    mach_port_t thread, mach_port_t task, exception_type_t exception,
    int64_t code, int64_t subcode, int *flavor, const natural_t *old_state,
    mach_msg_type_number_t old_stateCnt, natural_t *new_state,
    mach_msg_type_number_t *new_stateCnt)
{
	(void)thread;
	(void)task;
	return catch_exception_raise_state(exception_port, exception, code,
	    subcode, flavor, old_state, old_stateCnt, new_state, new_stateCnt);
}
/* NOLINTEND(readability-function-size) */
