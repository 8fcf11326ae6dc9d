/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Thread state flavours, aarch64.
 */
#ifndef MACH_MACHINE_THREAD_STATUS_H
#define MACH_MACHINE_THREAD_STATUS_H

#include <mach/types.h>

#define THREAD_STATE_GENERAL 1
#define THREAD_STATE_FLOAT   2

/* The user registers; also the layout of a trap frame's user part. */
struct thread_general_state {
	uint64_t x[31];
	uint64_t sp, pc, pstate;
	uint64_t tpidr_el0;
};
#define THREAD_STATE_GENERAL_COUNT (sizeof(struct thread_general_state) / 4)

struct thread_float_state {
	__uint128_t v[32];
	uint32_t fpsr, fpcr;
	uint64_t pad;
};
#define THREAD_STATE_FLOAT_COUNT   (sizeof(struct thread_float_state) / 4)

#define THREAD_STATE_PC(state)     ((state)->pc)
#define THREAD_STATE_SP(state)     ((state)->sp)
#define THREAD_STATE_TLS(state)    ((state)->tpidr_el0)
#define THREAD_STATE_RESULT(state) ((state)->x[0])
#define THREAD_STATE_ARG0(state)   ((state)->x[0])
#define THREAD_STATE_ARG1(state)   ((state)->x[1])
#define THREAD_STATE_ARG2(state)   ((state)->x[2])

#endif
