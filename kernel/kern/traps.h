/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The handlers of the Mach traps: trap_<name>, the name as in mach/traps.tbl.
 * Prototypes are generated from there.
 */
#ifndef KERN_TRAPS_H
#define KERN_TRAPS_H

#include <trap_prototypes.h>

/* Any other negative number; arch/. Does not return. */
extern _Noreturn uint64_t trap_invalid(void);

extern void ulock_init(void);

/* Checked kernels: panics if what must hold at the end of a trap does not. */
extern void kernel_check(void);

#endif
