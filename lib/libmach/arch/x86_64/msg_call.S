/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_msg(): the trap. One that was interrupted leaves the arguments in the
 * registers they came in; mach_msg_again() gets them in the order of struct
 * mach_msg_call, and after other errors what is there instead.
 */
	.text
	.globl	mach_msg
	.type	mach_msg, @function
mach_msg:
	pushq	%rbx
	movq	16(%rsp), %rbx
	movq	%rcx, %r10
	movl	$-25, %eax		/* mach_msg_trap, traps.tbl */
	syscall
	testl	%eax, %eax
	jnz	1f
	popq	%rbx
	ret
1:	pushq	%rbx
	pushq	%r9
	pushq	%r8
	pushq	%r10
	pushq	%rdx
	pushq	%rsi
	pushq	%rdi
	movq	%rsp, %rdi
	movl	%eax, %esi
	subq	$8, %rsp
	call	mach_msg_again
	addq	$64, %rsp
	popq	%rbx
	ret
	.size	mach_msg, . - mach_msg
	.section .note.GNU-stack, "", @progbits
