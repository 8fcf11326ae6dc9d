/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memcpy() and memmove() by 32-byte steps of register pairs; architectures
 * with something better have a memcpy.c of their own. The last step overlaps
 * the one before instead of ending byte by byte.
 */
#include <string.h>

#include "copy_backward.h"
#include "copy_small.h"

static void
copy_forward(unsigned char *to, const unsigned char *from, size_t size)
{
	const unsigned char *tail = from + size - 32;
	unsigned char *tail_to = to + size - 32;
	word_t a = *(const word_t *)tail;
	word_t b = *(const word_t *)(tail + 8);
	word_t c = *(const word_t *)(tail + 16);
	word_t d = *(const word_t *)(tail + 24);

	while (from < tail) {
		word_t p = *(const word_t *)from;
		word_t q = *(const word_t *)(from + 8);
		word_t r = *(const word_t *)(from + 16);
		word_t s = *(const word_t *)(from + 24);

		*(word_t *)to = p;
		*(word_t *)(to + 8) = q;
		*(word_t *)(to + 16) = r;
		*(word_t *)(to + 24) = s;
		from += 32;
		to += 32;
	}
	*(word_t *)tail_to = a;
	*(word_t *)(tail_to + 8) = b;
	*(word_t *)(tail_to + 16) = c;
	*(word_t *)(tail_to + 24) = d;
}

/* Of these copies: memcpy() and memmove(). */
#include "memcpy.h"
