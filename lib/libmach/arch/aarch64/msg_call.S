/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_msg(): the trap, with its arguments kept for mach_msg_again(), which
 * finds them in the order of struct mach_msg_call.
 */
	.text
	.globl	mach_msg
	.type	mach_msg, %function
mach_msg:
	stp	x0, x1, [sp, #-64]!
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x30, [sp, #48]
	mov	x16, #-25		/* mach_msg_trap, traps.tbl */
	svc	#0
	cbnz	w0, 1f
	add	sp, sp, #64
	ret
1:	mov	w1, w0
	mov	x0, sp
	bl	mach_msg_again
	ldr	x30, [sp, #56]
	add	sp, sp, #64
	ret
	.size	mach_msg, . - mach_msg
	.section .note.GNU-stack, "", %progbits
