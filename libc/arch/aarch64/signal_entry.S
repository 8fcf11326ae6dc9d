/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the process server starts a signal handler: sp and x0 are the signal
 * frame. What the interrupted code had in vector registers is kept below it.
 */
	.text
	.globl	__signal_trampoline
	.type	__signal_trampoline, %function
__signal_trampoline:
	mov	x19, x0
	sub	sp, sp, #528
	stp	q0, q1, [sp]
	stp	q2, q3, [sp, #32]
	stp	q4, q5, [sp, #64]
	stp	q6, q7, [sp, #96]
	stp	q8, q9, [sp, #128]
	stp	q10, q11, [sp, #160]
	stp	q12, q13, [sp, #192]
	stp	q14, q15, [sp, #224]
	stp	q16, q17, [sp, #256]
	stp	q18, q19, [sp, #288]
	stp	q20, q21, [sp, #320]
	stp	q22, q23, [sp, #352]
	stp	q24, q25, [sp, #384]
	stp	q26, q27, [sp, #416]
	stp	q28, q29, [sp, #448]
	stp	q30, q31, [sp, #480]
	mrs	x1, fpsr
	mrs	x2, fpcr
	str	x1, [sp, #512]
	str	x2, [sp, #520]
	bl	__signal_deliver
	ldr	x1, [sp, #512]
	ldr	x2, [sp, #520]
	msr	fpsr, x1
	msr	fpcr, x2
	ldp	q0, q1, [sp]
	ldp	q2, q3, [sp, #32]
	ldp	q4, q5, [sp, #64]
	ldp	q6, q7, [sp, #96]
	ldp	q8, q9, [sp, #128]
	ldp	q10, q11, [sp, #160]
	ldp	q12, q13, [sp, #192]
	ldp	q14, q15, [sp, #224]
	ldp	q16, q17, [sp, #256]
	ldp	q18, q19, [sp, #288]
	ldp	q20, q21, [sp, #320]
	ldp	q22, q23, [sp, #352]
	ldp	q24, q25, [sp, #384]
	ldp	q26, q27, [sp, #416]
	ldp	q28, q29, [sp, #448]
	ldp	q30, q31, [sp, #480]
	mov	w0, #1			/* THREAD_STATE_GENERAL */
	add	x1, x19, #64		/* signal_frame.state */
	mov	w2, #70			/* THREAD_STATE_GENERAL_COUNT */
	bl	thread_set_self_state
	brk	#0
	.size	__signal_trampoline, . - __signal_trampoline
	.section .note.GNU-stack, "", %progbits
