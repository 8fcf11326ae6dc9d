/* SPDX-License-Identifier: BSD-2-Clause */
/* The 48-bit linear congruential generators of POSIX. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MULTIPLIER 0x5deece66dUL
#define INCREMENT  11
#define MASK       ((1UL << 48) - 1)

static unsigned short current[3] = {0x330e, 0, 0};
static uint64_t multiplier = MULTIPLIER;
static uint64_t increment = INCREMENT;

static uint64_t
pack(const unsigned short x[3])
{
	return x[0] | (uint64_t)x[1] << 16 | (uint64_t)x[2] << 32;
}

static void
unpack(uint64_t value, unsigned short x[3])
{
	x[0] = (unsigned short)value;
	x[1] = (unsigned short)(value >> 16);
	x[2] = (unsigned short)(value >> 32);
}

static uint64_t
step(unsigned short x[3])
{
	uint64_t value = (pack(x) * multiplier + increment) & MASK;

	unpack(value, x);
	return value;
}

double
erand48(unsigned short x[3])
{
	return (double)step(x) / 281474976710656.0;
}

long
nrand48(unsigned short x[3])
{
	return (long)(step(x) >> 17);
}

long
jrand48(unsigned short x[3])
{
	return (int32_t)(step(x) >> 16);
}

double
drand48(void)
{
	return erand48(current);
}

long
lrand48(void)
{
	return nrand48(current);
}

long
mrand48(void)
{
	return jrand48(current);
}

void
srand48(long seed)
{
	unpack((uint64_t)(uint32_t)seed << 16 | 0x330e, current);
	multiplier = MULTIPLIER;
	increment = INCREMENT;
}

unsigned short *
seed48(unsigned short seed[3])
{
	static unsigned short old[3];

	memcpy(old, current, sizeof(old));
	memcpy(current, seed, sizeof(current));
	multiplier = MULTIPLIER;
	increment = INCREMENT;
	return old;
}

void
lcong48(unsigned short parameters[7])
{
	memcpy(current, parameters, sizeof(current));
	multiplier = pack(parameters + 3);
	increment = parameters[6];
}
