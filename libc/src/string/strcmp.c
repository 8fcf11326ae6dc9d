/* SPDX-License-Identifier: BSD-2-Clause */
/* strcmp(): eight bytes at a time where both strings align alike. */
#include <string.h>

#include "word.h"

WORD_READER int
strcmp(const char *left, const char *right)
{
	const unsigned char *a = (const unsigned char *)left;
	const unsigned char *b = (const unsigned char *)right;

	if (((uintptr_t)a ^ (uintptr_t)b) % 8 == 0) {
		for (; (uintptr_t)a % 8 != 0; a++, b++)
			if (*a == '\0' || *a != *b)
				return *a - *b;
		for (;; a += 8, b += 8) {
			uint64_t word = *(const word_t *)a;

			if (word != *(const word_t *)b ||
			    word_has_zero(word) != 0)
				break;
		}
	}
	for (; *a != '\0' && *a == *b; a++)
		b++;
	return *a - *b;
}
