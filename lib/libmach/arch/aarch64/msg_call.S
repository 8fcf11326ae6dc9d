/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_msg(): the trap. One that was interrupted leaves the arguments in the
 * registers they came in, the first in x7; mach_msg_again() gets them in the
 * order of struct mach_msg_call, and after other errors what is there instead.
 */
	.text
	.globl	mach_msg
	.type	mach_msg, %function
mach_msg:
	mov	x16, #-25		/* mach_msg_trap, traps.tbl */
	svc	#0
	cbnz	w0, 1f
	ret
1:	stp	x7, x1, [sp, #-64]!
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x30, [sp, #48]
	mov	w1, w0
	mov	x0, sp
	bl	mach_msg_again
	ldr	x30, [sp, #56]
	add	sp, sp, #64
	ret
	.size	mach_msg, . - mach_msg
	.section .note.GNU-stack, "", %progbits
