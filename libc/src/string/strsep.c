/* SPDX-License-Identifier: BSD-2-Clause */
/* strsep(): fields that may be empty. */
#include <string.h>

char *
strsep(char **rest, const char *separators)
{
	char *field = *rest;
	char *end;

	if (field == NULL)
		return NULL;
	end = field + strcspn(field, separators);
	*rest = NULL;
	if (*end != '\0') {
		*end = '\0';
		*rest = end + 1;
	}
	return field;
}
