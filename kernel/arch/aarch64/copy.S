/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copies between user and kernel memory: arch/copy.h. A fault on a user address
 * in this section that cannot be resolved continues at copy_fail (trap.c). None
 * of these uses the stack or a callee-saved register.
 *
 * User pages always grant EL0 what they grant EL1, so plain loads and stores
 * check the right thing. PAN, where there is one, is lifted only in here.
 */
#include <machine/asm.h>

#define USER_BITS 47

	.macro	copy_64
	ldp	x4, x5, [x0], #64
	ldp	x6, x7, [x0, #-48]
	ldp	x8, x9, [x0, #-32]
	ldp	x10, x11, [x0, #-16]
	stp	x4, x5, [x1], #64
	stp	x6, x7, [x1, #-48]
	stp	x8, x9, [x1, #-32]
	stp	x10, x11, [x1, #-16]
	.endm

	/* From x0 to x1, x2 bytes; x2 counts 128 too low from the first line. */
	.macro	copy_body
	pan_site 0
	subs	x2, x2, #128
	b.lo	2f
1:	copy_64
	copy_64
	subs	x2, x2, #128
	b.hs	1b
2:	tbz	x2, #6, 9f
	copy_64
9:	tbz	x2, #5, 3f
	ldp	x4, x5, [x0], #32
	ldp	x6, x7, [x0, #-16]
	stp	x4, x5, [x1], #32
	stp	x6, x7, [x1, #-16]
3:	tbz	x2, #4, 4f
	ldp	x4, x5, [x0], #16
	stp	x4, x5, [x1], #16
4:	tbz	x2, #3, 5f
	ldr	x4, [x0], #8
	str	x4, [x1], #8
5:	tst	x2, #7
	b.eq	8f
	tbz	x2, #2, 6f
	ldr	w4, [x0], #4
	str	w4, [x1], #4
6:	tbz	x2, #1, 7f
	ldrh	w4, [x0], #2
	strh	w4, [x1], #2
7:	tbz	x2, #0, 8f
	ldrb	w4, [x0]
	strb	w4, [x1]
8:	pan_site 1
	mov	w0, #1
	ret
	.endm

	.section .text.copy, "ax"

/* user_copyin(user, kernel, size): x0 to x11 and x30 are used, no other. */
function user_copyin
	BTI_C
	orr	x3, x0, x2
	lsr	x3, x3, #USER_BITS
	cbnz	x3, copy_fail
	copy_body
end_function user_copyin

/* user_copyout(kernel, user, size) */
function user_copyout
	BTI_C
	orr	x3, x1, x2
	lsr	x3, x3, #USER_BITS
	cbnz	x3, copy_fail
	copy_body
end_function user_copyout

/* copyinstr(user, kernel, max) */
function copyinstr
	BTI_C
	lsr	x3, x0, #USER_BITS
	cbnz	x3, copy_fail
	cbz	x2, copy_fail
	pan_site 0
1:	ldrb	w4, [x0], #1
	strb	w4, [x1], #1
	cbz	w4, 2f
	subs	x2, x2, #1
	b.ne	1b
	b	copy_fail
2:	pan_site 1
	mov	w0, #1
	ret
end_function copyinstr

function copy_fail
	pan_site 1
	mov	w0, wzr
	ret
end_function copy_fail
