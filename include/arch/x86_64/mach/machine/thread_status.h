/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Thread state flavours, x86_64.
 */
#ifndef MACH_MACHINE_THREAD_STATUS_H
#define MACH_MACHINE_THREAD_STATUS_H

#include <mach/types.h>

#define THREAD_STATE_GENERAL 1
#define THREAD_STATE_FLOAT   2

/* The user registers; also the layout of a trap frame's user part. */
struct thread_general_state {
	uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp, rsp;
	uint64_t r8, r9, r10, r11, r12, r13, r14, r15;
	uint64_t rip, rflags;
	uint64_t fs_base, gs_base;
};
#define THREAD_STATE_GENERAL_COUNT (sizeof(struct thread_general_state) / 4)

/* FXSAVE image. */
struct thread_float_state {
	uint8_t fxsave[512];
};
#define THREAD_STATE_FLOAT_COUNT   (sizeof(struct thread_float_state) / 4)

#define THREAD_STATE_PC(state)     ((state)->rip)
#define THREAD_STATE_SP(state)     ((state)->rsp)
#define THREAD_STATE_TLS(state)    ((state)->fs_base)
#define THREAD_STATE_RESULT(state) ((state)->rax)
#define THREAD_STATE_ARG0(state)   ((state)->rdi)
#define THREAD_STATE_ARG1(state)   ((state)->rsi)
#define THREAD_STATE_ARG2(state)   ((state)->rdx)

#endif
