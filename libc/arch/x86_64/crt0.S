/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a program starts: the stack pointer is at argc, 16-byte aligned. */
	.text
	.globl	_start
	.type	_start, @function
_start:
	xorl	%ebp, %ebp
	movq	%rsp, %rdi
	andq	$-16, %rsp
	call	__libc_start
	ud2
	.size	_start, . - _start
	.section .note.GNU-stack, "", @progbits
