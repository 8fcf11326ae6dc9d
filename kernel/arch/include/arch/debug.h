/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Unwinding, out of code that went wrong, and stops in the kernel.
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

struct trap_frame;

enum debug_kind {
	DEBUG_BREAK, /* before an instruction */
	DEBUG_WRITE, /* after a write */
};

/* A place in the kernel to stop at; size 0: none. */
struct debug_point {
	vaddr_t address;
	enum debug_kind kind;
	unsigned size;
};

#define DEBUG_POINTS 4

/* Can this architecture stop the kernel there? */
extern bool debug_point_ok(const struct debug_point *point);

/*
 * Have debugger_trap() called at these DEBUG_POINTS from now on; NULL: at
 * none.
 */
extern void debug_points_load(const struct debug_point *points);

/* ... after one instruction of the kernel from `frame`; or not any more. */
extern void debug_step(struct trap_frame *frame, bool on);

/* The caller's frame pointer. */
static inline vaddr_t
debug_frame_pointer(void)
{
	return (vaddr_t)__builtin_frame_address(0);
}

#endif
