/* SPDX-License-Identifier: BSD-2-Clause */
/* Copying and appending that always terminate and tell the full length. */
#include <string.h>

size_t
strlcpy(char *restrict to, const char *restrict from, size_t size)
{
	size_t length = strlen(from);

	if (length < size) {
		memcpy(to, from, length + 1);
	} else if (size > 0) {
		memcpy(to, from, size - 1);
		to[size - 1] = '\0';
	}
	return length;
}

size_t
strlcat(char *restrict to, const char *restrict from, size_t size)
{
	size_t used = strnlen(to, size);

	if (used == size)
		return size + strlen(from);
	return used + strlcpy(to + used, from, size - used);
}
