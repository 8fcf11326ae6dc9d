/* SPDX-License-Identifier: BSD-2-Clause */
/* memchr(): by aligned words, in the first without what is before. */
#include <string.h>

#include "word.h"

WORD_READER void *
memchr(const void *memory, int c, size_t size)
{
	uintptr_t p = (uintptr_t)memory;
	uint64_t pattern = word_repeat(c);
	uint64_t word;
	uint64_t marks;
	uintptr_t end;

	if (size == 0)
		return NULL;
	if (__builtin_add_overflow(p, size, &end))
		end = UINTPTR_MAX;
	word = *(const word_t *)word_around(p) ^ pattern;
	marks = word_has_zero(word | word_before(p));
	for (p = word_around(p); marks == 0; marks = word_has_zero(word)) {
		p += 8;
		if (p >= end)
			return NULL;
		word = *(const word_t *)p ^ pattern;
	}
	p += word_first_byte(marks);
	return p < end ? (void *)p : NULL;
}
