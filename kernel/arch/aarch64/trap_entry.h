/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What vectors.S calls.
 */
#ifndef AARCH64_TRAP_ENTRY_H
#define AARCH64_TRAP_ENTRY_H

#include <machine/trap.h>

#include <stdbool.h>

/* A synchronous exception of user mode that is no Mach trap. May block. */
extern void trap_user(struct trap_frame *frame, uint64_t esr, uint64_t far);

/* SVC with a number the kernel has not. */
extern _Noreturn void trap_unknown(const struct trap_frame *frame);

/* A synchronous exception of the kernel. May block (user copies). */
extern void trap_kernel(struct trap_frame *frame);

extern _Noreturn void trap_overflow(struct trap_frame *frame);
extern _Noreturn void trap_serror(struct trap_frame *frame, uint64_t esr);
extern _Noreturn void trap_unexpected(struct trap_frame *frame);

/* An interrupt, from user mode or from the idle loop (gic.c). */
extern void irq_dispatch(void);

/* The vectors, and those that leave debug exceptions unmasked in the kernel. */
extern const char vectors[], vectors_stops[];

enum debug_event {
	DEBUG_EVENT_BREAK,
	DEBUG_EVENT_STEP,
	DEBUG_EVENT_WATCH,
};

/* debug.c: a debug exception of the kernel. True: go on with the frame. */
extern bool debug_exception(struct trap_frame *frame, enum debug_event event);

/* A step exception of user mode: is it one the thread is to have? */
extern bool debug_user_step(struct trap_frame *frame);

#endif
