/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setjmp() and longjmp(): x19 to x30, sp, d8 to d15; sigsetjmp() saves the
 * signal mask in C and goes on here.
 */
	.macro	save_registers
	stp	x19, x20, [x0]
	stp	x21, x22, [x0, #16]
	stp	x23, x24, [x0, #32]
	stp	x25, x26, [x0, #48]
	stp	x27, x28, [x0, #64]
	stp	x29, x30, [x0, #80]
	mov	x9, sp
	str	x9, [x0, #96]
	stp	d8, d9, [x0, #104]
	stp	d10, d11, [x0, #120]
	stp	d12, d13, [x0, #136]
	stp	d14, d15, [x0, #152]
	.endm

	.text
	.globl	setjmp, _setjmp
	.type	setjmp, %function
	.type	_setjmp, %function
setjmp:
_setjmp:
	save_registers
	str	xzr, [x0, #184]		/* no mask saved */
	mov	w0, wzr
	ret
	.size	setjmp, . - setjmp

	.globl	sigsetjmp
	.type	sigsetjmp, %function
sigsetjmp:
	save_registers
	b	__save_mask		/* returns 0 to our caller */
	.size	sigsetjmp, . - sigsetjmp

	.globl	__restore_registers
	.type	__restore_registers, %function
__restore_registers:
	ldp	x19, x20, [x0]
	ldp	x21, x22, [x0, #16]
	ldp	x23, x24, [x0, #32]
	ldp	x25, x26, [x0, #48]
	ldp	x27, x28, [x0, #64]
	ldp	x29, x30, [x0, #80]
	ldr	x9, [x0, #96]
	mov	sp, x9
	ldp	d8, d9, [x0, #104]
	ldp	d10, d11, [x0, #120]
	ldp	d12, d13, [x0, #136]
	ldp	d14, d15, [x0, #152]
	mov	w0, w1
	ret
	.size	__restore_registers, . - __restore_registers
	.section .note.GNU-stack, "", %progbits
