/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel calls of its debugger (ddb/), which a configuration may leave
 * out: these are absent (null) then, so look before calling. Interrupts are
 * off.
 */
#ifndef KERN_DEBUGGER_H
#define KERN_DEBUGGER_H

#include <arch/trap.h>

#include <stdbool.h>

/*
 * Talk to whoever sits at the console, until told to go on. `frame` is what the
 * kernel was doing, NULL: the caller. Called from within a debugger's command
 * it ends that and does not return.
 */
extern void debugger_enter(const char *why, struct trap_frame *frame)
    __attribute__((weak));

/*
 * A trap in kernel mode that nothing else explains, `address` what it was
 * about. True: a debugger's command did it; the frame now leads back to the
 * prompt.
 */
extern bool debugger_catch(struct trap_frame *frame, uint64_t address)
    __attribute__((weak));

/* What debug_points_load() and debug_step() (arch/debug.h) lead to. True: go on
 * with the frame. */
extern bool debugger_trap(struct trap_frame *frame) __attribute__((weak));

/* The kernel is up: run what the command line asks for. */
extern void debugger_start(void) __attribute__((weak));

#endif
