/* SPDX-License-Identifier: BSD-2-Clause */
/* rand(): the top bits of a 64-bit linear congruential generator. */
#include <stdlib.h>

#include "lock.h"

#define MULTIPLIER 6364136223846793005UL

static unsigned long state = 1;
static struct lock lock;

void
srand(unsigned seed)
{
	__lock(&lock);
	state = seed;
	__unlock(&lock);
}

int
rand(void)
{
	unsigned long value;

	__lock(&lock);
	state = state * MULTIPLIER + 1442695040888963407UL;
	value = state;
	__unlock(&lock);
	return (int)(value >> 33);
}

int
rand_r(unsigned *seed)
{
	unsigned long value = *seed * MULTIPLIER + 1442695040888963407UL;

	*seed = (unsigned)(value >> 32);
	return (int)(*seed >> 1);
}
