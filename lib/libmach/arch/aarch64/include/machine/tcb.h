/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the thread control block is: just in front of what TPIDR_EL0 points to;
 * thread-local variables lie 16 bytes behind it.
 */
#ifndef MACHINE_TCB_H
#define MACHINE_TCB_H

#include <stddef.h>
#include <stdint.h>

/* Thread-local variables start behind the thread base. */
#define TCB_TLS_BEFORE 0
#define TCB_TLS_GAP    16

#define TCB_SIZE       256 /* of struct mach_tcb, a multiple of 16 */

struct mach_tcb;

static inline struct mach_tcb *
mach_tcb_self(void)
{
	uintptr_t base;

	__asm__("mrs %0, tpidr_el0" : "=r"(base));
	return (struct mach_tcb *)(base - TCB_SIZE);
}

/* The thread base that makes `tcb` the calling thread's. */
static inline uintptr_t
mach_tcb_base(const struct mach_tcb *tcb, size_t size)
{
	return (uintptr_t)tcb + size;
}

#endif
