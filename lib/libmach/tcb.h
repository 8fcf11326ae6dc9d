/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The thread control block: what a thread finds through its thread base. Its
 * first word is its own address, the sixth the stack protector value: both are
 * fixed by the x86_64 ABI and harmless elsewhere.
 */
#ifndef LIBMACH_TCB_H
#define LIBMACH_TCB_H

#include <mach/mach_types.h>

#include <machine/tcb.h>

#define MACH_TCB_SPECIFIC 128 /* bytes a library above may use as it likes */

struct mach_tcb {
	struct mach_tcb *self;
	void *reserved[4];
	uintptr_t stack_guard;
	mach_port_t reply_port;
	int error;                  /* errno */
	struct mach_thread *thread; /* null in the first thread */
	uint64_t specific[MACH_TCB_SPECIFIC / 8];
	void *spare[8];
};

_Static_assert(sizeof(struct mach_tcb) == 256, "the arch headers know it");

/*
 * Bytes of memory a thread's block and thread-local variables take, and their
 * setting up in zeroed memory at a multiple of 64; returns the block.
 */
extern size_t mach_tcb_size(void);
extern struct mach_tcb *mach_tcb_init(void *memory);

/* Give the calling thread a thread base. */
extern void mach_tcb_set_base(uintptr_t base);

#endif
