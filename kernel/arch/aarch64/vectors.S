/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exception vectors, entry from and return to user mode.
 *
 * While a processor is in user mode its SP_EL1 points to the current struct
 * thread, whose head is the trap frame: entry stores registers there without
 * needing one to spare, then moves to the top of the thread's kernel stack.
 * x19 holds the thread from there to the return. In the kernel SP_EL1 is a
 * stack; exceptions push a frame on it.
 */
#include <machine/asm.h>

#include <trap_prototypes.h>

	.macro	save_low base
	stp	x0, x1, [\base, #FRAME_X0]
	stp	x2, x3, [\base, #FRAME_X2]
	stp	x4, x5, [\base, #FRAME_X2 + 16]
	stp	x6, x7, [\base, #FRAME_X2 + 32]
	stp	x8, x9, [\base, #FRAME_X2 + 48]
	stp	x10, x11, [\base, #FRAME_X2 + 64]
	stp	x12, x13, [\base, #FRAME_X2 + 80]
	stp	x14, x15, [\base, #FRAME_X2 + 96]
	.endm

	.macro	save_high base
	stp	x18, x19, [\base, #FRAME_X18]
	stp	x20, x21, [\base, #FRAME_X20]
	stp	x22, x23, [\base, #FRAME_X22]
	stp	x24, x25, [\base, #FRAME_X24]
	stp	x26, x27, [\base, #FRAME_X26]
	stp	x28, x29, [\base, #FRAME_X28]
	.endm

	.macro	save_special base, sp_value
	mrs	x10, elr_el1
	mrs	x11, spsr_el1
	stp	x30, \sp_value, [\base, #FRAME_X30]
	stp	x10, x11, [\base, #FRAME_PC]
	.endm

	/* All of a user's registers but x16 and x17, then the kernel stack. */
	.macro	save_user
	save_low sp
	save_high sp
	mrs	x9, sp_el0
	save_special sp, x9
	mov	x19, sp
	ldr	x9, [sp, #THREAD_KSTACK]
	add	sp, x9, #KSTACK_SIZE
	.endm

	.macro	restore_general
	ldp	x0, x1, [sp, #FRAME_X0]
	ldp	x2, x3, [sp, #FRAME_X2]
	ldp	x4, x5, [sp, #FRAME_X2 + 16]
	ldp	x6, x7, [sp, #FRAME_X2 + 32]
	ldp	x8, x9, [sp, #FRAME_X2 + 48]
	ldp	x10, x11, [sp, #FRAME_X2 + 64]
	ldp	x12, x13, [sp, #FRAME_X2 + 80]
	ldp	x14, x15, [sp, #FRAME_X2 + 96]
	ldp	x16, x17, [sp, #FRAME_X16]
	ldp	x18, x19, [sp, #FRAME_X18]
	ldp	x20, x21, [sp, #FRAME_X20]
	ldp	x22, x23, [sp, #FRAME_X22]
	ldp	x24, x25, [sp, #FRAME_X24]
	ldp	x26, x27, [sp, #FRAME_X26]
	ldp	x28, x29, [sp, #FRAME_X28]
	.endm

	/* Branch where there is work to do before user mode; uses x9. */
	.macro	check_work label
	ldr	w9, [x19, #:lo12:OFFSET_THREAD_AST]
	cbnz	w9, \label
	.endm

	.macro	vector label
	.balign	128
	b	\label
	.endm

	/* Stops in the kernel are seen from here on; see debug.c. */
	.macro	see_stops stops
	.if	\stops
	msr	daifclr, #8
	.endif
	.endm

	/*
	 * Synchronous, from user mode. A Mach trap (SVC with x16 from -1 down to
	 * what the table has) is handled here; its caller does not need x0 to
	 * x17 any more.
	 */
	.macro	user_sync_vector stops, other
	.balign	128
	stp	x16, x17, [sp, #FRAME_X16]
	mrs	x17, esr_el1
	lsr	x17, x17, #ESR_CLASS_SHIFT
	cmp	x17, #ESR_CLASS_SVC
	b.ne	\other
	cmn	w16, #MACH_TRAP_COUNT
	b.ls	\other
	save_high sp
	mrs	x9, sp_el0
	save_special sp, x9
	mov	x19, sp
	ldr	x9, [sp, #THREAD_KSTACK]
	add	sp, x9, #KSTACK_SIZE
	see_stops \stops
	ldr	w9, [x19, #:lo12:OFFSET_THREAD_AST]
	b	user_trap
	.endm

	/* With all that an exception wants, and those of user mode. */
	.macro	all_vectors stops, irq, sync, user_irq
	.balign	2048
	vector	kernel_unexpected	/* EL1 with SP_EL0: never */
	vector	kernel_unexpected
	vector	kernel_unexpected
	vector	kernel_unexpected

	vector	kernel_sync
	vector	\irq
	vector	kernel_unexpected	/* FIQ */
	vector	kernel_serror

	user_sync_vector \stops, \sync
	vector	\user_irq
	vector	kernel_unexpected	/* FIQ */
	vector	user_serror

	vector	kernel_unexpected	/* 32-bit: never entered */
	vector	kernel_unexpected
	vector	kernel_unexpected
	vector	kernel_unexpected
	.balign	128
	.endm

	.section .text.vectors, "ax"
	.globl	vectors, vectors_stops
	.balign	2048
vectors:
	all_vectors 0, kernel_irq, user_sync, user_irq
vectors_stops:
	all_vectors 1, kernel_irq_stops, user_sync_stops, user_irq_stops

	.macro	restore_saved
	ldp	x20, x21, [x19, #FRAME_X20]
	ldp	x22, x23, [x19, #FRAME_X22]
	ldp	x24, x25, [x19, #FRAME_X24]
	ldp	x26, x27, [x19, #FRAME_X26]
	ldp	x28, x29, [x19, #FRAME_X28]
	.endm

	/* The end of a trap of the thread in x19, with its result in x0. */
	.macro	leave_trap
	check_work user_trap_work
	mov	sp, x19
	ldp	x30, x9, [sp, #FRAME_X30]
	ldp	x10, x11, [sp, #FRAME_PC]
	msr	sp_el0, x9
	msr	elr_el1, x10
	msr	spsr_el1, x11
	/* Old values of the user's own, so that none of the kernel's leak. */
	ldp	x1, x2, [sp, #FRAME_X0 + 8]
	ldp	x3, x4, [sp, #FRAME_X0 + 24]
	ldp	x5, x6, [sp, #FRAME_X0 + 40]
	ldp	x7, x8, [sp, #FRAME_X0 + 56]
	ldp	x9, x10, [sp, #FRAME_X0 + 72]
	ldp	x11, x12, [sp, #FRAME_X0 + 88]
	ldp	x13, x14, [sp, #FRAME_X0 + 104]
	ldp	x15, x16, [sp, #FRAME_X0 + 120]
	ldr	x17, [sp, #FRAME_X16 + 8]
	ldp	x18, x19, [sp, #FRAME_X18]
	eret
	.endm

function trap_return_success
	mov	x19, x0
	mov	x0, xzr
	restore_saved
	leave_trap
end_function trap_return_success

function trap_return_value
	mrs	x9, tpidr_el1
	ldr	x19, [x9, #:lo12:OFFSET_CPU_THREAD]
	restore_saved
	b	user_trap_exit
end_function trap_return_value

function user_trap
	cmn	w16, #TRAP_NUMBER_mach_msg_trap
	b.eq	user_mach_msg
user_any_trap:
	neg	w16, w16
	tbnz	w9, #THREAD_AST_TRACE_BIT, user_traced_trap
	adr	x17, mach_trap_table
	ldr	x17, [x17, w16, uxtw #3]
	blr	x17
user_trap_exit:
	leave_trap
end_function user_trap

/* The arguments of a plain call stay where they are and go to the thread. */
function user_mach_msg
	cmp	w1, #CALL_PLAIN
	b.ne	2f
1:	add	x9, x19, #:lo12:OFFSET_THREAD_CALL
	str	x0, [x9]
	stp	w1, w2, [x9, #CALL_OPTION]
	stp	w3, w4, [x9, #CALL_RCV_SIZE]
	str	w3, [x9, #CALL_SHORT_ROOM]
	mov	x5, x19
	b	mach_msg_short_way
2:	ldr	w10, =~CALL_SHORT_OPTIONS
	and	w10, w1, w10
	cmp	w10, #CALL_PLAIN
	b.ne	user_any_trap
	tst	w1, #CALL_TRAILER
	b.eq	1b
	add	x9, x19, #:lo12:OFFSET_THREAD_CALL
	str	x0, [x9]
	stp	w1, w2, [x9, #CALL_OPTION]
	stp	w3, w4, [x9, #CALL_RCV_SIZE]
	mov	x5, x19
	b	mach_msg_trailer_way
end_function user_mach_msg

/* w0: the size of the message sent. */
function mach_msg_long_way
	mrs	x9, tpidr_el1
	ldr	x19, [x9, #:lo12:OFFSET_CPU_THREAD]
	ldr	x9, [x19, #THREAD_KSTACK]
	add	sp, x9, #KSTACK_SIZE
	ldr	w9, [x19, #:lo12:OFFSET_THREAD_AST]
	tbnz	w9, #THREAD_AST_TRACE_BIT, 1f
	b	mach_msg_take_long_way
1:	add	x9, x19, #:lo12:OFFSET_THREAD_CALL
	ldr	x0, [x9]
	ldp	w1, w2, [x9, #CALL_OPTION]
	ldp	w3, w4, [x9, #CALL_RCV_SIZE]
	mov	x5, xzr
	mov	x6, xzr
	mov	w16, #TRAP_NUMBER_mach_msg_trap
	/* fall through */
end_function mach_msg_long_way

/* Somebody wants to see the trap, its arguments and how it ends. */
function user_traced_trap
	adr	x17, mach_trap_table
	ldr	x17, [x17, w16, uxtw #3]
	adrp	x9, trap_invalid
	add	x9, x9, #:lo12:trap_invalid
	cmp	x9, x17
	b.eq	trap_invalid
	save_low x19
	mov	w0, w16
	bl	trap_traced
	b	user_trap_exit
end_function user_traced_trap

/* x0 is the trap's result unless thread_state_set() has given another. */
function user_trap_work
	ldr	w9, [x19, #:lo12:OFFSET_THREAD_AST]
	tbnz	w9, #THREAD_AST_STATE_BIT, 1f
	str	x0, [x19, #FRAME_X0]
1:	b	thread_return
end_function user_trap_work

/*
 * A negative number without a handler, in a gap of the table: an exception, like
 * any other number. x0 to x15 are still the user's but for x9 to x11, which a
 * trap may change.
 */
function trap_invalid
	BTI_C
	save_low x19
	mov	x0, x19
	bl	trap_unknown
end_function trap_invalid

	.macro	user_sync_body stops
	save_user
	mov	x0, x19
	mrs	x1, esr_el1
	mrs	x2, far_el1
	see_stops \stops
	bl	trap_user
	b	user_exit
	.endm

	.macro	user_irq_body stops
	stp	x16, x17, [sp, #FRAME_X16]
	save_user
	see_stops \stops
	bl	irq_dispatch
	.endm

function user_sync_stops
	user_sync_body 1
end_function user_sync_stops

function user_sync
	user_sync_body 0
end_function user_sync

function user_irq_stops
	user_irq_body 1
	b	user_exit
end_function user_irq_stops

function user_irq
	user_irq_body 0
	/* fall through */
end_function user_irq

function user_exit
	check_work thread_return
	mov	sp, x19
	b	user_restore
end_function user_exit

function trap_return
	mrs	x0, tpidr_el1
	ldr	x0, [x0, #:lo12:OFFSET_CPU_THREAD]
	mov	sp, x0
	ldr	w1, [x0, #:lo12:OFFSET_THREAD_AST]
	tbnz	w1, #THREAD_AST_STEP_BIT, 2f
1:	tbz	w1, #THREAD_AST_STATE_BIT, user_restore
	and	w1, w1, #~(1 << THREAD_AST_STATE_BIT)
	str	w1, [x0, #:lo12:OFFSET_THREAD_AST]
	b	user_restore
	/* One instruction, wherever the thread was in between. */
2:	mrs	x2, mdscr_el1
	orr	x2, x2, #MDSCR_STEP
	msr	mdscr_el1, x2
	ldr	x2, [x0, #FRAME_PC + 8]
	orr	x2, x2, #PSTATE_STEP
	str	x2, [x0, #FRAME_PC + 8]
	b	1b
end_function trap_return

function user_restore
	ldp	x30, x9, [sp, #FRAME_X30]
	ldp	x10, x11, [sp, #FRAME_PC]
	msr	sp_el0, x9
	msr	elr_el1, x10
	msr	spsr_el1, x11
	restore_general
	eret
end_function user_restore

function user_serror
	stp	x16, x17, [sp, #FRAME_X16]
	save_user
	mov	x0, x19
	mrs	x1, esr_el1
	bl	trap_serror
end_function user_serror

	/*
	 * Push a frame on the current stack; x0 points to it. The frame record
	 * makes the interrupted function look like the caller.
	 */
	.macro	save_kernel
	sub	sp, sp, #FRAME_SIZE
	save_low sp
	stp	x16, x17, [sp, #FRAME_X16]
	save_high sp
	add	x9, sp, #FRAME_SIZE
	save_special sp, x9
	mrs	x12, esr_el1
	mrs	x13, far_el1
	stp	x12, x13, [sp, #FRAME_ESR]
	stp	x29, x10, [sp, #FRAME_RECORD]
	add	x29, sp, #FRAME_RECORD
	mov	x0, sp
	.endm

/*
 * A fault whose address is within a page of the stack pointer is the stack's
 * guard page: there is no stack to push a frame on.
 */
function kernel_sync
	msr	tpidrro_el0, x0
	mrs	x0, far_el1
	sub	x0, sp, x0
	add	x0, x0, #1, lsl #12
	lsr	x0, x0, #13
	cbz	x0, kernel_overflow
	mrs	x0, tpidrro_el0
	msr	tpidrro_el0, xzr
	save_kernel
	bl	trap_kernel
	b	kernel_exit
end_function kernel_sync

function kernel_irq_stops
	save_kernel
	see_stops 1
	bl	irq_dispatch
	b	kernel_exit
end_function kernel_irq_stops

function kernel_irq
	save_kernel
	bl	irq_dispatch
	/* fall through */
end_function kernel_irq

function kernel_exit
	ldp	x10, x11, [sp, #FRAME_PC]
	ldr	x30, [sp, #FRAME_X30]
	msr	elr_el1, x10
	msr	spsr_el1, x11
	restore_general
	add	sp, sp, #FRAME_SIZE
	eret
end_function kernel_exit

function kernel_overflow
	adrp	x0, overflow_stack_top
	add	x0, x0, :lo12:overflow_stack_top
	mov	sp, x0
	mrs	x0, tpidrro_el0
	save_kernel
	bl	trap_overflow
end_function kernel_overflow

function kernel_serror
	save_kernel
	mrs	x1, esr_el1
	bl	trap_serror
end_function kernel_serror

function kernel_unexpected
	save_kernel
	bl	trap_unexpected
end_function kernel_unexpected

	.bss
	.balign	16
	.skip	4096
overflow_stack_top:
