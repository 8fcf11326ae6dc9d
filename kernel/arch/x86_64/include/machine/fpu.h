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

struct thread;

/* The cache of areas; after slab_init(). */
extern void fpu_init(void);

/* Save old's registers, load new's; either may have none. */
extern void fpu_switch(struct thread *old, struct thread *new);

/* The current thread's first use. KERN_RESOURCE_SHORTAGE. */
extern kern_return_t fpu_first_use(void);

/* For thread_get_state and thread_set_state. KERN_RESOURCE_SHORTAGE. */
extern void fpu_get(struct thread *thread, struct thread_float_state *state);
extern kern_return_t fpu_set(
    struct thread *thread, const struct thread_float_state *state);

/* The thread's area goes. */
extern void fpu_release(struct thread *thread);

#endif
