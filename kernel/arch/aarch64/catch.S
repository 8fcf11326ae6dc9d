/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calling what may go wrong: arch/debug.h.
 */
#include <machine/asm.h>

	.text

/* debug_catch(function, argument) */
function debug_catch
	BTI_C
	stp	x29, x30, [sp, #-96]!
	mov	x29, sp
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	adrp	x9, catch_stack
	mov	x10, sp
	str	x10, [x9, #:lo12:catch_stack]
	mov	x9, x0
	mov	x0, x1
	blr	x9
	mov	w0, wzr
caught:
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #96
	ret
end_function debug_catch

function debug_throw
	BTI_C
	adrp	x9, catch_stack
	ldr	x10, [x9, #:lo12:catch_stack]
	mov	sp, x10
	mov	w0, #1
	b	caught
end_function debug_throw

	.local	catch_stack
	.comm	catch_stack, 8, 8
