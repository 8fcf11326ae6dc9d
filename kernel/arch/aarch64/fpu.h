/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floating-point and vector registers of user threads. The kernel uses none.
 */
#ifndef AARCH64_FPU_H
#define AARCH64_FPU_H

#include <mach/machine/thread_status.h>

#include <arch/types.h>

struct thread;

/* `new` runs now: its registers are usable if the processor holds them. */
extern void fpu_switch(struct thread *new);

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
