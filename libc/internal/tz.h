/* SPDX-License-Identifier: BSD-2-Clause */
/* The time zone: a POSIX TZ string, parsed. */
#ifndef INTERNAL_TZ_H
#define INTERNAL_TZ_H

#include <stdbool.h>
#include <time.h>

#define ZONE_NAME_MAX 16

/* When a change happens, in the local time before it. */
struct zone_rule {
	char kind; /* M month.week.day, J day 1..365 without Feb 29, 0 day
		      0..365 */
	int month;
	int week;
	int day;
	int second; /* of the day */
};

struct zone {
	char name[2][ZONE_NAME_MAX];
	long offset[2]; /* seconds east of Greenwich: standard, summer */
	bool has_summer;
	struct zone_rule start;
	struct zone_rule end;
};

/* The zone that TZ names now. */
const struct zone *__zone(void);

/* Parse a TZ string; false if it is not one. */
bool __zone_parse(const char *text, struct zone *zone);

/* Is it summer time at this moment? */
bool __zone_is_summer(const struct zone *zone, time_t when);

/* Days since 1970-01-01 of a date; month 0..11. */
long __days_from_date(long year, int month, int day);

/* Fill in a date from seconds; false if the year does not fit. */
bool __date_from_seconds(time_t when, struct tm *date);

/* Seconds since 1970 of a date taken as Greenwich time, fields normalised. */
bool __seconds_from_date(const struct tm *date, time_t *when);

#endif
