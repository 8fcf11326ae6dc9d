/* SPDX-License-Identifier: BSD-2-Clause */
/* memmem() and strstr(), in linear time. */
#include <string.h>

#include "two_way.h"
#include "word.h"

void *
memmem(const void *hay, size_t hay_length, const void *needle, size_t length)
{
	const unsigned char *from = hay;
	const unsigned char *first;

	if (length == 0)
		return UNCONST(void *, hay);
	if (length > hay_length)
		return NULL;
	first = memchr(
	    hay, *(const unsigned char *)needle, hay_length - length + 1);
	if (first == NULL || length == 1)
		return UNCONST(void *, first);
	return UNCONST(
	    void *, two_way(first, hay_length - (size_t)(first - from), needle,
			length, false));
}

char *
strstr(const char *hay, const char *needle)
{
	return memmem(hay, strlen(hay), needle, strlen(needle));
}
