/* SPDX-License-Identifier: BSD-2-Clause */
/* strptime() in the C locale. */
#include <ctype.h>
#include <langinfo.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "tz.h"
#include "word.h"

/* What of a date has been seen. */
enum seen {
	SEEN_YEAR = 0x01,
	SEEN_MONTH = 0x02,
	SEEN_DAY = 0x04,
	SEEN_DAY_OF_YEAR = 0x08,
	SEEN_WEEKDAY = 0x10,
	SEEN_WEEK = 0x20,
};

/* What has been seen that only counts together with something else. */
struct parse {
	struct tm *date;
	int century; /* -1: not given */
	int year_of_century;
	bool pm;
	bool has_half;
	unsigned seen;
	int week;
	bool from_monday; /* are weeks: %W */
	int width;        /* of the field; 0: not given */
};

static const char *
parse_number(const char *at, int digits, int least, int most, int *value)
{
	int result = 0;
	int count;

	while (isspace((unsigned char)*at))
		at++;
	for (count = 0; count < digits && isdigit((unsigned char)*at); count++)
		result = result * 10 + (*at++ - '0');
	if (count == 0 || result < least || result > most)
		return NULL;
	*value = result;
	return at;
}

/* A name, full or short. */
static const char *
parse_name(const char *at, nl_item full, nl_item brief, int count, int *value)
{
	int i;

	for (i = 0; i < 2 * count; i++) {
		const char *name =
		    nl_langinfo(i < count ? full + i : brief + i - count);
		size_t length = strlen(name);

		if (strncasecmp(at, name, length) == 0) {
			*value = i % count;
			return at + length;
		}
	}
	return NULL;
}

static const char *parse_format(
    const char *at, const char *format, struct parse *parse);

static const char *
parse_half(const char *at, struct parse *parse)
{
	if (strncasecmp(at, "AM", 2) != 0 && strncasecmp(at, "PM", 2) != 0)
		return NULL;
	parse->pm = (*at | 0x20) == 'p';
	parse->has_half = true;
	return at + 2;
}

/* Seconds since the epoch: all of the date, here and now. */
static const char *
parse_seconds(const char *at, struct parse *parse)
{
	char *end;
	time_t when = strtol(at, &end, 10);

	if (end == at || localtime_r(&when, parse->date) == NULL)
		return NULL;
	return end;
}

/* +hh, +hhmm, +hh:mm, or Z. */
static const char *
parse_offset(const char *at, struct parse *parse)
{
	bool west = *at == '-';
	int hours = 0;
	int minutes = 0;

	if (*at == 'Z') {
		parse->date->tm_gmtoff = 0;
		return at + 1;
	}
	if (*at != '+' && *at != '-')
		return NULL;
	at = parse_number(at + 1, 2, 0, 99, &hours);
	if (at == NULL)
		return NULL;
	if (*at == ':' || isdigit((unsigned char)*at))
		at = parse_number(at + (*at == ':'), 2, 0, 59, &minutes);
	parse->date->tm_gmtoff =
	    (hours * 3600L + minutes * 60L) * (west ? -1 : 1);
	return at;
}

static const char *
parse_clock(const char *at, char conversion, struct parse *parse)
{
	struct tm *date = parse->date;

	switch (conversion) {
	case 'H':
	case 'k':
		return parse_number(at, 2, 0, 23, &date->tm_hour);
	case 'I':
	case 'l':
		parse->has_half = true;
		return parse_number(at, 2, 1, 12, &date->tm_hour);
	case 'M':
		return parse_number(at, 2, 0, 59, &date->tm_min);
	case 'S':
		return parse_number(at, 2, 0, 60, &date->tm_sec);
	case 'p':
		return parse_half(at, parse);
	case 'r':
		return parse_format(at, "%I:%M:%S %p", parse);
	case 'R':
		return parse_format(at, "%H:%M", parse);
	case 's':
		return parse_seconds(at, parse);
	case 'T':
	case 'X':
		return parse_format(at, "%H:%M:%S", parse);
	case 'z':
		return parse_offset(at, parse);
	case 'Z':
		return at + strcspn(at, " \t\n\v\f\r");
	default:
		return NULL;
	}
}

/* Four digits, if no width is given. */
static const char *
parse_year(const char *at, struct parse *parse)
{
	int value = 0;
	bool negative = *at == '-';
	int digits = parse->width > 0 && parse->width < 9 ? parse->width : 9;

	if (parse->width == 0)
		digits = 4;
	if (*at == '-' || *at == '+')
		at++;
	at = parse_number(at, digits, 0, 999999999, &value);
	parse->date->tm_year = (negative ? -value : value) - 1900;
	parse->seen |= SEEN_YEAR;
	return at;
}

static const char *
parse_week(const char *at, char conversion, struct parse *parse)
{
	struct tm *date = parse->date;
	int value = 0;

	switch (conversion) {
	case 'a':
	case 'A':
		parse->seen |= SEEN_WEEKDAY;
		return parse_name(at, DAY_1, ABDAY_1, 7, &date->tm_wday);
	case 'u':
		parse->seen |= SEEN_WEEKDAY;
		at = parse_number(at, 1, 1, 7, &value);
		date->tm_wday = value % 7;
		return at;
	case 'U':
	case 'W':
		parse->seen |= SEEN_WEEK;
		parse->from_monday = conversion == 'W';
		return parse_number(at, 2, 0, 53, &parse->week);
	case 'V':
		return parse_number(at, 2, 1, 53, &value);
	case 'w':
		parse->seen |= SEEN_WEEKDAY;
		return parse_number(at, 1, 0, 6, &date->tm_wday);
	default:
		return parse_clock(at, conversion, parse);
	}
}

