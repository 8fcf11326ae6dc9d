/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one processor of host unit tests. Interrupts are a flag.
 */
#ifndef MACHINE_CPU_H
#define MACHINE_CPU_H

#include <stdbool.h>
#include <stdint.h>

struct arch_cpu {
	bool interrupts;
};

struct cpu;
extern struct cpu host_cpu;
extern bool host_interrupts;

static inline struct cpu *
cpu_self(void)
{
	return &host_cpu;
}

static inline void
cpu_interrupts_enable(void)
{
	host_interrupts = true;
}

static inline void
cpu_interrupts_disable(void)
{
	host_interrupts = false;
}

static inline bool
cpu_interrupts_enabled(void)
{
	return host_interrupts;
}

static inline uint64_t
cpu_ticks(void)
{
	return 0;
}

static inline void
cpu_pause(void)
{
}

static inline void
cpu_wait_for_interrupt(void)
{
}

#endif
