/* SPDX-License-Identifier: BSD-2-Clause */
/* Comparison and search that ignore the case of ASCII letters. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "two_way.h"
#include "word.h"

int
strncasecmp(const char *left, const char *right, size_t size)
{
	const unsigned char *a = (const unsigned char *)left;
	const unsigned char *b = (const unsigned char *)right;

	for (; size > 0; size--) {
		int difference = tolower(*a) - tolower(*b);

		if (difference != 0 || *a == '\0')
			return difference;
		a++;
		b++;
	}
	return 0;
}

int
strcasecmp(const char *left, const char *right)
{
	return strncasecmp(left, right, SIZE_MAX);
}

int
strcasecmp_l(const char *left, const char *right, locale_t locale)
{
	(void)locale;
	return strncasecmp(left, right, SIZE_MAX);
}

int
strncasecmp_l(const char *left, const char *right, size_t size, locale_t locale)
{
	(void)locale;
	return strncasecmp(left, right, size);
}

char *
strcasestr(const char *hay, const char *needle)
{
	size_t length = strlen(needle);

	if (length == 0)
		return UNCONST(char *, hay);
	return UNCONST(
	    char *, two_way((const unsigned char *)hay, strlen(hay),
			(const unsigned char *)needle, length, true));
}
