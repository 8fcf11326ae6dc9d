/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers: those a call expects, and those at the edges of what it may bear.
 */
#include "fuzz.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static uint32_t
next(struct fuzz *fuzz)
{
	uint64_t x = fuzz->random;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	fuzz->random = x;
	return (uint32_t)((x * 0x2545f4914f6cdd1dULL) >> 32);
}

unsigned
fuzz_roll(struct fuzz *fuzz, unsigned sides)
{
	return next(fuzz) % sides;
}

bool
fuzz_one_in(struct fuzz *fuzz, unsigned sides)
{
	return next(fuzz) % sides == 0;
}

uint32_t
fuzz_edge(struct fuzz *fuzz)
{
	static const uint32_t edges[] = {0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31,
	    32, 63, 64, 65, 100, 127, 128, 255, 256, 257, 0xfff, 0x1000, 0x1001,
	    0xffff, 0x10000, 0x10001, 0x7fffffff, 0x80000000U, 0x80000001U,
	    0xfffff000U, 0xfffffffeU, 0xffffffffU};

	if (fuzz_one_in(fuzz, 8))
		return next(fuzz);
	return edges[fuzz_roll(fuzz, LENGTH(edges))];
}

static uint64_t
long_edge(struct fuzz *fuzz)
{
	static const uint64_t edges[] = {1ULL << 31, 1ULL << 32, 1ULL << 46,
	    (1ULL << 47) - VM_PAGE_SIZE, (1ULL << 47) - 1, 1ULL << 47,
	    (1ULL << 47) + 1, 1ULL << 48, 1ULL << 63, (1ULL << 63) - 1,
	    0xffff800000000000ULL, 0xffffffff80000000ULL, ~0xfffULL, ~0ULL};

	if (fuzz_one_in(fuzz, 2))
		return fuzz_edge(fuzz);
	return edges[fuzz_roll(fuzz, LENGTH(edges))];
}

/* Memory to name: mostly the arena's, some of it not there any more. */
vm_address_t
fuzz_address(struct fuzz *fuzz)
{
	vm_address_t at = fuzz->arena + fuzz_roll(fuzz, ARENA_PAGES + 2) *
					    (vm_address_t)VM_PAGE_SIZE;

	switch (fuzz_roll(fuzz, 12)) {
	case 0:
		return at + fuzz_roll(fuzz, VM_PAGE_SIZE);
	case 1:
		return at - 1 - fuzz_roll(fuzz, 64);
	case 2:
		return long_edge(fuzz);
	default:
		return at;
	}
}

static uint64_t
some_size(struct fuzz *fuzz)
{
	switch (fuzz_roll(fuzz, 16)) {
	case 0:
		return fuzz_roll(fuzz, 64);
	case 1:
		return fuzz_roll(fuzz, 4 * VM_PAGE_SIZE);
	case 2:
		return long_edge(fuzz);
	case 3:
		return 0;
	default:
		return (1ULL + fuzz_roll(fuzz, 8)) * VM_PAGE_SIZE;
	}
}

static uint64_t
some_task(struct fuzz *fuzz)
{
	return fuzz_one_in(fuzz, 8) ? fuzz_pick(fuzz, POOL_TASK) : fuzz->self;
}

/* What does not wait for ever, as a rule. */
static uint64_t
some_option(struct fuzz *fuzz)
{
	uint32_t option =
	    next(fuzz) & (MACH_SEND_MSG | MACH_RCV_MSG | MACH_SEND_NOTIFY |
			     MACH_SEND_CANCEL | MACH_RCV_NOTIFY |
			     MACH_RCV_LARGE | MACH_RCV_TRAILER_MASK);

	if (!fuzz_one_in(fuzz, 32))
		option |= MACH_SEND_TIMEOUT | MACH_RCV_TIMEOUT;
	return fuzz_one_in(fuzz, 16) ? next(fuzz) : option;
}

static uint64_t
some_word(struct fuzz *fuzz)
{
	return fuzz_one_in(fuzz, 2) ? fuzz_roll(fuzz, 20) : fuzz_edge(fuzz);
}

uint64_t
fuzz_value(struct fuzz *fuzz, enum value_kind kind)
{
	if (fuzz_one_in(fuzz, 24))
		return long_edge(fuzz);
	switch (kind) {
	case VALUE_LONG:
		return long_edge(fuzz);
	case VALUE_NAME:
		return fuzz_pick(fuzz, POOL_ANY);
	case VALUE_TASK:
		return some_task(fuzz);
	case VALUE_ADDRESS:
		return fuzz_address(fuzz);
	case VALUE_OFFSET:
		return fuzz_roll(fuzz, 16) * (uint64_t)VM_PAGE_SIZE;
	case VALUE_SIZE:
		return some_size(fuzz);
	case VALUE_BOOLEAN:
		return fuzz_roll(fuzz, 2);
	case VALUE_PROTECTION:
		return fuzz_roll(fuzz, fuzz_one_in(fuzz, 4) ? 32 : 4);
	case VALUE_RIGHT:
		return fuzz_roll(fuzz, 6);
	case VALUE_DISPOSITION:
		return MACH_MSG_TYPE_MOVE_RECEIVE + fuzz_roll(fuzz, 7);
	case VALUE_NOTIFY:
		return 64 + fuzz_roll(fuzz, 10);
	case VALUE_DELTA:
		return fuzz_one_in(fuzz, 4) ? fuzz_edge(fuzz)
					    : fuzz_roll(fuzz, 5) - 2U;
	case VALUE_TIMEOUT:
		return fuzz_roll(fuzz, 3);
	case VALUE_NANOSECONDS:
		return fuzz_roll(fuzz, 300000);
	case VALUE_OPTION:
		return some_option(fuzz);
	case VALUE_WORD:
	default:
		return some_word(fuzz);
	}
}
