/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Per-processor data of x86_64. In the kernel GS points at this processor's
 * struct cpu; user mode has its own GS base, swapped at every entry and exit.
 */
#ifndef MACHINE_CPU_H
#define MACHINE_CPU_H

#include <mach/kern_return.h>

#include <arch/types.h>

struct thread;

/* The 64-bit task state segment: stacks for traps. Packed by the hardware. */
struct tss {
	uint32_t reserved0;
	uint64_t rsp0; /* behind the current thread's frame */
	uint64_t rsp1, rsp2;
	uint64_t reserved1;
	uint64_t ist[7];
	uint64_t reserved2;
	uint16_t reserved3;
	uint16_t io_map;
} __attribute__((packed, aligned(4)));

#define GDT_COUNT 8

struct arch_cpu {
	uint64_t kernel_sp; /* top of the current thread's kernel stack */
	struct cpu *self;
	uint64_t user_sp;         /* scratch of the SYSCALL entry */
	struct thread *fpu_owner; /* see fpu.c */
	uint32_t apic_id;
	struct tss tss;
	uint64_t gdt[GDT_COUNT] __attribute__((aligned(16)));
};

static inline struct cpu *
cpu_self(void)
{
	typedef struct cpu *cpu_pointer;

	return *(cpu_pointer const __seg_gs *)offsetof(struct arch_cpu, self);
}

/* One instruction wide open: STI alone keeps interrupts out until the next. */
static inline void
cpu_interrupts_enable(void)
{
	__asm__ volatile("sti; nop" : : : "memory");
}

static inline void
cpu_interrupts_disable(void)
{
	__asm__ volatile("cli" : : : "memory");
}

static inline bool
cpu_interrupts_enabled(void)
{
	uint64_t flags;

	__asm__ volatile("pushfq; popq %0" : "=r"(flags));
	return (flags & 0x200) != 0;
}

/* The counter behind the clock; clock_ticks_to_ns() tells what it counts. */
static inline uint64_t
cpu_ticks(void)
{
	return __builtin_ia32_rdtsc();
}

static inline void
cpu_pause(void)
{
	__asm__ volatile("pause");
}

/* STI holds interrupts back until HLT waits, so none is lost before it. */
static inline void
cpu_wait_for_interrupt(void)
{
	__asm__ volatile("sti; hlt; cli" : : : "memory");
}

#endif
