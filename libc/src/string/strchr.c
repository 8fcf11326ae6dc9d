/* SPDX-License-Identifier: BSD-2-Clause */
/* strchr() and strchrnul(): eight bytes at a time once aligned. */
#include <string.h>
#include <strings.h>

#include "word.h"

WORD_READER char *
strchrnul(const char *string, int c)
{
	const char *p = string;
	uint64_t pattern = word_repeat(c);

	for (; (uintptr_t)p % 8 != 0; p++)
		if (*p == '\0' || *p == (char)c)
			return UNCONST(char *, p);
	for (;; p += 8) {
		uint64_t word = *(const word_t *)p;
		uint64_t marks =
		    word_has_zero(word) | word_has_zero(word ^ pattern);

		if (marks != 0)
			return UNCONST(char *, p + word_first_byte(marks));
	}
}

char *
strchr(const char *string, int c)
{
	char *found = strchrnul(string, c);

	return *found == (char)c ? found : NULL;
}
