/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Checked kernels only: what must hold when a trap ends. The thread holds
 * nothing of ipc/ and waits for nothing; of the task's names and memory a few
 * are looked at, others the next time, so that a trap costs the same however
 * much the task has. And failures of allocation, if they are asked for.
 */
#include <arch/cpu.h>

#include <boot/bootinfo.h>
#include <ipc/ipc_space.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <kern/traps.h>
#include <vm/vm_kernel.h>

/* When the first trap ends there is no start-up any more that needs memory. */
static void
begin(void)
{
	static bool begun;
	char value[12];

	if (begun)
		return;
	begun = true;
	if (!boot_option("failalloc", value, sizeof(value)))
		return;
	for (const char *digit = value; *digit >= '0' && *digit <= '9'; digit++)
		slab_fail_every =
		    slab_fail_every * 10 + (unsigned)(*digit - '0');
}

void
kernel_check(void)
{
	const struct thread *self = current_thread();
	static unsigned turn;

	begin();
	assert(self->state == THREAD_RUNNABLE);
	assert(self->references > 0 && self->task->references > 0);
	assert(self->ipc.kmsg == NULL);
	assert(self->task->thread_count > 0);
	turn++;
	if (self->task->space != NULL)
		ipc_space_check(self->task->space, turn);
	if (self->task->map != NULL)
		vm_map_check_some(self->task->map);
}
