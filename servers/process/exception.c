/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a program did wrong becomes a signal. The kernel waits for our answer
 * with the thread; for a handler the thread is suspended, the answer given, and
 * the handler started when the thread has come to its stop (deliver.c).
 */
#include <mach/exc_server.h>
#include <mach/exception.h>
#include <mach/thread_act_user.h>
#include <mach/traps.h>

#include "process.h"

#define BIT(signal) (1UL << ((signal)-1))

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
		return SIGSYS;
	default:
		return SIGILL;
	}
}

/* A fault's signal cannot wait: blocked or ignored, it is the end. */
static void
fault(struct process *process, mach_port_t thread, int signal,
    const struct signal_info *info)
{
	const struct signal_action *action = &process->page->action[signal];

	if (action->handler <= 1 || thread != process->thread ||
	    (process->page->blocked & BIT(signal)) != 0 || process->held ||
	    thread_suspend(thread) != KERN_SUCCESS) {
		process_end(process, signal);
		return;
	}
	process->held = true;
	process->info[signal] = *info;
	process->pending |= BIT(signal);
	process->page->pending |= BIT(signal);
	deliver_later(process);
}

kern_return_t
catch_exception_raise(mach_port_t exception_port, mach_port_t thread,
    mach_port_t task, exception_type_t exception, int64_t code, int64_t subcode)
{
	struct process *process = process_of(exception_port);
	struct signal_info info = {.address = (uint64_t)subcode};
	int signal = signal_of(exception, code, &info.code);

	if (process == NULL || process->task == MACH_PORT_NULL ||
	    task != process->task)
		return KERN_FAILURE;
	fault(process, thread, signal, &info);
	(void)syscall_mach_port_deallocate(mach_task_self(), thread);
	(void)syscall_mach_port_deallocate(mach_task_self(), task);
	return KERN_SUCCESS;
}
