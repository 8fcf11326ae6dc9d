/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * context_activate() for the hand-over of a kernel stack between two user
 * threads: in line, and the stack stays where it is. Both have a GS base of 0,
 * or they had AST_WHOLE.
 */
#ifndef MACHINE_SWITCH_H
#define MACHINE_SWITCH_H

#include <machine/fpu.h>
#include <machine/io.h>
#include <machine/regs.h>

#include <kern/thread.h>

static inline __attribute__((always_inline)) void
context_hand_over(struct cpu *cpu, struct thread *old, struct thread *new)
{
	cpu->arch.tss.rsp0 = (vaddr_t)(&new->arch.frame + 1);
	write_msr(MSR_FS_BASE, new->arch.fs_base);
	fpu_switch(cpu, old, new);
}

#endif
