/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The Gregorian calendar. Years are counted from March here, so that the leap
 * day is the last of a year; 400 years are a cycle of 146097 days.
 */
#include <limits.h>

#include "tz.h"

#define DAY          86400L
#define CYCLE_DAYS   146097L
#define MARCH_OFFSET 719468L /* days from 0000-03-01 to 1970-01-01 */

static long
floor_divide(long value, long by)
{
	return value / by - (value % by < 0);
}

static bool
is_leap(long year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

long
__days_from_date(long year, int month, int day)
{
	long shifted = (month + 10) % 12; /* March is 0 */
	long cycle;
	long of_cycle;

	if (month < 2)
		year--;
	cycle = floor_divide(year, 400);
	of_cycle = year - cycle * 400;
	return cycle * CYCLE_DAYS + of_cycle * 365 + of_cycle / 4 -
	       of_cycle / 100 + (153 * shifted + 2) / 5 + day - 1 -
	       MARCH_OFFSET;
}

bool
__date_from_seconds(time_t when, struct tm *date)
{
	long days = floor_divide(when, DAY);
	long second = when - days * DAY;
	long cycle;
	long of_cycle;
	long year;
	long of_year;
	long month;

	if (days > 785000000000L || days < -785000000000L)
		return false;
	date->tm_wday = (int)(((days + 4) % 7 + 7) % 7);
	days += MARCH_OFFSET;
	cycle = floor_divide(days, CYCLE_DAYS);
	of_cycle = days - cycle * CYCLE_DAYS;
	year = (of_cycle - of_cycle / 1460 + of_cycle / 36524 -
		   of_cycle / 146096) /
	       365;
	of_year = of_cycle - (365 * year + year / 4 - year / 100);
	month = (5 * of_year + 2) / 153;
	date->tm_mday = (int)(of_year - (153 * month + 2) / 5 + 1);
	date->tm_mon = (int)(month < 10 ? month + 2 : month - 10);
	year += cycle * 400 + (date->tm_mon < 2);
	if (year - 1900 > INT_MAX || year - 1900 < INT_MIN)
		return false;
	date->tm_year = (int)(year - 1900);
	/* March 1 is day 59, or 60 in a leap year. */
	if (date->tm_mon >= 2)
		date->tm_yday = (int)of_year + 59 + is_leap(year);
	else
		date->tm_yday = (int)of_year - 306;
	date->tm_hour = (int)(second / 3600);
	date->tm_min = (int)(second / 60 % 60);
	date->tm_sec = (int)(second % 60);
	return true;
}

bool
__seconds_from_date(const struct tm *date, time_t *when)
{
	long month = date->tm_mon;
	long carry = floor_divide(month, 12);
	long days = __days_from_date(
	    1900L + date->tm_year + carry, (int)(month - carry * 12), 1);

	days += date->tm_mday - 1L;
	*when = days * DAY + date->tm_hour * 3600L + date->tm_min * 60L +
		date->tm_sec;
	return true;
}
