/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the scheduler and the RPC fast path have in common of a switch; in line,
 * for the latter's sake. Interrupts are off.
 */
#ifndef KERN_SWITCH_H
#define KERN_SWITCH_H

#include <arch/context.h>
#include <machine/switch.h>

#include <kern/sched.h>
#include <kern/task.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>

/* The processor's registers and address space become `new`'s. */
static inline void
take_processor(struct thread *old, struct thread *new)
{
	struct cpu *cpu = cpu_self();

	cpu->thread = new;
	context_activate(old, new);
	/* A thread of the kernel, or of a dead task, can live in any. */
	if (current_task()->map != NULL)
		pmap_activate(current_task()->map->pmap);
}

/*
 * `self`, which is on a wait queue, leaves processor, quantum and kernel stack,
 * as they are, to `next`, which has been taken off its queue and waited with a
 * continuation. Both are users' threads. The caller is `next` from here on, and
 * ends in thread_return() or trap_return_value() in place of that continuation.
 */
static inline __attribute__((always_inline)) void
thread_become(
    struct thread *self, struct thread *next, continuation_t continuation)
{
	struct cpu *cpu = cpu_self();

	sched_charge(self, next);
	self->continuation = continuation;
	next->kstack = self->kstack;
	self->kstack = NULL;
	cpu->thread = next;
	context_hand_over(cpu, self, next);
	if (next->task != self->task)
		pmap_load(cpu, next->task->map->pmap);
}

#endif
