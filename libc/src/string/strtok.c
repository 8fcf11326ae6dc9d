/* SPDX-License-Identifier: BSD-2-Clause */
/* Taking strings apart. */
#include <string.h>

char *
strtok_r(char *restrict string, const char *restrict separators,
    char **restrict rest)
{
	char *end;

	if (string == NULL)
		string = *rest;
	if (string == NULL)
		return NULL;
	string += strspn(string, separators);
	if (*string == '\0') {
		*rest = NULL;
		return NULL;
	}
	end = string + strcspn(string, separators);
	*rest = NULL;
	if (*end != '\0') {
		*end = '\0';
		*rest = end + 1;
	}
	return string;
}

char *
strtok(char *restrict string, const char *restrict separators)
{
	static char *rest;

	return strtok_r(string, separators, &rest);
}
