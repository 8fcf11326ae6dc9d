/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floating-point and vector registers of user threads. The kernel uses none.
 */
#ifndef AARCH64_FPU_H
#define AARCH64_FPU_H

#include <mach/machine/thread_status.h>

#include <arch/types.h>

#include <kern/thread.h>

#include "sysreg.h"

/* From this many traps on a thread is taken for a steady user (fpu.c). */
#define FPU_STEADY 4

/* Let user mode use the registers, or trap on it. */
static inline __attribute__((always_inline)) void
fpu_permit(struct cpu *cpu, bool on)
{
	SYSREG_WRITE("cpacr_el1", on ? CPACR_FPEN_BOTH : CPACR_FPEN_EL1);
	cpu->arch.fpu_on = on;
}

/* Load the registers of a steady user, who then need not trap. */
extern void fpu_switch_steady(struct cpu *cpu, struct thread *new);

/* `new` runs now: its registers are usable if the processor holds them. */
static inline __attribute__((always_inline)) void
fpu_switch(struct cpu *cpu, struct thread *new)
{
	bool on = cpu->arch.fpu_owner == new;

	if (!on && new->arch.fpu_uses >= FPU_STEADY)
		fpu_switch_steady(cpu, new);
	else if (on != cpu->arch.fpu_on)
		fpu_permit(cpu, on);
}

/*
 * The current thread used the registers and may not yet: load its values.
 * False: no memory to keep them in.
 */
extern bool fpu_trap(void);

extern void fpu_release(struct thread *thread);

extern void fpu_get(struct thread *thread, struct thread_float_state *state);

/* KERN_RESOURCE_SHORTAGE: no memory for the area. */
extern kern_return_t fpu_set(
    struct thread *thread, const struct thread_float_state *state);

#endif
