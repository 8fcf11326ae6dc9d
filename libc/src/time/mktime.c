/* SPDX-License-Identifier: BSD-2-Clause */
/* Broken-down time back to seconds. */
#include <errno.h>
#include <time.h>

#include "tz.h"

time_t
timegm(struct tm *date)
{
	time_t when;
	struct tm result;

	__seconds_from_date(date, &when);
	if (gmtime_r(&when, &result) == NULL)
		return -1;
	*date = result;
	return when;
}

/*
 * With tm_isdst negative the time is taken as standard or summer time by
 * which of the two it is then; in the hour that occurs twice, as summer time.
 */
time_t
mktime(struct tm *date)
{
	const struct zone *zone = __zone();
	struct tm result;
	time_t local;
	time_t when;

	tzset();
	__seconds_from_date(date, &local);
	if (date->tm_isdst > 0 && zone->has_summer) {
		when = local - zone->offset[1];
	} else if (date->tm_isdst == 0 || !zone->has_summer) {
		when = local - zone->offset[0];
	} else {
		when = local - zone->offset[1];
		if (!__zone_is_summer(zone, when))
			when = local - zone->offset[0];
	}
	if (localtime_r(&when, &result) == NULL)
		return -1;
	*date = result;
	return when;
}