static const char *
parse_calendar(const char *at, char conversion, struct parse *parse)
{
	struct tm *date = parse->date;
	int value = 0;

	switch (conversion) {
	case 'b':
	case 'B':
	case 'h':
		parse->seen |= SEEN_MONTH;
		return parse_name(at, MON_1, ABMON_1, 12, &date->tm_mon);
	case 'c':
		return parse_format(at, "%a %b %e %H:%M:%S %Y", parse);
	case 'C':
		return parse_number(at, 2, 0, 99, &parse->century);
	case 'd':
	case 'e':
		parse->seen |= SEEN_DAY;
		return parse_number(at, 2, 1, 31, &date->tm_mday);
	case 'D':
	case 'x':
		return parse_format(at, "%m/%d/%y", parse);
	case 'F':
		return parse_format(at, "%Y-%m-%d", parse);
	case 'j':
		parse->seen |= SEEN_DAY_OF_YEAR;
		at = parse_number(at, 3, 1, 366, &value);
		date->tm_yday = value - 1;
		return at;
	case 'm':
		parse->seen |= SEEN_MONTH;
		at = parse_number(at, 2, 1, 12, &value);
		date->tm_mon = value - 1;
		return at;
	case 'y':
		return parse_number(at, 2, 0, 99, &parse->year_of_century);
	case 'Y':
		return parse_year(at, parse);
	default:
		return parse_week(at, conversion, parse);
	}
}

static const char *
skip_space(const char *at)
{
	while (isspace((unsigned char)*at))
		at++;
	return at;
}

/* One conversion; *format stands behind the percent sign. */
static const char *
parse_conversion(const char *at, const char **format, struct parse *parse)
{
	int width = 0;

	*format += strspn(*format, "0+_-^#");
	for (; isdigit((unsigned char)**format); (*format)++)
		if (width < 1000)
			width = width * 10 + (**format - '0');
	parse->width = width;
	if (**format == 'E' || **format == 'O')
		(*format)++;
	switch (**format) {
	case 'n':
	case 't':
		return skip_space(at);
	case '%':
		return *at == '%' ? at + 1 : NULL;
	default:
		return parse_calendar(at, **format, parse);
	}
}

static const char *
parse_format(const char *at, const char *format, struct parse *parse)
{
	for (; *format != '\0' && at != NULL; format++) {
		if (isspace((unsigned char)*format)) {
			at = skip_space(at);
		} else if (*format == '%') {
			format++;
			at = parse_conversion(at, &format, parse);
		} else {
			at = *at == *format ? at + 1 : NULL;
		}
	}
	return at;
}

static void
find_year(struct parse *parse)
{
	struct tm *date = parse->date;
	int century = parse->century;

	if (century < 0 && parse->year_of_century < 0)
		return;
	parse->seen |= SEEN_YEAR;
	if (parse->year_of_century < 0)
		parse->year_of_century = 0;
	else if (century < 0)
		century = parse->year_of_century < 69 ? 20 : 19;
	date->tm_year = century * 100 + parse->year_of_century - 1900;
}

static int
weekday_of(long days)
{
	return (int)(((days + 4) % 7 + 7) % 7);
}

/* The day of the year from a week and a day of it. */
static int
day_from_week(const struct parse *parse, long new_year)
{
	int first = weekday_of(new_year);
	int monday = parse->from_monday;

	return (7 + monday - first) % 7 + (parse->week - 1) * 7 +
	       (parse->date->tm_wday + 7 - monday) % 7;
}

static bool
has_all(const struct parse *parse, unsigned what)
{
	return (parse->seen & what) == what;
}

/*
 * The parts of a date that follow from those that were seen, here or by a call
 * before for the same date.
 */
static void
find_days(struct parse *parse)
{
	struct tm *date = parse->date;
	long new_year = __days_from_date(date->tm_year + 1900L, 0, 1);
	int day = date->tm_yday;
	struct tm found;

	if ((parse->seen & ~(unsigned)SEEN_WEEKDAY) == 0)
		return;
	if (!has_all(parse, SEEN_MONTH | SEEN_DAY) &&
	    (has_all(parse, SEEN_DAY_OF_YEAR) ||
		has_all(parse, SEEN_WEEK | SEEN_WEEKDAY))) {
		if (!has_all(parse, SEEN_DAY_OF_YEAR))
			day = day_from_week(parse, new_year);
		if (!__date_from_seconds((new_year + day) * 86400, &found))
			return;
		date->tm_mon = found.tm_mon;
		date->tm_mday = found.tm_mday;
	} else if (date->tm_mon < 0 || date->tm_mon > 11 || date->tm_mday < 1 ||
		   date->tm_mday > 31) {
		return;
	}
	day = (int)(__days_from_date(
			date->tm_year + 1900L, date->tm_mon, date->tm_mday) -
		    new_year);
	if (!has_all(parse, SEEN_DAY_OF_YEAR))
		date->tm_yday = day;
	if (!has_all(parse, SEEN_WEEKDAY))
		date->tm_wday = weekday_of(new_year + day);
}

char *
strptime(const char *restrict text, const char *restrict format,
    struct tm *restrict date)
{
	struct parse parse = {
	    .date = date, .century = -1, .year_of_century = -1};
	const char *end = parse_format(text, format, &parse);

	if (end == NULL)
		return NULL;
	if (parse.has_half)
		date->tm_hour = date->tm_hour % 12 + (parse.pm ? 12 : 0);
	find_year(&parse);
	find_days(&parse);
	return UNCONST(char *, end);
}
