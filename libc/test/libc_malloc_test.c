/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The allocator: blocks never overlap and keep their contents, alignments hold,
 * and what is freed goes back to the system.
 */
#include <errno.h>
#include <libtest/test.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS 2000

static unsigned seed = 7;

static unsigned
next(void)
{
	seed = seed * 1103515245 + 12345;
	return seed >> 8;
}

static struct {
	unsigned char *at;
	size_t size;
	unsigned char mark;
} blocks[BLOCKS];

static bool
intact(int i)
{
	size_t k;

	for (k = 0; k < blocks[i].size; k++)
		if (blocks[i].at[k] != blocks[i].mark)
			return false;
	return true;
}

static size_t
some_size(void)
{
	switch (next() % 8) {
	case 0:
		return next() % 200000;
	case 1:
		return next() % 9000;
	default:
		return next() % 300;
	}
}

static void
renew(int i)
{
	size_t size = some_size();

	if (next() % 2 == 0) {
		free(blocks[i].at);
		blocks[i].at = malloc(size);
	} else {
		blocks[i].at = realloc(blocks[i].at, size);
	}
	blocks[i].size = size;
	blocks[i].mark = (unsigned char)next();
	memset(blocks[i].at, blocks[i].mark, size);
}

static void
test_churn(void)
{
	bool kept = true;
	bool usable = true;
	int round;
	int i;

	for (round = 0; round < 60000; round++) {
		i = (int)(next() % BLOCKS);
		kept &= intact(i);
		renew(i);
		usable &= malloc_usable_size(blocks[i].at) >= blocks[i].size;
		usable &= (uintptr_t)blocks[i].at % 16 == 0;
	}
	for (i = 0; i < BLOCKS; i++)
		kept &= intact(i);
	for (i = 0; i < BLOCKS; i++)
		free(blocks[i].at);
	ok(kept, "contents survive");
	ok(usable, "sizes and alignment");
}

static void
test_resize(void)
{
	unsigned char *block = NULL;
	bool kept = true;
	size_t size;
	size_t k;

	for (size = 1; size < 3000000; size = size * 3 / 2 + 1) {
		block = realloc(block, size);
		for (k = size * 2 / 3 + 1; k < size; k++)
			block[k] = (unsigned char)k;
	}
	while (size > 10) {
		size /= 3;
		block = realloc(block, size);
		if (size > 100)
			kept &= block[size - 1] == (unsigned char)(size - 1);
	}
	free(block);
	ok(kept, "realloc keeps what fits");
}

static void
test_alignment(void)
{
	bool right = true;
	size_t alignment;
	size_t size;

	for (alignment = 8; alignment <= 1048576; alignment *= 2) {
		for (size = 0; size < 20000; size = size * 3 + 1) {
			void *block = NULL;

			right &= posix_memalign(&block, alignment, size) == 0;
			right &= (uintptr_t)block % alignment == 0;
			right &= malloc_usable_size(block) >= size;
			memset(block, 1, size);
			free(block);
		}
	}
	ok(right, "aligned blocks");
}

static void
test_limits(void)
{
	unsigned char *block;
	volatile size_t huge = SIZE_MAX;
	size_t i;
	bool zero = true;

	errno = 0;
	ok(malloc(huge) == NULL && errno == ENOMEM, "too much");
	ok(calloc(huge / 2, 3) == NULL, "calloc overflow");
	ok(reallocarray(NULL, huge, 2) == NULL, "reallocarray overflow");
	block = malloc(1000);
	memset(block, 255, 1000);
	free(block);
	block = calloc(10, 100);
	for (i = 0; i < 1000; i++)
		zero &= block[i] == 0;
	ok(zero, "calloc clears");
	free(block);
	free(NULL);
	block = malloc(0);
	ok(block != NULL, "a block of nothing");
	free(block);
}

int
main(void)
{
	test_churn();
	test_resize();
	test_alignment();
	test_limits();
	return test_done();
}
