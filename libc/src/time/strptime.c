/* SPDX-License-Identifier: BSD-2-Clause */
/* strptime() in the C locale. */
#include <ctype.h>
#include <langinfo.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "tz.h"
#include "word.h"

/* What has been seen that only counts together with something else. */
struct parse {
	struct tm *date;
	int century; /* -1: not given */
	int year_of_century;
	bool pm;
	bool has_half;
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
parse_clock(const char *at, char conversion, struct parse *parse)
{
	struct tm *date = parse->date;

	switch (conversion) {
	case 'H':
		return parse_number(at, 2, 0, 23, &date->tm_hour);
	case 'I':
		parse->has_half = true;
		return parse_number(at, 2, 1, 12, &date->tm_hour);
	case 'M':
		return parse_number(at, 2, 0, 59, &date->tm_min);
	case 'S':
		return parse_number(at, 2, 0, 60, &date->tm_sec);
	case 'p':
		if (strncasecmp(at, "AM", 2) != 0 &&
		    strncasecmp(at, "PM", 2) != 0)
			return NULL;
		parse->pm = (*at | 0x20) == 'p';
		parse->has_half = true;
		return at + 2;
	case 'r':
		return parse_format(at, "%I:%M:%S %p", parse);
	case 'R':
		return parse_format(at, "%H:%M", parse);
	case 'T':
	case 'X':
		return parse_format(at, "%H:%M:%S", parse);
	default:
		return NULL;
	}
}

static const char *
parse_year(const char *at, struct parse *parse)
{
	int value = 0;
	bool negative = *at == '-';

	at = parse_number(at + negative, 9, 0, 999999999, &value);
	parse->date->tm_year = (negative ? -value : value) - 1900;
	return at;
}

static const char *
parse_calendar(const char *at, char conversion, struct parse *parse)
{
	struct tm *date = parse->date;
	int value = 0;

	switch (conversion) {
	case 'a':
	case 'A':
		return parse_name(at, DAY_1, ABDAY_1, 7, &date->tm_wday);
	case 'b':
	case 'B':
	case 'h':
		return parse_name(at, MON_1, ABMON_1, 12, &date->tm_mon);
	case 'c':
		return parse_format(at, "%a %b %e %H:%M:%S %Y", parse);
	case 'C':
		return parse_number(at, 2, 0, 99, &parse->century);
	case 'd':
	case 'e':
		return parse_number(at, 2, 1, 31, &date->tm_mday);
	case 'D':
	case 'x':
		return parse_format(at, "%m/%d/%y", parse);
	case 'F':
		return parse_format(at, "%Y-%m-%d", parse);
	case 'j':
		at = parse_number(at, 3, 1, 366, &value);
		date->tm_yday = value - 1;
		return at;
	case 'm':
		at = parse_number(at, 2, 1, 12, &value);
		date->tm_mon = value - 1;
		return at;
	case 'U':
	case 'W':
		return parse_number(at, 2, 0, 53, &value);
	case 'w':
		return parse_number(at, 1, 0, 6, &date->tm_wday);
	case 'y':
		return parse_number(at, 2, 0, 99, &parse->year_of_century);
	case 'Y':
		return parse_year(at, parse);
	default:
		return parse_clock(at, conversion, parse);
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
complete(struct parse *parse)
{
	struct tm *date = parse->date;

	if (parse->has_half)
		date->tm_hour = date->tm_hour % 12 + (parse->pm ? 12 : 0);
	if (parse->year_of_century >= 0) {
		int century = parse->century;

		if (century < 0)
			century = parse->year_of_century < 69 ? 20 : 19;
		date->tm_year = century * 100 + parse->year_of_century - 1900;
	} else if (parse->century >= 0) {
		date->tm_year = parse->century * 100 - 1900;
	}
}

char *
strptime(const char *restrict text, const char *restrict format,
    struct tm *restrict date)
{
	struct parse parse = {date, -1, -1, false, false};
	const char *end = parse_format(text, format, &parse);

	if (end == NULL)
		return NULL;
	complete(&parse);
	return UNCONST(char *, end);
}
