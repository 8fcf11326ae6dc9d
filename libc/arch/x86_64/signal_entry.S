/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the process server starts a signal handler: rsp and rdi are the signal
 * frame. What the interrupted code had in vector registers is kept below it.
 */
	.text
	.globl	__signal_trampoline
	.type	__signal_trampoline, @function
__signal_trampoline:
	cld
	movq	%rdi, %rbx
	leaq	-512(%rdi), %rsp
	andq	$-16, %rsp
	fxsave64 (%rsp)
	movq	%rsp, %rbp
	call	__signal_deliver
	fxrstor64 (%rbp)
	movl	$1, %edi		/* THREAD_STATE_GENERAL */
	leaq	64(%rbx), %rsi		/* signal_frame.state */
	movl	$40, %edx		/* THREAD_STATE_GENERAL_COUNT */
	call	thread_set_self_state
	ud2
	.size	__signal_trampoline, . - __signal_trampoline
	.section .note.GNU-stack, "", @progbits
