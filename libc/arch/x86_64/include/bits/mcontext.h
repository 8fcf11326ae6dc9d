/* SPDX-License-Identifier: BSD-2-Clause */
/* What a signal handler may read of the interrupted registers. */
#ifndef BITS_MCONTEXT_H
#define BITS_MCONTEXT_H

typedef struct {
	unsigned long rax, rbx, rcx, rdx, rsi, rdi, rbp, rsp;
	unsigned long r8, r9, r10, r11, r12, r13, r14, r15;
	unsigned long rip, rflags;
} mcontext_t;

#endif
