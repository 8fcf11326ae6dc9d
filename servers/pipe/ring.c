/* SPDX-License-Identifier: BSD-2-Clause */
#include "ring.h"

#include <stdlib.h>
#include <string.h>

#define RING_MIN  4096U
#define RING_KEEP 16384U /* larger ones are given back when empty */

static size_t total; /* bytes of all rings */

/* Copy between the ring and memory, in the two parts that a ring has. */
static size_t
first_part(const struct ring *ring, size_t at, size_t size)
{
	size_t left = ring->capacity - (at & (ring->capacity - 1));

	return size < left ? size : left;
}

size_t
ring_used(const struct ring *ring)
{
	uint32_t used;

	if (ring->shared == NULL)
		return ring->used;
	used = io_ring_used(ring->shared);
	return used <= IO_RING_SIZE ? used : 0;
}

uint32_t
ring_taken(const struct ring *ring)
{
	return ring->shared != NULL
		   ? __atomic_load_n(
			 &ring->shared->reader.count, __ATOMIC_ACQUIRE)
		   : ring->taken;
}

size_t
ring_peek(const struct ring *ring, void *data, size_t size)
{
	size_t used = ring_used(ring);
	size_t part;

	if (size > used)
		size = used;
	if (size == 0)
		return 0;
	if (ring->shared != NULL) {
		io_ring_get(ring->shared, data, (uint32_t)size);
		return size;
	}
	part = first_part(ring, ring->head, size);
	memcpy(data, ring->data + (ring->head & (ring->capacity - 1)), part);
	memcpy((char *)data + part, ring->data, size - part);
	return size;
}

static bool
grow(struct ring *ring, size_t capacity)
{
	char *data = malloc(capacity);

	if (data == NULL)
		return false;
	(void)ring_peek(ring, data, ring->used);
	free(ring->data);
	total += capacity - ring->capacity;
	ring->data = data;
	ring->capacity = capacity;
	ring->head = 0;
	return true;
}

bool
ring_reserve(struct ring *ring, size_t size)
{
	size_t capacity = ring->capacity != 0 ? ring->capacity : RING_MIN;

	if (ring->shared != NULL)
		return size <= ring_room(ring);
	if (size > RING_MAX - ring->used)
		return false;
	while (capacity < ring->used + size)
		capacity *= 2;
	if (capacity == ring->capacity)
		return true;
	if (total + capacity - ring->capacity > RINGS_BYTES &&
	    (ring->used > 0 || size > RING_SURE))
		return false;
	return grow(ring, capacity);
}

size_t
ring_room(const struct ring *ring)
{
	uint32_t used;

	if (ring->shared == NULL)
		return ring->capacity - ring->used;
	used = io_ring_used(ring->shared);
	return used <= IO_RING_SIZE ? IO_RING_SIZE - used : 0;
}

void
ring_put(struct ring *ring, const void *data, size_t size)
{
	size_t at = ring->head + ring->used;
	size_t part;

	if (size == 0)
		return;
	if (ring->shared != NULL) {
		struct io_ring *shared = ring->shared;

		io_ring_put(shared, data, (uint32_t)size);
		(void)io_ring_move(
		    &shared->writer, &shared->reader, (uint32_t)size);
		return;
	}
	part = first_part(ring, at, size);
	memcpy(ring->data + (at & (ring->capacity - 1)), data, part);
	memcpy(ring->data, (const char *)data + part, size - part);
	ring->used += size;
}

void
ring_drop(struct ring *ring, size_t size)
{
	struct io_ring *shared = ring->shared;

	if (shared != NULL) {
		(void)io_ring_move(
		    &shared->reader, &shared->writer, (uint32_t)size);
		return;
	}
	ring->head += size;
	ring->used -= size;
	ring->taken += (uint32_t)size;
	if (ring->used == 0 && ring->capacity > RING_KEEP)
		ring_free(ring);
}

void
ring_share(struct ring *ring, struct io_ring *shared)
{
	struct ring old = *ring;
	size_t part;

	ring->shared = shared;
	if (old.used > 0) {
		part = first_part(&old, old.head, old.used);
		ring_put(
		    ring, old.data + (old.head & (old.capacity - 1)), part);
		ring_put(ring, old.data, old.used - part);
	}
	ring->data = NULL;
	ring->capacity = 0;
	ring->used = 0;
	ring_free(&old);
}

void
ring_set_gone(struct ring *ring, unsigned gone)
{
	if (ring->shared == NULL)
		return;
	ring_set_busy(ring, false, false); /* whoever says so: we are not */
	io_ring_set_gone(ring->shared, gone);
}

void
ring_set_held(struct ring *ring, bool reader)
{
	struct io_ring *shared = ring->shared;

	__atomic_store_n(reader ? &shared->reader.held : &shared->writer.held,
	    1, __ATOMIC_SEQ_CST);
}

void
ring_set_busy(struct ring *ring, bool reader, bool busy)
{
	struct io_ring *shared = ring->shared;

	if (shared == NULL)
		return;
	__atomic_store_n(reader ? &shared->reader.busy : &shared->writer.busy,
	    busy, __ATOMIC_SEQ_CST);
	/* A reader who saw the writer end has waited for that. */
	if (!busy && __atomic_load_n(&shared->gone, __ATOMIC_SEQ_CST) != 0)
		io_ring_rouse(&shared->reader);
}

void
ring_watch(struct ring *ring, bool data, bool room)
{
	if (data)
		(void)__atomic_or_fetch(&ring->shared->reader.waits,
		    IO_RING_TELL, __ATOMIC_SEQ_CST);
	if (room)
		(void)__atomic_or_fetch(&ring->shared->writer.waits,
		    IO_RING_TELL, __ATOMIC_SEQ_CST);
}

void
ring_free(struct ring *ring)
{
	free(ring->data);
	total -= ring->capacity;
	*ring = (struct ring){.taken = ring->taken};
}
