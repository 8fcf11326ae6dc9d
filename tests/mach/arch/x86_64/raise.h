/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Code that raises exceptions, for the tests of these.
 */
#ifndef TESTS_MACH_RAISE_H
#define TESTS_MACH_RAISE_H

#include <stdint.h>

/* What a handler has to add to the program counter to go on after it. */
#define RAISE_BREAK_SKIP   0
#define RAISE_ILLEGAL_SKIP 2

/* Whether a thread is to raise after each instruction, in its state. */
#define RAISE_STEP_ON(state)  ((state)->rflags |= 0x100)
#define RAISE_STEP_OFF(state) ((state)->rflags &= ~0x100UL)

static inline void
raise_break(void)
{
	__asm__ volatile("int3");
}

static inline void
raise_illegal(void)
{
	__asm__ volatile("ud2");
}

/* Whether it is a divisor that raises. */
#define RAISE_DIVIDES     1
#define RAISE_DIVIDE_SKIP 2

static inline void
raise_divide(void)
{
	uint32_t low = 1;
	uint32_t high = 0;

	__asm__ volatile("divl %2" : "+a"(low), "+d"(high) : "r"(0) : "cc");
}

/* A trap by number; its result. */
static inline long
raise_trap(long number)
{
	__asm__ volatile("syscall" : "+a"(number) : : "rcx", "r11", "memory");
	return number;
}

/*
 * What a task's emulation vector may lead to: rcx is where the trap returns to.
 */
#define EMULATOR                      \
	".globl emulator\n"           \
	".type emulator, @function\n" \
	"emulator:\n"                 \
	"	addq $1000, %rax\n"         \
	"	jmp *%rcx\n"

/* A floating-point register as the thread began. */
static inline uint64_t
raise_first_float(void)
{
	uint64_t value;

	__asm__ volatile("movq %%xmm15, %0" : "=r"(value));
	return value;
}

/* Where it is in struct thread_float_state. */
#define RAISE_FLOAT_OFFSET (160 + 15 * 16)

#endif
