/* SPDX-License-Identifier: BSD-2-Clause */
/* uint64_t call_trap(int64_t number, const uint64_t arguments[7]) */
	.text
	.globl call_trap
	.type call_trap, %function
call_trap:
	mov x16, x0
	mov x17, x1
	ldp x0, x1, [x17]
	ldp x2, x3, [x17, #16]
	ldp x4, x5, [x17, #32]
	ldr x6, [x17, #48]
	svc #0
	ret
	.size call_trap, . - call_trap
	.section .note.GNU-stack, "", %progbits
