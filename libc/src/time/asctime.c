/* SPDX-License-Identifier: BSD-2-Clause */
/* Time as text in the one old form. */
#include <errno.h>
#include <stdio.h>
#include <time.h>

char *
asctime_r(const struct tm *restrict date, char *restrict to)
{
	static const char days[][4] = {
	    "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	const char *day = "???";
	const char *month = "???";

	if (date->tm_wday >= 0 && date->tm_wday < 7)
		day = days[date->tm_wday];
	if (date->tm_mon >= 0 && date->tm_mon < 12)
		month = months[date->tm_mon];
	if (snprintf(to, 26, "%s %s%3d %.2d:%.2d:%.2d %ld\n", day, month,
		date->tm_mday, date->tm_hour, date->tm_min, date->tm_sec,
		1900L + date->tm_year) >= 26) {
		errno = EOVERFLOW;
		return NULL;
	}
	return to;
}

char *
asctime(const struct tm *date)
{
	static char space[26];

	return asctime_r(date, space);
}

char *
ctime_r(const time_t *when, char *to)
{
	struct tm date;

	return localtime_r(when, &date) != NULL ? asctime_r(&date, to) : NULL;
}

char *
ctime(const time_t *when)
{
	struct tm *date = localtime(when);

	return date != NULL ? asctime(date) : NULL;
}
