/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_msg(): the trap, with its arguments kept for mach_msg_again(), which
 * finds them in the order of struct mach_msg_call.
 */
	.text
	.globl	mach_msg
	.type	mach_msg, @function
mach_msg:
	pushq	%rbx
	movq	16(%rsp), %rbx
	pushq	%rbx
	pushq	%r9
	pushq	%r8
	pushq	%rcx
	pushq	%rdx
	pushq	%rsi
	pushq	%rdi
	movq	%rcx, %r10
	movl	$-25, %eax		/* mach_msg_trap, traps.tbl */
	syscall
	testl	%eax, %eax
	jnz	1f
	addq	$56, %rsp
	popq	%rbx
	ret
1:	movq	%rsp, %rdi
	movl	%eax, %esi
	subq	$8, %rsp
	call	mach_msg_again
	addq	$64, %rsp
	popq	%rbx
	ret
	.size	mach_msg, . - mach_msg
	.section .note.GNU-stack, "", @progbits
