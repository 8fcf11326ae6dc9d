/* SPDX-License-Identifier: BSD-2-Clause */
/* getsubopt(): options inside an option argument. */
#include <stdlib.h>
#include <string.h>

int
getsubopt(char **option, char *const *names, char **value)
{
	char *start = *option;
	char *end = start + strcspn(start, ",");
	int i;

	*option = end;
	if (*end != '\0') {
		*end = '\0';
		*option = end + 1;
	}
	*value = NULL;
	for (i = 0; names[i] != NULL; i++) {
		size_t length = strlen(names[i]);

		if (strncmp(names[i], start, length) != 0)
			continue;
		if (start[length] == '=')
			*value = start + length + 1;
		else if (start[length] != '\0')
			continue;
		return i;
	}
	*value = start;
	return -1;
}
