/* SPDX-License-Identifier: BSD-2-Clause */
/* memchr(): eight bytes at a time once aligned. */
#include <string.h>

#include "word.h"

WORD_READER void *
memchr(const void *memory, int c, size_t size)
{
	const unsigned char *p = memory;
	const unsigned char *end;
	uintptr_t limit;
	uint64_t pattern = word_repeat(c);

	if (__builtin_add_overflow((uintptr_t)p, size, &limit))
		limit = UINTPTR_MAX;
	end = (const unsigned char *)limit;
	for (; p < end && (uintptr_t)p % 8 != 0; p++)
		if (*p == (unsigned char)c)
			return UNCONST(void *, p);
	for (; p < end; p += 8) {
		uint64_t marks = word_has_zero(*(const word_t *)p ^ pattern);

		if (marks != 0) {
			p += word_first_byte(marks);
			return p < end ? UNCONST(void *, p) : NULL;
		}
	}
	return NULL;
}
