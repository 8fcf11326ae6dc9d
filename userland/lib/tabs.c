/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tab stops.
 */
#include "tabs.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

#define STOPS_MAX 256

static size_t stops[STOPS_MAX] = {8};
static size_t count = 1;

void
tabs_set(const char *list)
{
	const char *at = list;

	for (count = 0; count < STOPS_MAX;) {
		char *end;
		unsigned long stop;

		stop = strtoul(at, &end, 10);
		if (!isdigit((unsigned char)*at) || stop == 0 ||
		    stop > INT_MAX || (count > 0 && stop <= stops[count - 1]))
			break;
		stops[count++] = stop;
		if (*end == '\0')
			return;
		if (*end != ',' && !isblank((unsigned char)*end))
			break;
		at = end + 1;
	}
	die("%s: bad list of tab stops", list);
}

bool
tabs_next(size_t column, size_t *stop)
{
	size_t i = 0;

	if (count == 1) {
		*stop = column + stops[0] - column % stops[0];
		return true;
	}
	while (i < count && stops[i] <= column)
		i++;
	if (i == count)
		return false;
	*stop = stops[i];
	return true;
}

size_t
tabs_behind(size_t column, int byte)
{
	if (byte == '\b')
		return column > 0 ? column - 1 : 0;
	if (byte == '\n' || byte == '\r')
		return 0;
	/* The rest of a character in UTF-8 has no column of its own. */
	if ((byte & 0xc0) == 0x80 && MB_CUR_MAX > 1)
		return column;
	return column + 1;
}
