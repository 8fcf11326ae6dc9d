/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * context_activate() for the hand-over of a kernel stack between two user
 * threads, in line.
 */
#ifndef MACHINE_SWITCH_H
#define MACHINE_SWITCH_H

#include <kern/thread.h>

#include "fpu.h"
#include "sysreg.h"

static inline __attribute__((always_inline)) void
context_hand_over(struct cpu *cpu, struct thread *old, struct thread *new)
{
	old->arch.tpidr_el0 = SYSREG_READ("tpidr_el0");
	SYSREG_WRITE("tpidr_el0", new->arch.tpidr_el0);
	fpu_switch(cpu, new);
}

#endif
