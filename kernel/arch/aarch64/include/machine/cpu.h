/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Processor primitives. TPIDR_EL1 holds this processor's struct cpu. While a
 * thread is in user mode SP_EL1 points to its struct thread (see vectors.S).
 */
#ifndef MACHINE_CPU_H
#define MACHINE_CPU_H

#include <stdbool.h>
#include <stdint.h>

struct cpu;
struct thread;

struct arch_cpu {
	struct thread *fpu_owner; /* whose values the registers hold */
	bool fpu_on;              /* CPACR_EL1 lets user mode use them */
};

#define CPU_PSTATE_I 0x80UL

/*
 * The operand makes the compiler read it again after anything that may have
 * changed memory, for a thread may wait and go on elsewhere.
 */
static inline struct cpu *
cpu_self(void)
{
	register const uint64_t *sp __asm__("sp");
	struct cpu *cpu;

	__asm__("mrs %0, tpidr_el1" : "=r"(cpu) : "Q"(*sp));
	return cpu;
}

/*
 * A pending interrupt has been taken when this returns. Debug exceptions are
 * unmasked too, for a thread that entered the kernel before there were stops.
 */
static inline void
cpu_interrupts_enable(void)
{
	__asm__ volatile("msr daifclr, #10\n\tisb" : : : "memory");
}

/* Stops in the kernel are seen again, in an exception of the kernel itself. */
static inline void
cpu_debug_unmask(void)
{
	__asm__ volatile("msr daifclr, #8" : : : "memory");
}

static inline void
cpu_interrupts_disable(void)
{
	__asm__ volatile("msr daifset, #2" : : : "memory");
}

static inline bool
cpu_interrupts_enabled(void)
{
	uint64_t daif;

	__asm__ volatile("mrs %0, daif" : "=r"(daif));
	return (daif & CPU_PSTATE_I) == 0;
}

/* The counter behind the clock; clock_ticks_to_ns() tells what it counts. */
static inline uint64_t
cpu_ticks(void)
{
	uint64_t ticks;

	__asm__ volatile("mrs %0, cntvct_el0" : "=r"(ticks));
	return ticks;
}

static inline void
cpu_pause(void)
{
	__asm__ volatile("yield" : : : "memory");
}

/* WFI ends when an interrupt is pending, masked or not: none gets lost. */
static inline void
cpu_wait_for_interrupt(void)
{
	__asm__ volatile("dsb sy\n\t"
			 "wfi\n\t"
			 "msr daifclr, #10\n\t"
			 "isb\n\t"
			 "msr daifset, #2"
			 :
			 :
			 : "memory");
}

#endif
