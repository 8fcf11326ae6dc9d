/* SPDX-License-Identifier: BSD-2-Clause */
/* strlen() and strnlen(): eight bytes at a time once aligned. */
#include <string.h>

#include "word.h"

WORD_READER size_t
strlen(const char *string)
{
	const char *p = string;

	for (; (uintptr_t)p % 8 != 0; p++)
		if (*p == '\0')
			return (size_t)(p - string);
	for (;; p += 8) {
		uint64_t marks = word_has_zero(*(const word_t *)p);

		if (marks != 0)
			return (size_t)(p - string) + word_first_byte(marks);
	}
}

size_t
strnlen(const char *string, size_t size)
{
	const char *end = memchr(string, '\0', size);

	return end != NULL ? (size_t)(end - string) : size;
}
