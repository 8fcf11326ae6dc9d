/* SPDX-License-Identifier: BSD-2-Clause */
/* strftime() in the C locale. */
#include <langinfo.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tz.h"

struct output {
	char *at;
	size_t left;
	bool full;
};

static void
put(struct output *out, const char *text, size_t size)
{
	if (size >= out->left) {
		out->full = true;
		return;
	}
	memcpy(out->at, text, size);
	out->at += size;
	out->left -= size;
}

static void
put_text(struct output *out, const char *text)
{
	put(out, text, strlen(text));
}

/* A number of `width` digits; `fill` is '0', ' ', or '-' for none. */
static void
put_number(struct output *out, long value, int width, char fill)
{
	char text[24];
	int size;

	if (fill == '0')
		size = snprintf(text, sizeof(text), "%0*ld", width, value);
	else
		size = snprintf(
		    text, sizeof(text), "%*ld", fill == ' ' ? width : 0, value);
	put(out, text, (size_t)size);
}

static void
put_name(struct output *out, nl_item first, int index, int count)
{
	if (index < 0 || index >= count)
		put_text(out, "?");
	else
		put_text(out, nl_langinfo(first + index));
}

/* Weeks that start on `first`: days since it, as a number from 0. */
static int
week_number(const struct tm *date, int first)
{
	return (date->tm_yday + 7 - (date->tm_wday - first + 7) % 7) / 7;
}

static int
days_in_year(long year)
{
	return (int)(__days_from_date(year + 1, 0, 1) -
		     __days_from_date(year, 0, 1));
}

/* ISO 8601: the week belongs to the year that has its Thursday. */
static int
iso_week(const struct tm *date, long *year)
{
	int thursday = date->tm_yday - (date->tm_wday + 6) % 7 + 3;

	*year = 1900L + date->tm_year;
	if (thursday < 0) {
		(*year)--;
		thursday += days_in_year(*year);
	} else if (thursday >= days_in_year(*year)) {
		thursday -= days_in_year(*year);
		(*year)++;
	}
	return thursday / 7 + 1;
}

static void
put_zone_offset(struct output *out, const struct tm *date)
{
	long minutes = date->__tm_gmtoff / 60;

	put_text(out, minutes < 0 ? "-" : "+");
	if (minutes < 0)
		minutes = -minutes;
	put_number(out, minutes / 60 * 100 + minutes % 60, 4, '0');
}

static void
put_seconds(struct output *out, const struct tm *date)
{
	struct tm copy = *date;
	time_t when = mktime(&copy);

	put_number(out, when, 1, '0');
}

/* Conversions that stand for a format of their own; null if it is none. */
static const char *
composite(char conversion)
{
	switch (conversion) {
	case 'c':
		return "%a %b %e %H:%M:%S %Y";
	case 'D':
	case 'x':
		return "%m/%d/%y";
	case 'F':
		return "%Y-%m-%d";
	case 'r':
		return "%I:%M:%S %p";
	case 'R':
		return "%H:%M";
	case 'T':
	case 'X':
		return "%H:%M:%S";
	default:
		return NULL;
	}
}

static bool
put_week(struct output *out, char conversion, const struct tm *date)
{
	long year;
	int week = iso_week(date, &year);

	switch (conversion) {
	case 'g':
		put_number(out, (year % 100 + 100) % 100, 2, '0');
		return true;
	case 'G':
		put_number(out, year, 1, '0');
		return true;
	case 'u':
		put_number(out, (date->tm_wday + 6) % 7 + 1, 1, '0');
		return true;
	case 'U':
		put_number(out, week_number(date, 0), 2, '0');
		return true;
	case 'V':
		put_number(out, week, 2, '0');
		return true;
	case 'w':
		put_number(out, date->tm_wday, 1, '0');
		return true;
	case 'W':
		put_number(out, week_number(date, 1), 2, '0');
		return true;
	default:
		return false;
	}
}

static bool
put_text_field(struct output *out, char conversion, const struct tm *date)
{
	switch (conversion) {
	case 'a':
		put_name(out, ABDAY_1, date->tm_wday, 7);
		return true;
	case 'A':
		put_name(out, DAY_1, date->tm_wday, 7);
		return true;
	case 'b':
	case 'h':
		put_name(out, ABMON_1, date->tm_mon, 12);
		return true;
	case 'B':
		put_name(out, MON_1, date->tm_mon, 12);
		return true;
	case 'n':
		put_text(out, "\n");
		return true;
	case 'p':
		put_text(out, date->tm_hour < 12 ? "AM" : "PM");
		return true;
	case 's':
		put_seconds(out, date);
		return true;
	case 't':
		put_text(out, "\t");
		return true;
	case 'z':
		if (date->tm_isdst >= 0)
			put_zone_offset(out, date);
		return true;
	case 'Z':
		if (date->tm_isdst >= 0 && date->__tm_zone != NULL)
			put_text(out, date->__tm_zone);
		return true;
	case '%':
		put_text(out, "%");
		return true;
	default:
		return put_week(out, conversion, date);
	}
}

static bool
put_field(struct output *out, char conversion, const struct tm *date, char fill)
{
	long year = 1900L + date->tm_year;

	switch (conversion) {
	case 'C':
		put_number(
		    out, (year - (year % 100 + 100) % 100) / 100, 2, fill);
		return true;
	case 'd':
		put_number(out, date->tm_mday, 2, fill);
		return true;
	case 'e':
		put_number(out, date->tm_mday, 2, fill == '0' ? ' ' : fill);
		return true;
	case 'H':
		put_number(out, date->tm_hour, 2, fill);
		return true;
	case 'I':
		put_number(out, (date->tm_hour + 11) % 12 + 1, 2, fill);
		return true;
	case 'j':
		put_number(out, date->tm_yday + 1, 3, fill);
		return true;
	case 'm':
		put_number(out, date->tm_mon + 1, 2, fill);
		return true;
	case 'M':
		put_number(out, date->tm_min, 2, fill);
		return true;
	case 'S':
		put_number(out, date->tm_sec, 2, fill);
		return true;
	case 'y':
		put_number(out, (year % 100 + 100) % 100, 2, fill);
		return true;
	case 'Y':
		put_number(out, year, 1, fill);
		return true;
	default:
		return put_text_field(out, conversion, date);
	}
}

static void
format_date(struct output *out, const char *format, const struct tm *date)
{
	for (; *format != '\0' && !out->full; format++) {
		char fill = '0';
		const char *inner;

		if (*format != '%') {
			put(out, format, 1);
			continue;
		}
		format++;
		if (*format == '-' || *format == '_')
			fill = *format++ == '-' ? '-' : ' ';
		if (*format == 'E' || *format == 'O')
			format++;
		if (*format == '\0')
			return;
		inner = composite(*format);
		if (inner != NULL)
			format_date(out, inner, date);
		else if (!put_field(out, *format, date, fill))
			put(out, format, 1);
	}
}

size_t
strftime(char *restrict to, size_t size, const char *restrict format,
    const struct tm *restrict date)
{
	struct output out = {to, size, false};

	format_date(&out, format, date);
	if (out.full || size == 0)
		return 0;
	*out.at = '\0';
	return (size_t)(out.at - to);
}

size_t
strftime_l(char *restrict to, size_t size, const char *restrict format,
    const struct tm *restrict date, locale_t locale)
{
	struct output out = {to, size, false};

	(void)locale;
	format_date(&out, format, date);
	if (out.full || size == 0)
		return 0;
	*out.at = '\0';
	return (size_t)(out.at - to);
}
