/* SPDX-License-Identifier: BSD-2-Clause */
/* The ring of a pipe, against a plain array that says what is in it. */
#include <libtest/test.h>
#include <servers/io_ring.h>
#include <stdint.h>
#include <stdlib.h>

#include "ring.h"

#define STREAM 4000000U

static char from[RING_MAX];
static char to[RING_MAX];

/* The byte at a place of the endless text that goes through. */
static char
text_at(size_t place)
{
	return (char)(place * 31 + place / 251);
}

static void
test_growth(void)
{
	struct ring ring = {0};

	is_int(ring_peek(&ring, to, sizeof(to)), 0, "a new ring is empty");
	is_int(ring.capacity, 0, "and takes no memory");
	ok(ring_reserve(&ring, 1), "room for a byte");
	ring_put(&ring, "x", 1);
	ok(ring.capacity < RING_MAX, "is not yet all there may be");
	ok(ring_reserve(&ring, RING_MAX - 1), "room for all");
	ok(!ring_reserve(&ring, RING_MAX), "but not for one more");
	is_int(ring_room(&ring), RING_MAX - 1, "which it says");
	is_int(ring_peek(&ring, to, 10), 1, "what was in it still is");
	is_int(to[0], 'x', "as it was");
	ring_drop(&ring, 1);
	is_int(ring.capacity, 0, "empty, it gives memory back");
	ring_free(&ring);
}

/* Bytes come out as they went in, whatever the sizes of writes and reads. */
static void
test_order(void)
{
	struct ring ring = {0};
	size_t in = 0;
	size_t out = 0;
	bool good = true;

	srand(7);
	while (out < STREAM) {
		size_t size = (size_t)rand() % (rand() % 8 == 0 ? 20000 : 300);
		size_t got;

		if (ring_reserve(&ring, size)) {
			for (size_t i = 0; i < size; i++)
				from[i] = text_at(in + i);
			ring_put(&ring, from, size);
			in += size;
		}
		got = ring_peek(&ring, to, (size_t)rand() % 8000);
		for (size_t i = 0; i < got; i++)
			good = good && to[i] == text_at(out + i);
		if (got > 0)
			ring_drop(&ring, got);
		out += got;
		good = good && ring.used == in - out && ring.used <= RING_MAX;
	}
	ok(good, "four million bytes in and out");
	ring_free(&ring);
}

static unsigned wakes;

kern_return_t
ulock_wake(uint32_t *address, int count, int flags)
{
	(void)address;
	(void)count;
	(void)flags;
	wakes++;
	return 0;
}

/* A ring in memory that others have, too: what was in it goes with it. */
static void
test_shared(void)
{
	static union {
		struct io_ring ring;
		char bytes[IO_RING_BYTES];
	} memory;
	struct ring ring = {0};
	struct io_ring *shared = &memory.ring;

	ok(ring_reserve(&ring, 5000), "an ordinary ring");
	for (size_t i = 0; i < 5000; i++)
		from[i] = text_at(i);
	ring_put(&ring, from, 5000);
	ring_drop(&ring, 4000);
	ring_share(&ring, shared);
	is_int(ring_used(&ring), 1000, "is shared with what is in it");
	is_int(ring_peek(&ring, to, sizeof(to)), 1000, "which is read");
	ok(to[0] == text_at(4000) && to[999] == text_at(4999), "as it was");
	ok(ring_reserve(&ring, RING_MAX - 1000), "room for the rest");
	ok(!ring_reserve(&ring, RING_MAX - 999), "and no more");
	ring_watch(&ring, true, true);
	shared->reader.waits |= IO_RING_SLEEPS;
	wakes = 0;
	ring_put(&ring, from, 10);
	is_int(wakes, 1, "who sleeps for bytes is woken");
	is_int(shared->reader.waits, 0, "and has waited");
	is_int(shared->writer.waits, IO_RING_TELL, "not who waits for room");
	ring_drop(&ring, 1010);
	is_int(shared->writer.waits, 0, "before there is some");
	ring_set_gone(&ring, IO_RING_NO_WRITER);
	is_int(shared->gone, IO_RING_NO_WRITER, "an end");
	is_int(shared->writer.busy, 0, "and nothing on its way");
	shared->writer.count = shared->reader.count + RING_MAX + 1;
	is_int(ring_used(&ring), 0, "a spoilt ring has no bytes");
	is_int(ring_room(&ring), 0, "and no room");
	is_int(ring_peek(&ring, to, sizeof(to)), 0, "to be read");
	ok(!ring_reserve(&ring, 1), "or written");
	shared->writer.count = UINT32_MAX - 5;
	shared->reader.count = UINT32_MAX - 5;
	ring_put(&ring, from, 100);
	is_int(ring_peek(&ring, to, sizeof(to)), 100, "counts may wrap");
	ok(memcmp(to, from, 100) == 0, "and bytes be right");
	ring_free(&ring);
}

/* However full the others are, an empty ring gets a message's worth. */
static void
test_limit(void)
{
	enum { COUNT = RINGS_BYTES / RING_MAX + 4 };
	static struct ring rings[COUNT];
	unsigned refused = 0;
	unsigned helped = 0;

	for (unsigned i = 0; i < COUNT; i++) {
		if (!ring_reserve(&rings[i], RING_MAX)) {
			refused++;
			helped += ring_reserve(&rings[i], RING_SURE);
		}
	}
	is_int(refused, 4, "beyond the limit rings do not grow");
	is_int(helped, 4, "but each may carry a message");
	for (unsigned i = 0; i < COUNT; i++)
		ring_free(&rings[i]);
	ok(ring_reserve(&rings[0], RING_MAX), "what is freed may be used");
	ring_free(&rings[0]);
}

int
main(void)
{
	test_growth();
	test_order();
	test_limit();
	test_shared();
	return test_done();
}
