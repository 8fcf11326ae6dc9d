/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copies of more than 32 bytes whose destination starts inside the source: from
 * the end, in 32-byte steps; the first step overlaps the one before.
 */
#ifndef INTERNAL_COPY_BACKWARD_H
#define INTERNAL_COPY_BACKWARD_H

#include "word.h"

static inline void
copy_backward(unsigned char *to, const unsigned char *from, size_t size)
{
	word_t a = *(const word_t *)from;
	word_t b = *(const word_t *)(from + 8);
	word_t c = *(const word_t *)(from + 16);
	word_t d = *(const word_t *)(from + 24);
	size_t left = size;

	while (left > 32) {
		const unsigned char *end = from + left;
		word_t p = *(const word_t *)(end - 8);
		word_t q = *(const word_t *)(end - 16);
		word_t r = *(const word_t *)(end - 24);
		word_t s = *(const word_t *)(end - 32);

		*(word_t *)(to + left - 8) = p;
		*(word_t *)(to + left - 16) = q;
		*(word_t *)(to + left - 24) = r;
		*(word_t *)(to + left - 32) = s;
		left -= 32;
	}
	*(word_t *)to = a;
	*(word_t *)(to + 8) = b;
	*(word_t *)(to + 16) = c;
	*(word_t *)(to + 24) = d;
}

#endif
