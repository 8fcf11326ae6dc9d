/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Unwinding, and out of code that went wrong.
 */
#ifndef ARCH_DEBUG_H
#define ARCH_DEBUG_H

#include <arch/types.h>

/*
 * One step up the frame-pointer chain. False at its end or where the memory
 * is no kernel stack. Kernel code is compiled with frame pointers.
 */
extern bool debug_unwind(vaddr_t *fp, vaddr_t *pc);

/*
 * Call function(argument). False: it returned. True: debug_throw() was called
 * on the way, or returned to from a trap; registers are those of the call. Only
 * one such call is under way at a time.
 */
extern bool debug_catch(void (*function)(void *argument), void *argument);
extern _Noreturn void debug_throw(void);

/* The caller's frame pointer. */
static inline vaddr_t
debug_frame_pointer(void)
{
	return (vaddr_t)__builtin_frame_address(0);
}

#endif
