/* SPDX-License-Identifier: BSD-2-Clause */
/* Appending to strings. */
#include <string.h>

char *
strcat(char *restrict to, const char *restrict from)
{
	memcpy(to + strlen(to), from, strlen(from) + 1);
	return to;
}

char *
strncat(char *restrict to, const char *restrict from, size_t size)
{
	size_t length = strnlen(from, size);
	char *end = to + strlen(to);

	memcpy(end, from, length);
	end[length] = '\0';
	return to;
}
