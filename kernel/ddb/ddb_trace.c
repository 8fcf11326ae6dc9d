/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Back-traces and registers.
 */
#include <arch/debug.h>

#include <ddb/ddb.h>
#include <kern/ksyms.h>
#include <kern/printf.h>
#include <kern/task.h>
#include <kern/thread.h>

static void
trace_here(void)
{
	if (ddb_frame != NULL)
		backtrace_print(
		    trap_frame_fp(ddb_frame), trap_frame_pc(ddb_frame));
	else
		backtrace_print(ddb_fp, 0);
}

static void
trace_kernel(struct thread *thread)
{
	vaddr_t fp, pc;

	if (thread == current_thread()) {
		trace_here();
	} else if (thread->kstack != NULL) {
		context_resume_point(thread, &fp, &pc);
		backtrace_print(fp, pc);
	} else {
		printf("no kernel stack; goes on in ");
		ddb_print_symbol((vaddr_t)thread->continuation);
		printf("\n");
	}
}

void
ddb_trace(const struct ddb_args *args)
{
	struct thread *thread =
	    args->count > 0 ? ddb_thread(args, 0) : current_thread();

	trace_kernel(thread);
	if (thread->task != kernel_task)
		ddb_trace_user(thread);
}

void
ddb_show_registers(const struct ddb_args *args)
{
	struct thread *thread = current_thread();

	if (args->count == 0 && ddb_frame != NULL) {
		trap_frame_print(ddb_frame);
		return;
	}
	if (args->count > 0)
		thread = ddb_thread(args, 0);
	printf("user mode of %s:\n", thread->name);
	trap_frame_print(&thread->arch.frame);
}
