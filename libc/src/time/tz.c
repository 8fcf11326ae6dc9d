/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Time zones from the TZ variable, in the form POSIX describes, such as
 * "CET-1CEST,M3.5.0,M10.5.0/3" or "<+0530>-5:30". Anything else is UTC.
 */
#include "tz.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *
parse_name(const char *at, char *name)
{
	const char *start = at;
	size_t length;

	if (*at == '<') {
		start = ++at;
		while (isalnum((unsigned char)*at) || *at == '+' || *at == '-')
			at++;
		if (*at != '>')
			return NULL;
		length = (size_t)(at++ - start);
	} else {
		while (isalpha((unsigned char)*at))
			at++;
		length = (size_t)(at - start);
	}
	if (length < 3 || length >= ZONE_NAME_MAX)
		return NULL;
	memcpy(name, start, length);
	name[length] = '\0';
	return at;
}

/* Digits into *value; null if there are none or it is above `most`. */
static const char *
parse_number(const char *at, int most, int *value)
{
	if (!isdigit((unsigned char)*at))
		return NULL;
	for (*value = 0; isdigit((unsigned char)*at); at++) {
		*value = *value * 10 + (*at - '0');
		if (*value > most)
			return NULL;
	}
	return at;
}

/* [+-]hh[:mm[:ss]] */
static const char *
parse_time(const char *at, long *seconds)
{
	int sign = 1;
	int part;
	long unit;

	if (*at == '-' || *at == '+')
		sign = *at++ == '-' ? -1 : 1;
	at = parse_number(at, 167, &part);
	if (at == NULL)
		return NULL;
	*seconds = part * 3600L;
	for (unit = 60; unit > 0 && *at == ':'; unit /= 60) {
		at = parse_number(at + 1, 59, &part);
		if (at == NULL)
			return NULL;
		*seconds += part * unit;
	}
	*seconds *= sign;
	return at;
}

static const char *
parse_month_rule(const char *at, struct zone_rule *rule)
{
	at = parse_number(at, 12, &rule->month);
	if (at == NULL || *at != '.' || rule->month < 1)
		return NULL;
	at = parse_number(at + 1, 5, &rule->week);
	if (at == NULL || *at != '.' || rule->week < 1)
		return NULL;
	return parse_number(at + 1, 6, &rule->day);
}

static const char *
parse_rule(const char *at, struct zone_rule *rule)
{
	long second = 7200;

	if (*at++ != ',')
		return NULL;
	rule->kind = '0';
	if (*at == 'M' || *at == 'J')
		rule->kind = *at++;
	if (rule->kind == 'M')
		at = parse_month_rule(at, rule);
	else
		at = parse_number(at, 365, &rule->day);
	if (at != NULL && *at == '/')
		at = parse_time(at + 1, &second);
	rule->second = (int)second;
	return at;
}

bool
__zone_parse(const char *text, struct zone *zone)
{
	const char *at;

	memset(zone, 0, sizeof(*zone));
	if (*text == ':')
		text++;
	at = parse_name(text, zone->name[0]);
	if (at == NULL)
		return false;
	at = parse_time(at, &zone->offset[0]);
	if (at == NULL)
		return false;
	zone->offset[0] = -zone->offset[0];
	memcpy(zone->name[1], zone->name[0], sizeof(zone->name[1]));
	if (*at == '\0')
		return true;
	zone->has_summer = true;
	at = parse_name(at, zone->name[1]);
	if (at == NULL)
		return false;
	zone->offset[1] = zone->offset[0] + 3600;
	if (*at != '\0' && *at != ',') {
		at = parse_time(at, &zone->offset[1]);
		if (at == NULL)
			return false;
		zone->offset[1] = -zone->offset[1];
	}
	if (*at == '\0')
		at = ",M3.2.0,M11.1.0";
	at = parse_rule(at, &zone->start);
	if (at != NULL)
		at = parse_rule(at, &zone->end);
	return at != NULL && *at == '\0';
}

/* Seconds since 1970, in local time before the change. */
static time_t
rule_time(const struct zone_rule *rule, long year)
{
	long first;
	long day;

	if (rule->kind != 'M') {
		bool leap = __days_from_date(year, 2, 1) -
				__days_from_date(year, 1, 1) >
			    28;

		day = __days_from_date(year, 0, 1) + rule->day;
		if (rule->kind == 'J')
			day += (rule->day >= 60 && leap) - 1;
		return day * 86400 + rule->second;
	}
	first = __days_from_date(year, rule->month - 1, 1);
	/* 1970-01-01 was a Thursday. */
	day = first + (rule->day - ((first + 4) % 7 + 7) % 7 + 7) % 7;
	day += (rule->week - 1) * 7L;
	if (day >=
	    __days_from_date(year + rule->month / 12, rule->month % 12, 1))
		day -= 7;
	return day * 86400 + rule->second;
}

bool
__zone_is_summer(const struct zone *zone, time_t when)
{
	struct tm date;
	time_t start;
	time_t end;

	if (!zone->has_summer ||
	    !__date_from_seconds(when + zone->offset[0], &date))
		return false;
	start = rule_time(&zone->start, 1900L + date.tm_year) - zone->offset[0];
	end = rule_time(&zone->end, 1900L + date.tm_year) - zone->offset[1];
	if (start < end)
		return when >= start && when < end;
	return when >= start || when < end;
}

const struct zone *
__zone(void)
{
	static struct zone zone = {.name = {"UTC", "UTC"}};
	static char parsed[64];
	const char *text = getenv("TZ");

	if (text == NULL || *text == '\0' || strlen(text) >= sizeof(parsed))
		text = "UTC0";
	if (strcmp(text, parsed) != 0) {
		strlcpy(parsed, text, sizeof(parsed));
		if (!__zone_parse(text, &zone))
			__zone_parse("UTC0", &zone);
	}
	return &zone;
}
