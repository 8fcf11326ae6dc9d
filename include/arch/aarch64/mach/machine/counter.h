/* SPDX-License-Identifier: BSD-2-Clause */
/* The counter behind the clocks, as user mode reads it. */
#ifndef MACH_MACHINE_COUNTER_H
#define MACH_MACHINE_COUNTER_H

#include <stdint.h>

static inline uint64_t
mach_counter(void)
{
	uint64_t value;

	/* Not before what comes before it. */
	__asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(value)::"memory");
	return value;
}

#endif
