/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memcpy and memset of the kernel, in place of the portable ones: most of what
 * is copied are messages of a few words and whole pages, and most of what is
 * set is pages to zero, which DC ZVA does a cache line at a time.
 */
#include <machine/asm.h>

	.text

/* memcpy(to, from, size) */
function memcpy
	BTI_C
	mov	x3, x0
	subs	x2, x2, #64
	b.lo	2f
1:	ldp	x4, x5, [x1], #64
	ldp	x6, x7, [x1, #-48]
	ldp	x8, x9, [x1, #-32]
	ldp	x10, x11, [x1, #-16]
	subs	x2, x2, #64
	stp	x4, x5, [x3], #64
	stp	x6, x7, [x3, #-48]
	stp	x8, x9, [x3, #-32]
	stp	x10, x11, [x3, #-16]
	b.hs	1b
2:	tbz	x2, #5, 3f
	ldp	x4, x5, [x1], #32
	ldp	x6, x7, [x1, #-16]
	stp	x4, x5, [x3], #32
	stp	x6, x7, [x3, #-16]
3:	tbz	x2, #4, 4f
	ldp	x4, x5, [x1], #16
	stp	x4, x5, [x3], #16
4:	tbz	x2, #3, 5f
	ldr	x4, [x1], #8
	str	x4, [x3], #8
5:	tst	x2, #7
	b.eq	8f
	tbz	x2, #2, 6f
	ldr	w4, [x1], #4
	str	w4, [x3], #4
6:	tbz	x2, #1, 7f
	ldrh	w4, [x1], #2
	strh	w4, [x3], #2
7:	tbz	x2, #0, 8f
	ldrb	w4, [x1]
	strb	w4, [x3]
8:	ret
end_function memcpy

/* memset(to, byte, size) */
function memset
	BTI_C
	mov	x3, x0
	and	x1, x1, #255
	cbnz	x1, 1f
	cmp	x2, #1024
	b.hs	memset_zero
1:	orr	x1, x1, x1, lsl #8
	orr	x1, x1, x1, lsl #16
	orr	x1, x1, x1, lsl #32
memset_rest:
	subs	x2, x2, #64
	b.lo	3f
2:	stp	x1, x1, [x3], #64
	stp	x1, x1, [x3, #-48]
	stp	x1, x1, [x3, #-32]
	stp	x1, x1, [x3, #-16]
	subs	x2, x2, #64
	b.hs	2b
3:	tbz	x2, #5, 4f
	stp	x1, x1, [x3], #32
	stp	x1, x1, [x3, #-16]
4:	tbz	x2, #4, 5f
	stp	x1, x1, [x3], #16
5:	tbz	x2, #3, 6f
	str	x1, [x3], #8
6:	tbz	x2, #2, 7f
	str	w1, [x3], #4
7:	tbz	x2, #1, 8f
	strh	w1, [x3], #2
8:	tbz	x2, #0, 9f
	strb	w1, [x3]
9:	ret
end_function memset

/*
 * At least 1 KiB of zero bytes at x3, x2 of them, x1 is 0. Up to the first
 * boundary and what is left at the end go the ordinary way. Blocks of other
 * sizes than 64 bytes are rare and not worth their code.
 */
memset_zero:
	mrs	x4, dczid_el0
	cmp	x4, #4			/* 4 << 4 bytes, and permitted */
	b.ne	memset_rest
	tst	x3, #63
	b.eq	1f
	stp	xzr, xzr, [x3]
	stp	xzr, xzr, [x3, #16]
	stp	xzr, xzr, [x3, #32]
	stp	xzr, xzr, [x3, #48]
	add	x2, x2, x3
	add	x3, x3, #64
	and	x3, x3, #~63
	sub	x2, x2, x3
1:	subs	x2, x2, #512
	b.lo	3f
2:	.rept	8
	dc	zva, x3
	add	x3, x3, #64
	.endr
	subs	x2, x2, #512
	b.hs	2b
3:	add	x2, x2, #512
	b	memset_rest
