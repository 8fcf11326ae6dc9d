/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random bytes: the ChaCha20 block function as a generator whose key is
 * replaced by its own output after each use, so that what was given out cannot
 * be computed from the state later.
 *
 * The seed is what the processor's generator gives, if it has one and shows
 * it to user programs; and always the clocks and the jitter of a fast counter
 * around system calls, which is all there is on machines without. On such
 * a machine, and in an emulator that runs deterministically, the first bytes
 * after boot can be guessed with effort: nothing unpredictable has happened
 * yet. The counter is stirred in at each use.
 */
#include <libmach/mach.h>
#include <librandom/random.h>
#include <string.h>

#define ROUNDS      20
#define KEY_WORDS   8
#define BLOCK_WORDS 16
#define SEED_WORDS  8

static uint32_t key[KEY_WORDS];

/* Small reads take from the end of this, each byte once: a block costs more. */
#define SMALL 32
static uint8_t pool[480];
static size_t pool_left;

static uint32_t
rotate(uint32_t value, unsigned bits)
{
	return value << bits | value >> (32 - bits);
}

static inline __attribute__((always_inline)) void
quarter(uint32_t *x, unsigned a, unsigned b, unsigned c, unsigned d)
{
	x[a] += x[b];
	x[d] = rotate(x[d] ^ x[a], 16);
	x[c] += x[d];
	x[b] = rotate(x[b] ^ x[c], 12);
	x[a] += x[b];
	x[d] = rotate(x[d] ^ x[a], 8);
	x[c] += x[d];
	x[b] = rotate(x[b] ^ x[c], 7);
}

/* The block of the key at `counter`; `input` stands in the nonce's place. */
static void
block(uint64_t counter, uint64_t input, uint32_t out[BLOCK_WORDS])
{
	uint32_t start[BLOCK_WORDS] = {
	    0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

	memcpy(start + 4, key, sizeof(key));
	start[12] = (uint32_t)counter;
	start[13] = (uint32_t)(counter >> 32);
	start[14] = (uint32_t)input;
	start[15] = (uint32_t)(input >> 32);
	memcpy(out, start, sizeof(start));
	for (int i = 0; i < ROUNDS; i += 2) {
		quarter(out, 0, 4, 8, 12);
		quarter(out, 1, 5, 9, 13);
		quarter(out, 2, 6, 10, 14);
		quarter(out, 3, 7, 11, 15);
		quarter(out, 0, 5, 10, 15);
		quarter(out, 1, 6, 11, 12);
		quarter(out, 2, 7, 8, 13);
		quarter(out, 3, 4, 9, 14);
	}
	for (int i = 0; i < BLOCK_WORDS; i++)
		out[i] += start[i];
}

/* Let one word take part in every later key. */
static void
stir(uint64_t word)
{
	uint32_t out[BLOCK_WORDS];

	block(0, word, out);
	memcpy(key, out, sizeof(key));
}

void
random_stir(const void *data, size_t size)
{
	const char *from = data;

	pool_left = 0;
	while (size > 0) {
		uint64_t word = 0;
		size_t part = size < sizeof(word) ? size : sizeof(word);

		memcpy(&word, from, part);
		stir(word);
		from += part;
		size -= part;
	}
	stir(entropy_counter());
}

/* A block gives the next key, and what is left of it goes out. */
static void
generate(void *data, size_t size)
{
	uint32_t next[KEY_WORDS];
	uint32_t out[BLOCK_WORDS];
	uint64_t counter = 0;
	size_t skip = sizeof(next);
	char *to = data;

	block(counter, entropy_counter(), out);
	memcpy(next, out, sizeof(next));
	for (;;) {
		size_t room = sizeof(out) - skip;
		size_t part = size < room ? size : room;

		memcpy(to, (char *)out + skip, part);
		to += part;
		size -= part;
		if (size == 0)
			break;
		skip = 0;
		block(++counter, 0, out);
	}
	memcpy(key, next, sizeof(key));
}

void
random_read(void *data, size_t size)
{
	if (size > SMALL) {
		generate(data, size);
		return;
	}
	if (pool_left < size) {
		generate(pool, sizeof(pool));
		pool_left = sizeof(pool);
	}
	pool_left -= size;
	memcpy(data, pool + pool_left, size);
	memset(pool + pool_left, 0, size);
}

void
random_init(unsigned readings)
{
	uint64_t word;

	for (int i = 0; i < SEED_WORDS && entropy_word(&word); i++)
		stir(word);
	stir(clock_get_ns(1));
	for (unsigned i = 0; i < readings; i++) {
		word = clock_get_ns(0);
		stir(entropy_counter() ^ word << 32);
	}
}
