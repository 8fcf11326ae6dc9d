/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A ring of bytes in memory shared by who writes, who reads, and the server
 * (io_direct, IO_DIRECT_RING). At any time one party writes and one reads; the
 * server does either for those who come by message.
 *
 * count is what a side has put or taken in all, modulo 2^32; it moves after the
 * data. Who can go no further sets IO_RING_SLEEPS in its own side's `waits`,
 * looks again, and sleeps at `event` (ulock, shared) while that has the value
 * it had before. The other side, after it has moved its count, takes what
 * stands in `waits`, and then changes and wakes `event`; or, for IO_RING_TELL,
 * has the server look (io_wake).
 *
 * A side is `held` while a client alone has it, who says himself that it is
 * gone when he closes it. Of one that is not the server alone knows that; so
 * nobody writes who has not asked it while the reader's is not.
 *
 * The server moves bytes after it has answered, as the caller may have given
 * up; meanwhile the side is `busy`, and the caller's next call a message, too.
 *
 * Nobody believes the other: a distance of more than IO_RING_SIZE is no data
 * and no room. Who spoils a ring has spoilt his own stream.
 */
#ifndef SERVERS_IO_RING_H
#define SERVERS_IO_RING_H

#include <mach/traps.h>

#include <servers/io_types.h>
#include <stdbool.h>
#include <string.h>

#define IO_RING_SIZE  65536U
#define IO_RING_DATA  4096U /* where the bytes begin: a page of their own */
#define IO_RING_BYTES (IO_RING_DATA + IO_RING_SIZE) /* of one of them */

/* waits */
#define IO_RING_SLEEPS 1U
#define IO_RING_TELL   2U

/* gone: bits that stay, set by the server and by the client who held a side */
#define IO_RING_NO_READER 1U
#define IO_RING_NO_WRITER 2U

struct io_ring_side {
	uint32_t count;
	uint32_t waits;
	uint32_t event;
	uint32_t held;       /* by a client; else it is the server's */
	uint32_t busy;       /* the server has answered, and is not done */
	uint32_t unused[11]; /* a cache line for each side */
};

struct io_ring {
	struct io_ring_side writer;
	struct io_ring_side reader;
	uint32_t gone;
};

/* Bytes in it; more than IO_RING_SIZE: it is spoilt. */
static inline uint32_t
io_ring_used(const struct io_ring *ring)
{
	return __atomic_load_n(&ring->writer.count, __ATOMIC_ACQUIRE) -
	       __atomic_load_n(&ring->reader.count, __ATOMIC_ACQUIRE);
}

/* How many of `size` bytes from `count` on are before the ring's end. */
static inline uint32_t
io_ring_first(uint32_t count, uint32_t size)
{
	uint32_t left = IO_RING_SIZE - count % IO_RING_SIZE;

	return size < left ? size : left;
}

/* Copy size bytes, of which there are so many, to `to`. */
static inline void
io_ring_get(const struct io_ring *ring, void *to, uint32_t size)
{
	const char *data = (const char *)ring + IO_RING_DATA;
	uint32_t count = __atomic_load_n(&ring->reader.count, __ATOMIC_RELAXED);
	uint32_t part = io_ring_first(count, size);

	memcpy(to, data + count % IO_RING_SIZE, part);
	if (part < size)
		memcpy((char *)to + part, data, size - part);
}

/* Copy size bytes, for which there is room; io_ring_move() shows them. */
static inline void
io_ring_put(struct io_ring *ring, const void *from, uint32_t size)
{
	char *data = (char *)ring + IO_RING_DATA;
	uint32_t count = __atomic_load_n(&ring->writer.count, __ATOMIC_RELAXED);
	uint32_t part = io_ring_first(count, size);

	memcpy(data + count % IO_RING_SIZE, from, part);
	if (part < size)
		memcpy(data, (const char *)from + part, size - part);
}

/* Somebody sleeps there: he is to look again. */
static inline void
io_ring_rouse(struct io_ring_side *side)
{
	(void)__atomic_add_fetch(&side->event, 1, __ATOMIC_SEQ_CST);
	(void)ulock_wake(&side->event, INT32_MAX, ULOCK_SHARED);
}

static inline void
io_ring_set_gone(struct io_ring *ring, uint32_t gone)
{
	uint32_t old = __atomic_fetch_or(&ring->gone, gone, __ATOMIC_SEQ_CST);

	if ((old & gone) == gone)
		return;
	io_ring_rouse(&ring->reader);
	io_ring_rouse(&ring->writer);
}

/*
 * A side has put or taken size bytes: the other may go on. True: the server is
 * to be told.
 */
static inline bool
io_ring_move(
    struct io_ring_side *side, struct io_ring_side *other, uint32_t size)
{
	uint32_t waits;

	(void)__atomic_add_fetch(&side->count, size, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&other->waits, __ATOMIC_SEQ_CST) == 0)
		return false;
	waits = __atomic_exchange_n(&other->waits, 0, __ATOMIC_SEQ_CST);
	if ((waits & IO_RING_SLEEPS) != 0)
		io_ring_rouse(other);
	return (waits & IO_RING_TELL) != 0;
}

#endif
