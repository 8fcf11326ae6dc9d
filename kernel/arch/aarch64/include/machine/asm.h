/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Assembly helpers, and constants that assembly shares with C. asm_layout.c
 * asserts the numbers. Offsets into structures that belong to other parts of
 * the kernel are link-time symbols (OFFSET_...) that asm_layout.c defines: use
 * them with :lo12:.
 */
#ifndef MACHINE_ASM_H
#define MACHINE_ASM_H

#define FRAME_X0             0
#define FRAME_X2             16
#define FRAME_X16            128
#define FRAME_X18            144
#define FRAME_X20            160
#define FRAME_X22            176
#define FRAME_X24            192
#define FRAME_X26            208
#define FRAME_X28            224
#define FRAME_X30            240 /* and sp */
#define FRAME_PC             256 /* and pstate */
#define FRAME_ESR            272 /* and far */
#define FRAME_RECORD         288
#define FRAME_SIZE           304

#define ARCH_KERNEL_SP       304
#define THREAD_KSTACK        336

#define KSTACK_SIZE          16384

#define THREAD_AST_STATE_BIT 2
#define THREAD_AST_STEP_BIT  4

#define PSTATE_STEP          (1 << 21)
#define MDSCR_STEP           1
#define THREAD_AST_TRACE_BIT 3

/* struct mach_msg_call, from OFFSET_THREAD_CALL on. */
#define CALL_OPTION        8  /* and send_size */
#define CALL_RCV_SIZE      16 /* and rcv_name */
#define CALL_SHORT_ROOM    48
#define CALL_SHORT_OPTIONS 0xff000440
#define CALL_PLAIN         3
#define CALL_TRAILER       0x0f000000

#define ESR_CLASS_SHIFT    26
#define ESR_CLASS_SVC      0x15

#define MAIR_VALUE         0x4404ff /* normal, device nGnRE, write-combine */

/* clang-format off */
#ifdef __ASSEMBLER__

/* Functions reached by an indirect branch begin with a landing pad. */
#define BTI_C hint #34

.macro function name
	.globl \name
	.type \name, %function
	.balign 16
\name:
.endm

.macro end_function name
	.size \name, . - \name
.endm

/* An instruction that head.c replaces by `msr pan, #value` if there is PAN. */
.macro pan_site value
9000:	nop
	.pushsection .pan_sites, "a"
	.balign 8
	.word 9000b - .
	.word \value
	.popsection
.endm

#endif
#endif
