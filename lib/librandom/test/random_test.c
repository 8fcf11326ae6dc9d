/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The generator: ChaCha20's block by the vector of RFC 8439 (2.3.2), and that
 * output neither repeats nor shows the key that follows.
 */
#include <libtest/test.h>

#include "../random.c"

static uint64_t ticks;

uint64_t
clock_get_ns(int clock)
{
	return ticks += (uint64_t)clock + 17;
}

uint64_t
entropy_counter(void)
{
	return 0;
}

bool
entropy_word(uint64_t *word)
{
	(void)word;
	return false;
}

static void
test_block(void)
{
	static const uint32_t expected[BLOCK_WORDS] = {0xe4e7f110, 0x15593bd1,
	    0x1fdd0f50, 0xc47120a3, 0xc7f4d1c7, 0x0368c033, 0x9aaa2204,
	    0x4e6cd4c3, 0x466482d2, 0x09aa9f07, 0x05d7c214, 0xa2028bd9,
	    0xd19c12b5, 0xb94e16de, 0xe883d0cb, 0x4e3c50a2};
	uint8_t bytes[sizeof(key)];
	uint32_t out[BLOCK_WORDS];

	for (unsigned i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)i;
	memcpy(key, bytes, sizeof(key));
	block(1 | 0x09000000ULL << 32, 0x4a000000, out);
	ok(memcmp(out, expected, sizeof(out)) == 0, "RFC 8439's block");
}

static void
test_output(void)
{
	uint8_t first[1000];
	uint8_t second[1000];
	uint32_t before[KEY_WORDS];
	uint32_t after[BLOCK_WORDS];

	memset(key, 0, sizeof(key));
	random_read(first, sizeof(first));
	random_read(second, sizeof(second));
	ok(memcmp(first, second, sizeof(first)) != 0, "other bytes each time");
	memset(key, 0, sizeof(key));
	random_read(second, sizeof(second));
	ok(memcmp(first, second, sizeof(first)) == 0, "by the state alone");
	memset(key, 0, sizeof(key));
	random_stir("x", 1);
	random_read(second, sizeof(second));
	ok(memcmp(first, second, sizeof(first)) != 0,
	    "and what was stirred in");
	memcpy(before, key, sizeof(before));
	random_read(first, 64);
	memcpy(after, first, 64);
	ok(memcmp(after, key, sizeof(key)) != 0 &&
		memcmp(before, key, sizeof(key)) != 0,
	    "the next key is neither the last nor given out");
	random_read(first, 0);
	random_init(RANDOM_MARKS);
	ok(memcmp(before, key, sizeof(key)) != 0, "a seed");
}

static void
test_small(void)
{
	static const uint8_t zeros[sizeof(pool)];
	uint8_t bytes[64][16];
	bool differ = true;

	memset(key, 0, sizeof(key));
	random_stir("x", 1);
	for (unsigned i = 0; i < 64; i++) {
		random_read(bytes[i], sizeof(bytes[i]));
		for (unsigned j = 0; j < i; j++)
			differ = differ && memcmp(bytes[i], bytes[j], 16) != 0;
	}
	ok(differ, "small ones, too");
	ok(memcmp(pool + pool_left, zeros, sizeof(pool) - pool_left) == 0,
	    "what has been given out is not kept");
	memset(key, 0, sizeof(key));
	random_stir("y", 1);
	random_read(bytes[1], sizeof(bytes[1]));
	ok(memcmp(bytes[0], bytes[1], 16) != 0,
	    "and what is stirred in counts at once");
}

int
main(void)
{
	test_block();
	test_output();
	test_small();
	return test_done();
}
