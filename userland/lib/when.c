/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Points in time as text. A time that does not exist, like the 31st of June,
 * is refused: what mktime() makes of the fields has to be the same fields.
 */
#include "when.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

/* `count` digits at *p, which is moved behind them; -1 when there are fewer. */
static int
digits(const char **p, int count)
{
	int value = 0;

	for (; count > 0; count--, (*p)++) {
		if (!isdigit((unsigned char)**p))
			return -1;
		value = value * 10 + (**p - '0');
	}
	return value;
}

static bool
fields_valid(const struct tm *tm)
{
	return tm->tm_mon >= 0 && tm->tm_mon < 12 && tm->tm_mday >= 1 &&
	       tm->tm_mday <= 31 && tm->tm_hour >= 0 && tm->tm_hour < 24 &&
	       tm->tm_min >= 0 && tm->tm_min < 60 && tm->tm_sec >= 0 &&
	       tm->tm_sec <= 60;
}

static bool
make_time(struct tm *tm, bool utc, struct timespec *to)
{
	int day = tm->tm_mday;
	int second = tm->tm_sec;

	if (!fields_valid(tm))
		return false;
	tm->tm_isdst = -1;
	tm->tm_sec = 0;
	to->tv_sec = utc ? timegm(tm) : mktime(tm);
	to->tv_sec += second;
	return tm->tm_mday == day;
}

/* The year that is written with `count` digits, or this one without any. */
static int
read_year(const char **p, int count)
{
	time_t now = time(NULL);
	const struct tm *tm;
	int year;

	if (count == 0) {
		tm = localtime(&now);
		return tm != NULL ? tm->tm_year : 70;
	}
	year = digits(p, count);
	if (count == 4)
		return year - 1900;
	return year < 69 ? year + 100 : year;
}

bool
when_stamp(const char *text, struct timespec *to)
{
	size_t length = strspn(text, "0123456789");
	struct tm tm = {0};

	*to = (struct timespec){0};
	if (length != 8 && length != 10 && length != 12)
		return false;
	tm.tm_year = read_year(&text, (int)length - 8);
	tm.tm_mon = digits(&text, 2) - 1;
	tm.tm_mday = digits(&text, 2);
	tm.tm_hour = digits(&text, 2);
	tm.tm_min = digits(&text, 2);
	if (*text == '.') {
		text++;
		tm.tm_sec = digits(&text, 2);
	}
	return *text == '\0' && make_time(&tm, false, to);
}

/* A fraction of a second, of which nine digits count. */
static void
read_fraction(const char **p, struct timespec *to)
{
	long unit = 100000000;

	for (; isdigit((unsigned char)**p); (*p)++) {
		to->tv_nsec += (**p - '0') * unit;
		unit /= 10;
	}
}

/* hh:mm[:SS[.fraction]] */
static bool
read_clock(const char **p, struct tm *tm, struct timespec *to)
{
	tm->tm_hour = digits(p, 2);
	if (*(*p)++ != ':')
		return false;
	tm->tm_min = digits(p, 2);
	if (**p != ':')
		return true;
	(*p)++;
	tm->tm_sec = digits(p, 2);
	if (**p == '.' || **p == ',') {
		(*p)++;
		read_fraction(p, to);
	}
	return true;
}

bool
when_date(const char *text, struct timespec *to)
{
	struct tm tm = {0};
	long long seconds;
	bool utc;

	*to = (struct timespec){0};
	if (strcmp(text, "now") == 0)
		return clock_gettime(CLOCK_REALTIME, to) == 0;
	if (*text == '@') {
		if (!number_parse(text + 1, LLONG_MIN, LLONG_MAX, &seconds))
			return false;
		to->tv_sec = (time_t)seconds;
		return true;
	}
	tm.tm_year = digits(&text, 4) - 1900;
	if (*text++ != '-')
		return false;
	tm.tm_mon = digits(&text, 2) - 1;
	if (*text++ != '-')
		return false;
	tm.tm_mday = digits(&text, 2);
	if (*text == 'T' || *text == ' ') {
		text++;
		if (!read_clock(&text, &tm, to))
			return false;
	}
	utc = *text == 'Z';
	return text[utc] == '\0' && make_time(&tm, utc, to);
}
