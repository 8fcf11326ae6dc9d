/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trap frame. Its upper five words are what the processor itself pushes:
 * an interrupt from user mode pushes them straight into the thread (the TSS
 * points behind its frame), and IRETQ takes them from there.
 *
 * A Mach trap stores only what its convention preserves (rbx, rbp, r12-r15,
 * rsp) with rip and rflags; the other registers in the frame are then those of
 * an earlier entry. A number the kernel does not know stores everything.
 */
#ifndef MACHINE_TRAP_H
#define MACHINE_TRAP_H

#include <stdint.h>

struct trap_frame {
	uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
	uint64_t rbp, rdi, rsi, rdx, rcx, rbx, rax;
	uint8_t vector, vector_sign[7];
	uint64_t error;
	uint64_t rip, cs, rflags, rsp, ss;
};

static inline void
trap_frame_set_result(struct trap_frame *frame, uint64_t result)
{
	frame->rax = result;
}

static inline uint64_t
trap_frame_result(const struct trap_frame *frame)
{
	return frame->rax;
}

/* Of a trap that was entered by way of trap_traced(). */
static inline uint64_t
trap_frame_arg(const struct trap_frame *frame, unsigned index)
{
	const uint64_t arg[] = {frame->rdi, frame->rsi, frame->rdx, frame->r10,
	    frame->r8, frame->r9, frame->rbx};

	return arg[index];
}

/* The last is in RBX, which a trap preserves. */
static inline void
trap_frame_set_args(struct trap_frame *frame, const uint64_t arg[7])
{
	frame->rdi = arg[0];
	frame->rsi = arg[1];
	frame->rdx = arg[2];
	frame->r10 = arg[3];
	frame->r8 = arg[4];
	frame->r9 = arg[5];
}

static inline uint64_t
trap_frame_pc(const struct trap_frame *frame)
{
	return frame->rip;
}

static inline void
trap_frame_set_pc(struct trap_frame *frame, uint64_t pc)
{
	frame->rip = pc;
}

/* rcx and r11 are what SYSCALL made them, return address and flags. */
static inline void
trap_frame_emulate(struct trap_frame *frame, uint64_t entry)
{
	frame->rcx = frame->rip;
	frame->r11 = frame->rflags;
	frame->rip = entry;
}

static inline uint64_t
trap_frame_sp(const struct trap_frame *frame)
{
	return frame->rsp;
}

static inline uint64_t
trap_frame_fp(const struct trap_frame *frame)
{
	return frame->rbp;
}

static inline uint64_t
trap_frame_link(const struct trap_frame *frame)
{
	(void)frame;
	return 0;
}

#endif
