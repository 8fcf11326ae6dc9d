/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random() and its family: an additive lagged Fibonacci generator, whose size
 * follows from the state array the caller gives.
 */
#include <stdint.h>
#include <stdlib.h>

#include "lock.h"

/* Degree and separation for state arrays of 8, 32, 64, 128, 256 bytes. */
static const struct shape {
	unsigned char degree;
	unsigned char separation;
} shapes[] = {{0, 0}, {7, 3}, {15, 1}, {31, 3}, {63, 1}};

static uint32_t first_state[32] = {3};
static uint32_t *state = first_state; /* word 0: shape and position */
static struct lock lock;
static int seeded;

static uint32_t
step(uint32_t value)
{
	return (uint32_t)((uint64_t)value * 48271 % 2147483647);
}

static uint32_t
next_value(void)
{
	const struct shape *shape = &shapes[state[0] & 7];
	uint32_t front = state[0] >> 3;
	uint32_t *table = state + 1;
	uint32_t back;

	if (shape->degree == 0) {
		table[0] = table[0] * 1103515245 + 12345;
		return table[0] & 0x7fffffff;
	}
	back = (front + shape->degree - shape->separation) % shape->degree;
	table[front] += table[back];
	state[0] = (front + 1) % shape->degree << 3 | (state[0] & 7);
	return table[front] >> 1;
}

static void
seed_state(unsigned seed)
{
	const struct shape *shape = &shapes[state[0] & 7];
	uint32_t value = seed % 2147483647;
	int i;

	state[0] &= 7;
	state[1] = value != 0 ? value : 1;
	for (i = 1; i < shape->degree; i++)
		state[1 + i] = step(state[i]);
	for (i = 0; i < shape->degree * 10; i++)
		next_value();
}

static void
seed_once(void)
{
	if (!seeded) {
		seeded = 1;
		seed_state(1);
	}
}

void
srandom(unsigned seed)
{
	__lock(&lock);
	seeded = 1;
	seed_state(seed);
	__unlock(&lock);
}

long
random(void)
{
	long value;

	__lock(&lock);
	seed_once();
	value = (long)next_value();
	__unlock(&lock);
	return value;
}

char *
initstate(unsigned seed, char *memory, size_t size)
{
	char *old;
	uint32_t shape = 0;

	if (size < 8)
		return NULL;
	while (shape < 4 && size >= 4UL * (1UL + shapes[shape + 1].degree))
		shape++;
	__lock(&lock);
	seed_once();
	old = (char *)state;
	state = (uint32_t *)(void *)memory;
	state[0] = shape;
	seed_state(seed);
	__unlock(&lock);
	return old;
}

char *
setstate(char *memory)
{
	char *old;

	__lock(&lock);
	seed_once();
	old = (char *)state;
	state = (uint32_t *)(void *)memory;
	__unlock(&lock);
	return old;
}
