/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A trap frame without registers: only the result of a trap can be seen.
 */
#ifndef MACHINE_TRAP_H
#define MACHINE_TRAP_H

#include <stdint.h>

struct trap_frame {
	uint64_t result;
	uint64_t pc;
	uint64_t sp;
	uint64_t fp;
};

static inline void
trap_frame_set_result(struct trap_frame *frame, uint64_t result)
{
	frame->result = result;
}

static inline void
trap_frame_set_args(struct trap_frame *frame, const uint64_t arg[7])
{
	(void)frame;
	(void)arg;
}

static inline uint64_t
trap_frame_pc(const struct trap_frame *frame)
{
	return frame->pc;
}

static inline void
trap_frame_set_pc(struct trap_frame *frame, uint64_t pc)
{
	frame->pc = pc;
}

static inline void
trap_frame_emulate(struct trap_frame *frame, uint64_t entry)
{
	frame->result = frame->pc;
	frame->pc = entry;
}

static inline uint64_t
trap_frame_sp(const struct trap_frame *frame)
{
	return frame->sp;
}

static inline uint64_t
trap_frame_fp(const struct trap_frame *frame)
{
	return frame->fp;
}

static inline uint64_t
trap_frame_link(const struct trap_frame *frame)
{
	(void)frame;
	return 0;
}

#endif
