/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The bytes in a pipe: a ring that grows to its limit as it is filled. A large
 * one is given back when it is empty. One that is shared with clients
 * (servers/io_ring.h) is not this memory but theirs and ours: then how much is
 * in it is what they say, at most its size.
 */
#ifndef RING_H
#define RING_H

#include <servers/io_ring.h>
#include <stdbool.h>
#include <stddef.h>

#define RING_MAX    IO_RING_SIZE
#define RING_SURE   8192U       /* an empty ring gets so much in any case */
#define RINGS_BYTES (32U << 20) /* beyond this, rings do not grow */

struct ring {
	char *data;
	size_t capacity; /* 0, or a power of two */
	size_t head;     /* counts up; next to read is head % capacity */
	size_t used;
	uint32_t taken;         /* in all; while it is not shared */
	struct io_ring *shared; /* or NULL; `data` is not used then */
};

extern size_t ring_used(const struct ring *ring);
/* How many bytes have been taken out of it in all, modulo 2^32. */
extern uint32_t ring_taken(const struct ring *ring);
/* What is in it goes to `shared`, which is new and empty. */
extern void ring_share(struct ring *ring, struct io_ring *shared);
/* Tell who shares it that a side is gone (IO_RING_NO_*). */
extern void ring_set_gone(struct ring *ring, unsigned gone);
/* A client has that side of a shared one now. */
extern void ring_set_held(struct ring *ring, bool reader);
/* We are about to move bytes, or have done so. */
extern void ring_set_busy(struct ring *ring, bool reader, bool busy);
/* We want to hear of changes: data for who reads, room for who writes. */
extern void ring_watch(struct ring *ring, bool data, bool room);

/* May size bytes be put? Grows it so that they may, if memory allows. */
extern bool ring_reserve(struct ring *ring, size_t size);
/* How many may be put, without growing it. */
extern size_t ring_room(const struct ring *ring);
/* Puts what ring_reserve has made room for. */
extern void ring_put(struct ring *ring, const void *data, size_t size);
/* Copies at most size bytes from the front; ring_drop takes them away. */
extern size_t ring_peek(const struct ring *ring, void *data, size_t size);
extern void ring_drop(struct ring *ring, size_t size);
extern void ring_free(struct ring *ring);

#endif
