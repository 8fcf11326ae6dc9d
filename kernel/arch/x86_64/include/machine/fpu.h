/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floating point (fpu.c). A thread has an area from its first use on; from
 * then its registers are saved and loaded with every switch.
 */
#ifndef MACHINE_FPU_H
#define MACHINE_FPU_H

#include <mach/kern_return.h>
#include <mach/machine/thread_status.h>

#include <arch/types.h>
#include <machine/io.h>
#include <machine/regs.h>

#include <kern/thread.h>

/* The cache of areas; after slab_init(). */
extern void fpu_init(void);

/* Let the registers be used, or make the first use a trap. */
static inline void
fpu_enable(void)
{
	__asm__ volatile("clts");
}

static inline void
fpu_disable(void)
{
	write_cr0(read_cr0() | CR0_TS);
}

static inline void
fpu_save(struct fpu_area *area)
{
	__asm__ volatile("fxsave64 (%0)" : : "r"(area) : "memory");
}

static inline void
fpu_load(const struct fpu_area *area)
{
	__asm__ volatile("fxrstor64 (%0)" : : "r"(area) : "memory");
}

/*
 * Save old's registers, load new's; either may have none. They are on exactly
 * if old has some.
 */
static inline __attribute__((always_inline)) void
fpu_switch(struct cpu *cpu, struct thread *old, const struct thread *new)
{
	struct fpu_area *from = old->arch.fpu;
	const struct fpu_area *to = new->arch.fpu;

	if (from != NULL) {
		fpu_save(from);
		if (to != NULL) {
			fpu_load(to);
		} else {
			cpu->arch.fpu_owner = old;
			fpu_disable();
		}
	} else if (to != NULL) {
		fpu_enable();
		if (cpu->arch.fpu_owner != new)
			fpu_load(to);
	}
}

/* The current thread's first use. KERN_RESOURCE_SHORTAGE. */
extern kern_return_t fpu_first_use(void);

/* For thread_get_state and thread_set_state. KERN_RESOURCE_SHORTAGE. */
extern void fpu_get(struct thread *thread, struct thread_float_state *state);
extern kern_return_t fpu_set(
    struct thread *thread, const struct thread_float_state *state);

/* The thread's area goes. */
extern void fpu_release(struct thread *thread);

#endif
