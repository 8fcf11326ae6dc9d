/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the thread control block is: the fs base points to it, and thread-local
 * variables lie in front of it.
 */
#ifndef MACHINE_TCB_H
#define MACHINE_TCB_H

#include <stddef.h>
#include <stdint.h>

/* Thread-local variables end where the block starts. */
#define TCB_TLS_BEFORE 1
#define TCB_TLS_GAP    0 /* bytes between the thread base and the variables */

struct mach_tcb;

/* The block holds its own address in its first word. */
static inline struct mach_tcb *
mach_tcb_self(void)
{
	struct mach_tcb *tcb;

	__asm__("movq %%fs:0, %0" : "=r"(tcb));
	return tcb;
}

/* The thread base that makes `tcb` the calling thread's. */
static inline uintptr_t
mach_tcb_base(const struct mach_tcb *tcb, size_t size)
{
	(void)size;
	return (uintptr_t)tcb;
}

#endif
