/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copies from and to user space; see <arch/copy.h>. An address with any of the
 * upper 17 bits set, at the start or at the end, is not a user's; whatever
 * else is wrong with one shows as a page fault, and one that cannot be
 * resolved continues at the place named by MAY_FAULT. (The last page below is
 * never mapped, so a string stops there.)
 */
#include <machine/asm.h>

	.text

/* bool copyin(vm_address_t user, void *kernel, size_t size) */
FUNCTION(copyin)
	leaq (%rdi, %rdx), %rax
	movq %rdx, %rcx
	orq %rdi, %rax
	orq %rdx, %rax
	shrq $47, %rax
	jz copy
	xorl %eax, %eax
	ret
END(copyin)

/* bool copyout(const void *kernel, vm_address_t user, size_t size) */
FUNCTION(copyout)
	leaq (%rsi, %rdx), %rax
	movq %rdx, %rcx
	orq %rsi, %rax
	orq %rdx, %rax
	shrq $47, %rax
	jnz copy_refused
copy:
	xchgq %rsi, %rdi
	USER_ACCESS_ON
	shrq $3, %rcx
	MAY_FAULT(copy_failed)
	rep movsq
	andl $7, %edx
	jnz 1f
	USER_ACCESS_OFF
	movl $1, %eax
	ret
1:	movl %edx, %ecx
	MAY_FAULT(copy_failed)
	rep movsb
	USER_ACCESS_OFF
	movl $1, %eax
	ret
END(copyout)

copy_failed:
	USER_ACCESS_OFF
copy_refused:
	xorl %eax, %eax
	ret

/* bool copyinstr(vm_address_t user, char *kernel, size_t max) */
FUNCTION(copyinstr)
	movq %rdi, %rax
	shrq $47, %rax
	jnz copy_refused
	USER_ACCESS_ON
1:	subq $1, %rdx
	jb copy_failed
	MAY_FAULT(copy_failed)
	movb (%rdi), %al
	movb %al, (%rsi)
	incq %rdi
	incq %rsi
	testb %al, %al
	jnz 1b
	USER_ACCESS_OFF
	movl $1, %eax
	ret
END(copyinstr)

	.section .note.GNU-stack, "", @progbits
