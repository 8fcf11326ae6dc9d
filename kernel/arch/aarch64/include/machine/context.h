/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the architecture keeps per thread, at the head of struct thread.
 */
#ifndef MACHINE_CONTEXT_H
#define MACHINE_CONTEXT_H

#include <machine/trap.h>

#include <stdint.h>

struct fpu_state;

struct arch_thread {
	struct trap_frame frame; /* user registers; first, see vectors.S */
	uint64_t kernel_sp;      /* while switched out with a stack */
	uint64_t tpidr_el0;      /* thread pointer, while switched out */
	struct fpu_state *fpu;   /* NULL until first used */
	uint64_t fpu_uses;       /* how often, see fpu.c */
};

#endif
