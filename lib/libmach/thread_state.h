/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine part of making threads. */
#ifndef LIBMACH_THREAD_STATE_H
#define LIBMACH_THREAD_STATE_H

#include <mach/mach_types.h>

/* As if entry(argument) had been called on the stack that ends at `stack`. */
extern void mach_thread_state(struct thread_general_state *state,
    uintptr_t entry, uintptr_t stack, uintptr_t base, uintptr_t argument);

#endif
