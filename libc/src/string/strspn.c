/* SPDX-License-Identifier: BSD-2-Clause */
/* Spans: a set of bytes as 256 bits. */
#include <string.h>

#include "word.h"

static void
set_make(uint64_t set[4], const char *members)
{
	const unsigned char *p = (const unsigned char *)members;

	set[0] = set[1] = set[2] = set[3] = 0;
	for (; *p != '\0'; p++)
		set[*p / 64] |= 1UL << (*p % 64);
}

static size_t
set_span(const uint64_t set[4], const char *string, uint64_t wanted)
{
	const unsigned char *p = (const unsigned char *)string;

	while (((set[*p / 64] >> (*p % 64)) & 1) == wanted)
		p++;
	return (size_t)(p - (const unsigned char *)string);
}

size_t
strspn(const char *string, const char *accept)
{
	uint64_t set[4];

	set_make(set, accept);
	return set_span(set, string, 1);
}

size_t
strcspn(const char *string, const char *reject)
{
	uint64_t set[4];

	set_make(set, reject);
	set[0] |= 1;
	return set_span(set, string, 0);
}

char *
strpbrk(const char *string, const char *accept)
{
	string += strcspn(string, accept);
	return *string != '\0' ? UNCONST(char *, string) : NULL;
}
