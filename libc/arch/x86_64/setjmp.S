/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setjmp() and longjmp(): rbx, rbp, r12 to r15, rsp, rip; sigsetjmp() saves the
 * signal mask in C and goes on here.
 */
	.text
	.globl	setjmp, _setjmp
	.type	setjmp, @function
	.type	_setjmp, @function
setjmp:
_setjmp:
	movq	%rbx, (%rdi)
	movq	%rbp, 8(%rdi)
	movq	%r12, 16(%rdi)
	movq	%r13, 24(%rdi)
	movq	%r14, 32(%rdi)
	movq	%r15, 40(%rdi)
	leaq	8(%rsp), %rax
	movq	%rax, 48(%rdi)
	movq	(%rsp), %rax
	movq	%rax, 56(%rdi)
	xorl	%eax, %eax
	movq	%rax, 72(%rdi)		/* no mask saved */
	ret
	.size	setjmp, . - setjmp

	.globl	sigsetjmp
	.type	sigsetjmp, @function
sigsetjmp:
	movq	%rbx, (%rdi)
	movq	%rbp, 8(%rdi)
	movq	%r12, 16(%rdi)
	movq	%r13, 24(%rdi)
	movq	%r14, 32(%rdi)
	movq	%r15, 40(%rdi)
	leaq	8(%rsp), %rax
	movq	%rax, 48(%rdi)
	movq	(%rsp), %rax
	movq	%rax, 56(%rdi)
	jmp	__save_mask		/* returns 0 to our caller */
	.size	sigsetjmp, . - sigsetjmp

	.globl	__restore_registers
	.type	__restore_registers, @function
__restore_registers:
	movq	(%rdi), %rbx
	movq	8(%rdi), %rbp
	movq	16(%rdi), %r12
	movq	24(%rdi), %r13
	movq	32(%rdi), %r14
	movq	40(%rdi), %r15
	movq	48(%rdi), %rsp
	movl	%esi, %eax
	jmpq	*56(%rdi)
	.size	__restore_registers, . - __restore_registers
	.section .note.GNU-stack, "", @progbits
