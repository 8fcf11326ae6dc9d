/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a thread keeps for the machine; the head of struct thread.
 */
#ifndef MACHINE_CONTEXT_H
#define MACHINE_CONTEXT_H

#include <machine/trap.h>

struct fpu_area;

struct arch_thread {
	struct trap_frame frame; /* user registers; 16-byte aligned */
	uint64_t kernel_sp;      /* while switched out with a stack */
	uint64_t fs_base;        /* user TLS */
	uint64_t gs_base;
	struct fpu_area *fpu; /* NULL: it never used floating point */
};

#endif
