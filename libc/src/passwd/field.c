/* SPDX-License-Identifier: BSD-2-Clause */
/* Fields of a line, separated by colons. */
#include <stdlib.h>
#include <string.h>

#include "database.h"

char *
__field_next(char **line)
{
	char *field = *line;

	if (field == NULL)
		return NULL;
	*line = strchr(field, ':');
	if (*line != NULL)
		*(*line)++ = '\0';
	return field;
}

bool
__field_number(const char *field, unsigned *value)
{
	char *end;
	unsigned long number;

	if (field == NULL || *field < '0' || *field > '9')
		return false;
	number = strtoul(field, &end, 10);
	*value = (unsigned)number;
	return *end == '\0' && number < 0xffffffffUL;
}
