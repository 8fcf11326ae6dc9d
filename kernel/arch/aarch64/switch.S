/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Changing kernel stacks: arch/context.h. context_prepare() (context.c) builds
 * what context_switch() pops here.
 */
#include <machine/asm.h>

	.text

/* context_switch(old, new): x0 stays, and is what the other side gets. */
function context_switch
	BTI_C
	stp	x29, x30, [sp, #-96]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	mov	x9, sp
	str	x9, [x0, #ARCH_KERNEL_SP]
	ldr	x9, [x1, #ARCH_KERNEL_SP]
	mov	sp, x9
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #96
	ret
end_function context_switch

/* context_call(kstack, continuation) */
function context_call
	BTI_C
	add	sp, x0, #KSTACK_SIZE
	mov	x29, xzr
	mov	x30, xzr
	mov	x16, x1
	br	x16
end_function context_call
