/* SPDX-License-Identifier: BSD-2-Clause */
/* uint64_t call_trap(int64_t number, const uint64_t arguments[7]) */
	.text
	.globl call_trap
	.type call_trap, @function
call_trap:
	pushq %rbx
	movq %rdi, %rax
	movq 0(%rsi), %rdi
	movq 16(%rsi), %rdx
	movq 24(%rsi), %r10
	movq 32(%rsi), %r8
	movq 40(%rsi), %r9
	movq 48(%rsi), %rbx
	movq 8(%rsi), %rsi
	syscall
	popq %rbx
	ret
	.size call_trap, . - call_trap
	.section .note.GNU-stack, "", @progbits
