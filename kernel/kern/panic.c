/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The end, with an explanation. A panic inside a panic stops at once.
 */
#include <arch/cpu.h>
#include <arch/debug.h>

#include <boot/bootinfo.h>
#include <kern/debugger.h>
#include <kern/ksyms.h>
#include <kern/panic.h>
#include <kern/printf.h>
#include <kern/task.h>
#include <kern/thread.h>

static bool panicking;
struct trap_frame *panic_frame;

/* A panic of the debugger's own leads back to it. */
static void
debug_unless_unattended(void)
{
	if (debugger_enter == NULL || boot_flag("panic=reboot") ||
	    boot_flag("panic=poweroff"))
		return;
	panicking = false;
	debugger_enter("panic", panic_frame);
	panicking = true;
}

void
panic(const char *format, ...)
{
	va_list args;
	struct thread *thread;

	cpu_interrupts_disable();
	if (panicking)
		cpu_halt();
	panicking = true;
	printf("\npanic: ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	thread = current_thread();
	if (thread != NULL && thread->task != NULL)
		printf(
		    "thread %s of task %s\n", thread->name, thread->task->name);
	backtrace_print(debug_frame_pointer(), 0);
	debug_unless_unattended();
	if (boot_flag("panic=reboot"))
		machine_reboot();
	if (boot_flag("panic=poweroff"))
		machine_poweroff();
	printf("system halted; reset the machine to start again\n");
	cpu_halt();
}

/* What -fstack-protector calls and compares with. */
uintptr_t __stack_chk_guard = 0x00ad0b6f5e8d31c7;
extern _Noreturn void __stack_chk_fail(void);

void
__stack_chk_fail(void)
{
	panic("kernel stack overwritten");
}
