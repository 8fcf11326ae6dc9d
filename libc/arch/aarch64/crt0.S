/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a program starts: the stack pointer is at argc, 16-byte aligned. */
	.text
	.globl	_start
	.type	_start, %function
_start:
	mov	x29, xzr
	mov	x30, xzr
	mov	x0, sp
	bl	__libc_start
	brk	#0
	.size	_start, . - _start
	.section .note.GNU-stack, "", %progbits
