/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The last lines typed: a ring.
 */
#include <stdlib.h>
#include <string.h>

#include "msh.h"

#define HISTORY_SIZE 500

static char *ring[HISTORY_SIZE];
static int next_slot;
static int kept;
static int added; /* since the beginning: the newest line's number */

int
history_count(void)
{
	return kept;
}

const char *
history_get(int back)
{
	if (back < 1 || back > kept)
		return NULL;
	return ring[(next_slot - back + HISTORY_SIZE) % HISTORY_SIZE];
}

int
history_number(int back)
{
	return added - back + 1;
}

void
history_replace(const char *line)
{
	if (kept == 0)
		return;
	next_slot = (next_slot + HISTORY_SIZE - 1) % HISTORY_SIZE;
	kept--;
	added--;
	history_add(line);
}

void
history_add(const char *line)
{
	const char *newest = history_get(1);

	if (line[strspn(line, " \t\n")] == '\0')
		return;
	if (newest != NULL && strcmp(newest, line) == 0)
		return;
	free(ring[next_slot]);
	ring[next_slot] = xstrdup(line);
	next_slot = (next_slot + 1) % HISTORY_SIZE;
	added++;
	if (kept < HISTORY_SIZE)
		kept++;
}
