/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The order in which the kernel comes up, on one screen. Called by the
 * architecture's start code with bootinfo filled, on the boot stack, with
 * interrupts off. The boot context becomes the idle thread.
 */
#include <arch/boot.h>
#include <arch/timer.h>

#include <boot/bootinfo.h>
#include <boot/bootstrap.h>
#include <device/console.h>
#include <device/device.h>
#include <ipc/ipc_kobject.h>
#include <kern/clock.h>
#include <kern/cpu.h>
#include <kern/debugger.h>
#include <kern/host.h>
#include <kern/ktest.h>
#include <kern/panic.h>
#include <kern/printf.h>
#include <kern/processor_set.h>
#include <kern/sched.h>
#include <kern/slab.h>
#include <kern/sync.h>
#include <kern/task.h>
#include <kern/thread_init.h>
#include <kern/traps.h>
#include <vm/vm_kernel.h>

static struct cpu boot_cpu;

static void
print_banner(void)
{
	uint64_t usable = 0;

	for (unsigned i = 0; i < bootinfo.memory_count; i++) {
		if (bootinfo.memory[i].type == BOOT_MEMORY_USABLE)
			usable +=
			    bootinfo.memory[i].end - bootinfo.memory[i].start;
	}
	printf("%s: Mach microkernel, started by %s\n", KERNEL_VERSION,
	    bootinfo.loader[0] != '\0' ? bootinfo.loader : "(unknown)");
	printf("kernel: %lu MB of memory usable\n", usable >> 20);
	if (bootinfo.cmdline[0] != '\0')
		printf("kernel: command line: %s\n", bootinfo.cmdline);
}

static void
idle(void)
{
	for (;;) {
		if (sched_waiting())
			thread_preempt(NULL);
		else
			cpu_wait_for_interrupt();
	}
}

void
kernel_main(void)
{
	struct thread *self;

	arch_cpu_init(&boot_cpu);
	print_banner();
	vm_page_init();
	slab_init();
	sched_init();
	ipc_init();
	vm_init();
	arch_init(); /* maps device registers */
	arch_cpu_report();
	task_init();
	thread_init();
	ulock_init();
	host_init();
	processor_set_init();
	clock_init();
	sync_init();
	device_init();

	self = kernel_thread_create("idle", PRIORITY_IDLE, idle);
	boot_cpu.idle = self;
	boot_cpu.thread = self;
	self->run_ticks -= cpu_ticks();
	boot_cpu.turn = self;
	self->continuation = NULL;
	self->kstack = vm_kmem_stack_alloc();
	if (self->kstack == NULL)
		panic("no memory for the idle thread");
	context_activate(self, self);
	vm_start_threads();
	if (ktest_start != NULL && boot_flag("ktest"))
		ktest_start();
	else
		bootstrap_start();
	if (debugger_start != NULL)
		debugger_start();
	context_call(self->kstack, idle);
}
