/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel keeps per processor.
 */
#ifndef KERN_CPU_H
#define KERN_CPU_H

#include <arch/cpu.h>

struct thread;

struct cpu {
	struct arch_cpu arch;  /* first: assembly finds its fields here */
	struct thread *thread; /* running now */
	struct thread *idle;   /* runs when nothing else can */
	struct thread *turn;   /* whom the scheduler chose; see sched.h */
	struct pmap *pmap;     /* loaded user address space, or NULL */
	unsigned id;
	void *spare_stack;  /* a kernel stack not in use, or NULL */
	uint64_t slice_end; /* uptime at which the quantum is over */
};

#endif
