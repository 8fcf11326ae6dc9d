/* SPDX-License-Identifier: BSD-2-Clause */
/* memcmp(): eight bytes at a time, the first difference in memory order. */
#include <string.h>
#include <strings.h>

#include "word.h"

int
memcmp(const void *left, const void *right, size_t size)
{
	const unsigned char *a = left;
	const unsigned char *b = right;

	for (; size >= 8; size -= 8) {
		uint64_t x = *(const word_t *)a;
		uint64_t y = *(const word_t *)b;

		if (x != y) {
			x = __builtin_bswap64(x);
			y = __builtin_bswap64(y);
			return x < y ? -1 : 1;
		}
		a += 8;
		b += 8;
	}
	for (; size > 0; size--) {
		if (*a != *b)
			return *a - *b;
		a++;
		b++;
	}
	return 0;
}
