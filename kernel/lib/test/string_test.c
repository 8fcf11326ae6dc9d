/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of lib/string.c under names of its own (see tests.mk): copies at every
 * small size, offset and overlap against a byte loop.
 */
#include <kern/string.h>
#include <stdint.h>

#include "lib/libtest/test.h"

#define SIZE 160

extern void *kernel_memmove(void *to, const void *from, size_t size);
extern void *kernel_memcpy(void *to, const void *from, size_t size);
extern void *kernel_memset(void *to, int byte, size_t size);

static unsigned char memory[2 * SIZE];
static unsigned char expected[2 * SIZE];

static void
prepare(void)
{
	for (unsigned i = 0; i < sizeof(memory); i++) {
		memory[i] = (unsigned char)(i * 7 + 1);
		expected[i] = memory[i];
	}
}

static bool
as_expected(void)
{
	for (unsigned i = 0; i < sizeof(memory); i++) {
		if (memory[i] != expected[i])
			return false;
	}
	return true;
}

/* What moving means, by way of a second copy. */
static void
expect_move(unsigned to, unsigned from, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		expected[to + i] = memory[from + i];
}

static unsigned
count_bad_moves(void)
{
	unsigned bad = 0;

	for (unsigned from = 0; from < 80; from++) {
		for (unsigned to = 0; to < 80; to++) {
			for (unsigned size = 0; size < SIZE; size += 3) {
				prepare();
				expect_move(to, from, size);
				kernel_memmove(
				    memory + to, memory + from, size);
				bad += !as_expected();
			}
		}
	}
	return bad;
}

static unsigned
count_bad_copies(void)
{
	unsigned bad = 0;

	for (unsigned size = 0; size < SIZE - 8; size++) {
		for (unsigned shift = 0; shift < 8; shift++) {
			prepare();
			expect_move(shift, SIZE, size);
			kernel_memcpy(memory + shift, memory + SIZE, size);
			bad += !as_expected();
			prepare();
			for (unsigned i = 0; i < size; i++)
				expected[shift + i] = 0xa5;
			kernel_memset(memory + shift, 0x1a5, size);
			bad += !as_expected();
		}
	}
	return bad;
}

int
main(void)
{
	is_int(count_bad_moves(), 0, "memmove, overlapping every way");
	is_int(count_bad_copies(), 0, "memcpy and memset, sizes and offsets");
	return test_done();
}
