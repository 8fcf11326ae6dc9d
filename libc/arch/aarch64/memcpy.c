/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memcpy() and memmove(): by pairs of registers, 64 bytes at a time; large
 * copies by vector registers, 128 at a time, which only then is worth owning
 * their state. The last step overlaps the one before.
 */
#include <string.h>

#include "copy_backward.h"
#include "copy_small.h"

#define LARGE 16384U

struct place {
	unsigned char *to;
	const unsigned char *from;
};

/* So many blocks of 128 bytes. */
static inline void
copy_vectors(struct place *place, size_t blocks)
{
	__asm__ volatile(
	    "1: ldp q0, q1, [%[from]], #32\n\t"
	    "ldp q2, q3, [%[from]], #32\n\t"
	    "ldp q4, q5, [%[from]], #32\n\t"
	    "ldp q6, q7, [%[from]], #32\n\t"
	    "subs %[blocks], %[blocks], #1\n\t"
	    "stp q0, q1, [%[to]], #32\n\t"
	    "stp q2, q3, [%[to]], #32\n\t"
	    "stp q4, q5, [%[to]], #32\n\t"
	    "stp q6, q7, [%[to]], #32\n\t"
	    "b.ne 1b"
	    : [to] "+r"(place->to), [from] "+r"(place->from),
	    [blocks] "+r"(blocks)
	    :
	    : "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "cc", "memory");
}

/* So many blocks of 64 bytes. */
static inline void
copy_pairs(struct place *place, size_t blocks)
{
	__asm__ volatile(
	    "1: ldp x4, x5, [%[from]], #16\n\t"
	    "ldp x6, x7, [%[from]], #16\n\t"
	    "ldp x8, x9, [%[from]], #16\n\t"
	    "ldp x10, x11, [%[from]], #16\n\t"
	    "subs %[blocks], %[blocks], #1\n\t"
	    "stp x4, x5, [%[to]], #16\n\t"
	    "stp x6, x7, [%[to]], #16\n\t"
	    "stp x8, x9, [%[to]], #16\n\t"
	    "stp x10, x11, [%[to]], #16\n\t"
	    "b.ne 1b"
	    : [to] "+r"(place->to), [from] "+r"(place->from),
	    [blocks] "+r"(blocks)
	    :
	    : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "cc", "memory");
}

/* 32 < size; the destination does not start inside the source. */
static void
copy_forward(unsigned char *to, const unsigned char *from, size_t size)
{
	const unsigned char *end = from + size - 32;
	unsigned char *end_to = to + size - 32;
	word_t a = *(const word_t *)end;
	word_t b = *(const word_t *)(end + 8);
	word_t c = *(const word_t *)(end + 16);
	word_t d = *(const word_t *)(end + 24);
	struct place place = {to, from};

	if (size >= LARGE)
		copy_vectors(&place, size / 128);
	else if (size >= 64)
		copy_pairs(&place, size / 64);
	while (place.from < end) {
		copy_upto_32(place.to, place.from, 32);
		place.from += 32;
		place.to += 32;
	}
	*(word_t *)end_to = a;
	*(word_t *)(end_to + 8) = b;
	*(word_t *)(end_to + 16) = c;
	*(word_t *)(end_to + 24) = d;
}

/* Of these copies: memcpy() and memmove(). */
#include "memcpy.h"
