/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a forked child starts. */
	.text
	.globl	__fork_entry
	.type	__fork_entry, @function
__fork_entry:
	andq	$-16, %rsp
	call	__fork_child
	ud2
	.size	__fork_entry, . - __fork_entry
	.section .note.GNU-stack, "", @progbits
