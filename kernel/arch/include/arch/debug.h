/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Unwinding and breakpoints.
 */
#ifndef ARCH_DEBUG_H
#define ARCH_DEBUG_H

#include <arch/types.h>

/*
 * One step up the frame-pointer chain. False at its end or where the memory
 * is no kernel stack. Kernel code is compiled with frame pointers.
 */
extern bool debug_unwind(vaddr_t *fp, vaddr_t *pc);

/* The caller's frame pointer. */
static inline vaddr_t
debug_frame_pointer(void)
{
	return (vaddr_t)__builtin_frame_address(0);
}

#endif
