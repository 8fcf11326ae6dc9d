/* SPDX-License-Identifier: BSD-2-Clause */
/* memset() by 32-byte steps; the last step overlaps the one before. */
#include <string.h>
#include <strings.h>

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

static inline void
set_32(unsigned char *to, uint64_t pattern)
{
	*(word_t *)to = pattern;
	*(word_t *)(to + 8) = pattern;
	*(word_t *)(to + 16) = pattern;
	*(word_t *)(to + 24) = pattern;
}

void *
memset(void *memory, int c, size_t size)
{
	unsigned char *to = memory;
	unsigned char *tail = to + size - 32;
	uint64_t pattern = word_repeat(c);

	if (size <= 16) {
		set_small(to, pattern, size);
		return memory;
	}
	if (size < 32) {
		set_small(to, pattern, 16);
		set_small(to + size - 16, pattern, 16);
		return memory;
	}
	for (; to < tail; to += 32)
		set_32(to, pattern);
	set_32(tail, pattern);
	return memory;
}
