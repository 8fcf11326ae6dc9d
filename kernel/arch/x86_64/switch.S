/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From one kernel stack to another; see <arch/context.h>.
 */
#include <machine/asm.h>

#include "offsets.h"

	.text

/* struct thread *context_switch(struct thread *old, struct thread *new) */
FUNCTION(context_switch)
	pushq %rbp
	pushq %rbx
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	movq %rsp, THREAD_KERNEL_SP(%rdi)
	movq THREAD_KERNEL_SP(%rsi), %rsp
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbx
	popq %rbp
	movq %rdi, %rax
	ret
END(context_switch)

/*
 * Where context_prepare() lets a new stack start: RAX is the thread switched
 * from, RBX what to call with it. RBP is zero, the end of the frame chain.
 */
FUNCTION(context_start)
	movq %rax, %rdi
	call *%rbx
	ud2
END(context_start)

/* void context_call(void *kstack, void (*continuation)(void)) */
FUNCTION(context_call)
	leaq STACK_SIZE(%rdi), %rsp
	xorl %ebp, %ebp
	call *%rsi
	ud2
END(context_call)

	.section .note.GNU-stack, "", @progbits
