/* SPDX-License-Identifier: BSD-2-Clause */
/* What a signal handler may read of the interrupted registers. */
#ifndef BITS_MCONTEXT_H
#define BITS_MCONTEXT_H

typedef struct {
	unsigned long x[31];
	unsigned long sp, pc, pstate;
} mcontext_t;

#endif
