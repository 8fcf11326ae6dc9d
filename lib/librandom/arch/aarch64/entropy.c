/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The virtual counter. RNDR cannot be used: whether the processor has it
 * stands in registers that user programs may not read.
 */
#include <librandom/random.h>

uint64_t
entropy_counter(void)
{
	uint64_t count;

	__asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(count));
	return count;
}

bool
entropy_word(uint64_t *word)
{
	(void)word;
	return false;
}
