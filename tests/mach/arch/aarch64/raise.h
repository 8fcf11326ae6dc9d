/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Code that raises exceptions, for the tests of these.
 */
#ifndef TESTS_MACH_RAISE_H
#define TESTS_MACH_RAISE_H

#include <stdint.h>

/* What a handler has to add to the program counter to go on after it. */
#define RAISE_BREAK_SKIP   4
#define RAISE_ILLEGAL_SKIP 4

/* Whether a thread is to raise after each instruction, in its state. */
#define RAISE_STEP_ON(state)  ((state)->pstate |= 1UL << 21)
#define RAISE_STEP_OFF(state) ((state)->pstate &= ~(1UL << 21))

static inline void
raise_break(void)
{
	__asm__ volatile("brk #0");
}

static inline void
raise_illegal(void)
{
	__asm__ volatile("udf #0");
}

/* Whether it is a divisor that raises. */
#define RAISE_DIVIDES     0
#define RAISE_DIVIDE_SKIP 0

static inline void
raise_divide(void)
{
}

/* A trap by number; its result. */
static inline long
raise_trap(long number)
{
	register long x0 __asm__("x0") = 0;
	register long x16 __asm__("x16") = number;

	__asm__ volatile("svc #0"
			 : "+r"(x0), "+r"(x16)
			 :
			 : "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9",
			 "x10", "x11", "x12", "x13", "x14", "x15", "x17",
			 "memory");
	return x0;
}

/*
 * What a task's emulation vector may lead to: x16 is the number, x17 where the
 * trap returns to.
 */
#define EMULATOR                      \
	".globl emulator\n"           \
	".type emulator, %function\n" \
	"emulator:\n"                 \
	"	add x0, x16, #1000\n"       \
	"	br x17\n"

/* A floating-point register as the thread began. */
static inline uint64_t
raise_first_float(void)
{
	uint64_t value;

	__asm__ volatile("fmov %0, d31" : "=r"(value));
	return value;
}

/* Where it is in struct thread_float_state. */
#define RAISE_FLOAT_OFFSET (31 * 16)

#endif
