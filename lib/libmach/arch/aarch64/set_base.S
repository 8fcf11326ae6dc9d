/* SPDX-License-Identifier: BSD-2-Clause */
/* mach_tcb_set_base(base): the register is the user program's own. */
	.text
	.globl	mach_tcb_set_base
	.type	mach_tcb_set_base, %function
mach_tcb_set_base:
	msr	tpidr_el0, x0
	ret
	.size	mach_tcb_set_base, . - mach_tcb_set_base
	.section .note.GNU-stack, "", %progbits
