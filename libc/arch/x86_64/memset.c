/* SPDX-License-Identifier: BSD-2-Clause */
/* memset(): string stores of 8 bytes; the last word overlaps the one before. */
#include <string.h>

#include "word.h"

static void
set_small(unsigned char *to, uint64_t pattern, size_t size)
{
	if (size >= 8) {
		*(word_t *)to = pattern;
		*(word_t *)(to + size - 8) = pattern;
	} else if (size >= 4) {
		*(half_t *)to = (uint32_t)pattern;
		*(half_t *)(to + size - 4) = (uint32_t)pattern;
	} else if (size >= 2) {
		*(short_t *)to = (uint16_t)pattern;
		*(short_t *)(to + size - 2) = (uint16_t)pattern;
	} else if (size == 1) {
		*to = (unsigned char)pattern;
	}
}

void *
memset(void *memory, int c, size_t size)
{
	unsigned char *to = memory;
	uint64_t pattern = word_repeat(c);
	size_t words = size / 8;

	if (size <= 16) {
		set_small(to, pattern, size);
		return memory;
	}
	*(word_t *)(to + size - 8) = pattern;
	__asm__ volatile("rep stosq"
			 : "+D"(to), "+c"(words)
			 : "a"(pattern)
			 : "memory");
	return memory;
}
