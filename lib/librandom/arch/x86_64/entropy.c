/* SPDX-License-Identifier: BSD-2-Clause */
/* The time-stamp counter, and RDRAND where CPUID says there is one. */
#include <librandom/random.h>

#define FEATURES      1U
#define FEATURE_RDRND (1U << 30) /* in ecx */
#define TRIES         10

static bool
has_rdrand(void)
{
	uint32_t a = FEATURES;
	uint32_t b;
	uint32_t c = 0;
	uint32_t d;

	__asm__ volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
	return (c & FEATURE_RDRND) != 0;
}

uint64_t
entropy_counter(void)
{
	uint32_t low;
	uint32_t high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return low | (uint64_t)high << 32;
}

bool
entropy_word(uint64_t *word)
{
	bool valid = false;

	if (!has_rdrand())
		return false;
	for (int i = 0; i < TRIES && !valid; i++)
		__asm__ volatile("rdrand %0"
				 : "=r"(*word), "=@ccc"(valid)
				 :
				 : "cc");
	return valid;
}
