/* SPDX-License-Identifier: BSD-2-Clause */
/* The counter behind the clocks, as user mode reads it. */
#ifndef MACH_MACHINE_COUNTER_H
#define MACH_MACHINE_COUNTER_H

#include <stdint.h>

static inline uint64_t
mach_counter(void)
{
	uint32_t low, high;

	/* Not before what comes before it. */
	__asm__ volatile("lfence\n\trdtsc" : "=a"(low), "=d"(high)::"memory");
	return (uint64_t)high << 32 | low;
}

#endif
