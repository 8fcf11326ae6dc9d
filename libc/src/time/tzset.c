/* SPDX-License-Identifier: BSD-2-Clause */
/* tzset() and the variables it sets. */
#include <time.h>

#include "tz.h"
#include "word.h"

static char utc[] = "UTC";

char *tzname[2] = {utc, utc};
int daylight;
long timezone;

void
tzset(void)
{
	const struct zone *zone = __zone();

	tzname[0] = UNCONST(char *, zone->name[0]);
	tzname[1] = UNCONST(char *, zone->name[1]);
	daylight = zone->has_summer;
	timezone = -zone->offset[0];
}
