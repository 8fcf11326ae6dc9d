/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calling what may go wrong; see <arch/debug.h>.
 */
#include <machine/asm.h>

	.text

/* bool debug_catch(void (*function)(void *), void *argument) */
FUNCTION(debug_catch)
	pushq %rbp
	movq %rsp, %rbp
	pushq %rbx
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	subq $8, %rsp
	movq %rsp, catch_stack
	movq %rdi, %rax
	movq %rsi, %rdi
	call *%rax
	xorl %eax, %eax
caught:
	addq $8, %rsp
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbx
	popq %rbp
	ret
END(debug_catch)

FUNCTION(debug_throw)
	movq catch_stack, %rsp
	movl $1, %eax
	jmp caught
END(debug_throw)

	.local catch_stack
	.comm catch_stack, 8, 8

	.section .note.GNU-stack, "", @progbits
