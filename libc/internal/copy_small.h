/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copies of at most 32 bytes without a loop: all loads come before all stores,
 * so source and destination may overlap.
 */
#ifndef INTERNAL_COPY_SMALL_H
#define INTERNAL_COPY_SMALL_H

#include "word.h"

static inline void
copy_upto_16(unsigned char *to, const unsigned char *from, size_t size)
{
	if (size >= 8) {
		word_t head = *(const word_t *)from;
		word_t tail = *(const word_t *)(from + size - 8);

		*(word_t *)to = head;
		*(word_t *)(to + size - 8) = tail;
	} else if (size >= 4) {
		half_t head = *(const half_t *)from;
		half_t tail = *(const half_t *)(from + size - 4);

		*(half_t *)to = head;
		*(half_t *)(to + size - 4) = tail;
	} else if (size >= 2) {
		short_t head = *(const short_t *)from;
		short_t tail = *(const short_t *)(from + size - 2);

		*(short_t *)to = head;
		*(short_t *)(to + size - 2) = tail;
	} else if (size == 1) {
		*to = *from;
	}
}

/* 16 < size <= 32 */
static inline void
copy_upto_32(unsigned char *to, const unsigned char *from, size_t size)
{
	word_t a = *(const word_t *)from;
	word_t b = *(const word_t *)(from + 8);
	word_t c = *(const word_t *)(from + size - 16);
	word_t d = *(const word_t *)(from + size - 8);

	*(word_t *)to = a;
	*(word_t *)(to + 8) = b;
	*(word_t *)(to + size - 16) = c;
	*(word_t *)(to + size - 8) = d;
}

#endif
