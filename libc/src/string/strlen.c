/* SPDX-License-Identifier: BSD-2-Clause */
/* strlen() and strnlen(): by aligned words, as memchr(). */
#include <string.h>

#include "word.h"

WORD_READER size_t
strlen(const char *string)
{
	uintptr_t p = word_around((uintptr_t)string);
	uint64_t marks =
	    word_has_zero(*(const word_t *)p | word_before((uintptr_t)string));

	while (marks == 0) {
		p += 8;
		marks = word_has_zero(*(const word_t *)p);
	}
	return p + word_first_byte(marks) - (uintptr_t)string;
}

size_t
strnlen(const char *string, size_t size)
{
	const char *end = memchr(string, '\0', size);

	return end != NULL ? (size_t)(end - string) : size;
}
