/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copies from and to user space; see <arch/copy.h>. An address or a size with
 * any of the upper 17 bits set is not a user's; whatever else is wrong with one
 * shows as a page fault, and one that cannot be resolved continues at the place
 * named by MAY_FAULT. (The last page of user space is never mapped, so what
 * runs out of it stops there.)
 */
#include <machine/asm.h>

	.text

/*
 * bool user_copyin(vm_address_t user, void *kernel, size_t size), which uses
 * no register but its arguments', RAX and RCX.
 */
FUNCTION(user_copyin)
	movq %rdx, %rax
	orq %rdi, %rax
	shrq $47, %rax
	jnz copy_refused
	xchgq %rsi, %rdi
	jmp copy
END(user_copyin)

/* bool user_copyout(const void *kernel, vm_address_t user, size_t size) */
FUNCTION(user_copyout)
	movq %rdx, %rax
	orq %rsi, %rax
	shrq $47, %rax
	jnz copy_refused
	xchgq %rsi, %rdi
copy:
	USER_ACCESS_ON
	movq %rdx, %rcx
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
END(user_copyout)

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
