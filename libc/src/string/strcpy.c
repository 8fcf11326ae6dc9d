/* SPDX-License-Identifier: BSD-2-Clause */
/* Copying of strings. */
#include <string.h>

char *
strcpy(char *restrict to, const char *restrict from)
{
	return memcpy(to, from, strlen(from) + 1);
}

char *
stpcpy(char *restrict to, const char *restrict from)
{
	size_t length = strlen(from);

	memcpy(to, from, length + 1);
	return to + length;
}

char *
stpncpy(char *restrict to, const char *restrict from, size_t size)
{
	size_t length = strnlen(from, size);

	memcpy(to, from, length);
	memset(to + length, 0, size - length);
	return to + length;
}

char *
strncpy(char *restrict to, const char *restrict from, size_t size)
{
	stpncpy(to, from, size);
	return to;
}
