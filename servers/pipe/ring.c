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
ring_peek(const struct ring *ring, void *data, size_t size)
{
	size_t part;

	if (size > ring->used)
		size = ring->used;
	if (size == 0)
		return 0;
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
	return ring->capacity - ring->used;
}

void
ring_put(struct ring *ring, const void *data, size_t size)
{
	size_t at = ring->head + ring->used;
	size_t part;

	if (size == 0)
		return;
	part = first_part(ring, at, size);
	memcpy(ring->data + (at & (ring->capacity - 1)), data, part);
	memcpy(ring->data, (const char *)data + part, size - part);
	ring->used += size;
}

void
ring_drop(struct ring *ring, size_t size)
{
	ring->head += size;
	ring->used -= size;
	if (ring->used == 0 && ring->capacity > RING_KEEP)
		ring_free(ring);
}

void
ring_free(struct ring *ring)
{
	free(ring->data);
	total -= ring->capacity;
	memset(ring, 0, sizeof(*ring));
}
