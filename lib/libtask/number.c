/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers on command lines; what is none ends the program. */
#include <libtask/task.h>
#include <stdlib.h>

#include "lib/util.h"

#define INTERVAL_MAX 1000000.0

struct timespec
parse_interval(const char *word)
{
	char *end;
	double seconds = strtod(word, &end);
	struct timespec interval;

	/* Not <: so that what is no number at all is refused. */
	if (*end != '\0' || end == word ||
	    !(seconds > 0 && seconds <= INTERVAL_MAX))
		die("%s: not a number of seconds", word);
	interval.tv_sec = (time_t)seconds;
	interval.tv_nsec =
	    (long)((seconds - (double)interval.tv_sec) * 1000000000.0);
	return interval;
}

unsigned long
parse_count(const char *word)
{
	char *end;
	unsigned long count = strtoul(word, &end, 10);

	if (*end != '\0' || end == word || *word == '-')
		die("%s: not a number", word);
	return count;
}
