/* SPDX-License-Identifier: BSD-2-Clause */
/* Wide formats and their results, as UTF-8, which the engines work with. */
#include "wide_format.h"

#include <stdlib.h>
#include <wchar.h>

#include "locale_state.h"

char *
__wide_to_utf8(const wchar_t *wide)
{
	char *narrow = malloc(4 * wcslen(wide) + 1);
	char *at = narrow;
	size_t size;

	while (narrow != NULL && *wide != 0) {
		size = __utf8_encode(at, (unsigned)*wide++);
		if (size == (size_t)-1) {
			free(narrow);
			return NULL;
		}
		at += size;
	}
	if (narrow != NULL)
		*at = '\0';
	return narrow;
}

wchar_t
__utf8_next(const char **at)
{
	const unsigned char *from = (const unsigned char *)*at;
	unsigned character = from[0];
	unsigned more = 0;

	if (character >= 0xf0)
		more = 3;
	else if (character >= 0xe0)
		more = 2;
	else if (character >= 0xc0)
		more = 1;
	if (more > 0)
		character &= 0x3fU >> more;
	for (unsigned i = 1; i <= more; i++)
		character = character << 6 | (from[i] & 0x3fU);
	*at += more + 1;
	return (wchar_t)character;
}
