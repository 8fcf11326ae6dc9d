/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_tcb_set_base(base): set the fs base, by setting the whole of the thread
 * state to what it is, but for that. The structure is thread_general_state.
 */

#define SIZE     160
#define RBX      8
#define RBP      48
#define RSP      56
#define R12      96
#define R13      104
#define R14      112
#define R15      120
#define RIP      128
#define RFLAGS   136
#define FS_BASE  144
#define GS_BASE  152

	.text
	.globl	mach_tcb_set_base
	.type	mach_tcb_set_base, @function
mach_tcb_set_base:
	leaq	8(%rsp), %rdx		/* as after the return */
	movq	(%rsp), %rax
	subq	$(SIZE + 8), %rsp
	movq	%rbx, RBX(%rsp)
	movq	%rbp, RBP(%rsp)
	movq	%rdx, RSP(%rsp)
	movq	%r12, R12(%rsp)
	movq	%r13, R13(%rsp)
	movq	%r14, R14(%rsp)
	movq	%r15, R15(%rsp)
	movq	%rax, RIP(%rsp)
	pushfq
	popq	%rax
	movq	%rax, RFLAGS(%rsp)
	movq	%rdi, FS_BASE(%rsp)
	movq	$0, GS_BASE(%rsp)
	movl	$1, %edi		/* THREAD_STATE_GENERAL */
	movq	%rsp, %rsi
	movl	$(SIZE / 4), %edx
	call	thread_set_self_state
	ud2				/* only a kernel without it returns */
	.size	mach_tcb_set_base, . - mach_tcb_set_base
	.section .note.GNU-stack, "", @progbits
