/* SPDX-License-Identifier: BSD-2-Clause */
/* Broken-down time. */
#include <errno.h>
#include <time.h>

#include "tz.h"

struct tm *
gmtime_r(const time_t *restrict when, struct tm *restrict date)
{
	if (!__date_from_seconds(*when, date)) {
		errno = EOVERFLOW;
		return NULL;
	}
	date->tm_isdst = 0;
	date->__tm_gmtoff = 0;
	date->__tm_zone = "UTC";
	return date;
}

struct tm *
gmtime(const time_t *when)
{
	static struct tm date;

	return gmtime_r(when, &date);
}

struct tm *
localtime_r(const time_t *restrict when, struct tm *restrict date)
{
	const struct zone *zone = __zone();
	bool summer = __zone_is_summer(zone, *when);
	time_t local;

	if (__builtin_add_overflow(*when, zone->offset[summer], &local) ||
	    !__date_from_seconds(local, date)) {
		errno = EOVERFLOW;
		return NULL;
	}
	date->tm_isdst = summer;
	date->__tm_gmtoff = zone->offset[summer];
	date->__tm_zone = zone->name[summer];
	return date;
}

struct tm *
localtime(const time_t *when)
{
	static struct tm date;

	tzset();
	return localtime_r(when, &date);
}
