/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trap frame. vectors.S knows these offsets; context.c asserts them.
 *
 * A Mach trap saves x16 to x30 only: its caller has given up x0 to x17, and
 * what the frame holds for the others is what an earlier full entry left (the
 * user's own values). esr, far and the frame record are filled on entry from
 * kernel mode; the record lets the unwinder go on in the interrupted code.
 */
#ifndef MACHINE_TRAP_H
#define MACHINE_TRAP_H

#include <stdint.h>

struct trap_frame {
	uint64_t x[31];
	uint64_t sp;
	uint64_t pc;
	uint64_t pstate;
	uint64_t esr;
	uint64_t far;
	uint64_t record[2];
};

static inline void
trap_frame_set_result(struct trap_frame *frame, uint64_t value)
{
	frame->x[0] = value;
}

static inline uint64_t
trap_frame_result(const struct trap_frame *frame)
{
	return frame->x[0];
}

/* Of a trap that was entered by way of trap_traced(). */
static inline uint64_t
trap_frame_arg(const struct trap_frame *frame, unsigned index)
{
	return frame->x[index];
}

/* The first is in x7, for x0 is the result's. */
static inline void
trap_frame_set_args(struct trap_frame *frame, const uint64_t arg[7])
{
	frame->x[7] = arg[0];
	for (unsigned i = 1; i < 7; i++)
		frame->x[i] = arg[i];
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

/* x16 is the number still, x17 where the trap would have returned to. */
static inline void
trap_frame_emulate(struct trap_frame *frame, uint64_t entry)
{
	frame->x[17] = frame->pc;
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
	return frame->x[29];
}

static inline uint64_t
trap_frame_link(const struct trap_frame *frame)
{
	return frame->x[30];
}

#endif
