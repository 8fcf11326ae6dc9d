/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The bytes in a pipe: a ring that grows to its limit as it is filled. A large
 * one is given back when it is empty.
 */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stddef.h>

#define RING_MAX    65536U
#define RING_SURE   8192U       /* an empty ring gets so much in any case */
#define RINGS_BYTES (32U << 20) /* beyond this, rings do not grow */

struct ring {
	char *data;
	size_t capacity; /* 0, or a power of two */
	size_t head;     /* counts up; next to read is head % capacity */
	size_t used;
};

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
