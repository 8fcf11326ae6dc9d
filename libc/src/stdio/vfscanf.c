/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formatted input. Characters come from a stream through a char_source, whose
 * `left` is the field width; numbers are read by the parsers that strtol() and
 * strtod() use. The stream holds back at least PUSHBACK characters, as many as
 * those parsers ever give back.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "file.h"
#include "intparse.h"

struct scan {
	struct char_source source;
	size_t consumed; /* characters before the current field */
	int matched;
	bool ended; /* input failure */
	va_list list;
};

/* One conversion as parsed. */
struct field {
	bool suppress;
	bool allocate; /* m */
	int position;  /* n$, or 0 */
	size_t width;  /* 0: none given */
	char length;   /* as in struct format_spec */
	char conversion;
	uint64_t set[4]; /* for [ */
};

static int
file_next(struct char_source *source)
{
	return file_getc(source->cookie);
}

static void
file_back(struct char_source *source)
{
	FILE *file = source->cookie;

	file->read_at--;
}

static void
start_field(struct scan *scan, size_t width)
{
	scan->consumed += scan->source.taken;
	scan->source.taken = 0;
	scan->source.left = width > 0 ? width : SIZE_MAX;
}

static void
skip_space(struct scan *scan)
{
	int c;

	start_field(scan, 0);
	do
		c = __source_next(&scan->source);
	while (isspace(c));
	if (c >= 0)
		__source_back(&scan->source);
}

/* The n-th pointer of the list; a fresh copy leaves the list where it is. */
static void *
destination(struct scan *scan, const struct field *field)
{
	va_list copy;
	void *pointer = NULL;
	int i;

	if (field->suppress)
		return NULL;
	if (field->position == 0)
		return va_arg(scan->list, void *);
	va_copy(copy, scan->list);
	for (i = 0; i < field->position; i++)
		pointer = va_arg(copy, void *);
	va_end(copy);
	return pointer;
}

static void
store_integer(void *to, char length, unsigned long value)
{
	if (to == NULL)
		return;
	switch (length) {
	case 'H':
		*(unsigned char *)to = (unsigned char)value;
		break;
	case 'h':
		*(unsigned short *)to = (unsigned short)value;
		break;
	case 0:
		*(unsigned *)to = (unsigned)value;
		break;
	default:
		*(unsigned long *)to = value;
		break;
	}
}

/* Matching failure or input failure, after a field without result. */
static bool
fail(struct scan *scan)
{
	if (scan->source.taken == 0) {
		int c = __source_next(&scan->source);

		if (c < 0)
			scan->ended = true;
		else
			__source_back(&scan->source);
	}
	return false;
}

static int
base_of(char conversion)
{
	switch (conversion) {
	case 'd':
	case 'u':
		return 10;
	case 'o':
		return 8;
	case 'i':
		return 0;
	default:
		return 16;
	}
}

static bool
scan_integer(struct scan *scan, const struct field *field)
{
	struct parsed_integer result;
	char length = field->conversion == 'p' ? 'l' : field->length;
	unsigned long value;

	result = __parse_integer(&scan->source, base_of(field->conversion));
	if (!result.valid)
		return fail(scan);
	value = result.overflow ? ULONG_MAX : result.magnitude;
	if (result.negative)
		value = 0 - value;
	if (field->conversion == 'd' || field->conversion == 'i') {
		if (result.negative &&
		    (result.overflow || result.magnitude > LONG_MAX))
			value = (unsigned long)LONG_MIN;
		else if (!result.negative && value > LONG_MAX)
			value = LONG_MAX;
	}
	store_integer(destination(scan, field), length, value);
	return true;
}

static bool
scan_float(struct scan *scan, const struct field *field)
{
	const struct float_format *format = &__float_format;
	struct float_parts parts;
	void *to;
	int range;

	if (field->length == 'l')
		format = &__double_format;
	else if (field->length == 'L')
		format = &__long_double_format;
	if (!__parse_float(&scan->source, format, &parts, &range))
		return fail(scan);
	to = destination(scan, field);
	if (to == NULL)
		return true;
	if (field->length == 'l')
		*(double *)to = __double_join(parts);
	else if (field->length == 'L')
		*(long double *)to = __long_double_join(parts);
	else
		*(float *)to = __float_join(parts);
	return true;
}

/* Where the characters of %s, %c and %[ go: bytes, or wide characters. */
struct collector {
	char *bytes;
	wchar_t *wide;
	size_t count;
	size_t capacity;
	bool allocate;
	mbstate_t state;
};

static bool
collect(struct collector *to, int c)
{
	char byte = (char)c;
	size_t unit = to->wide != NULL ? sizeof(wchar_t) : 1;
	void *grown;

	if (to->bytes == NULL && to->wide == NULL)
		return true;
	if (to->allocate && to->count + 1 >= to->capacity) {
		grown = realloc(
		    to->wide != NULL ? (void *)to->wide : (void *)to->bytes,
		    to->capacity * 2 * unit);
		if (grown == NULL)
			return false;
		to->capacity *= 2;
		if (to->wide != NULL)
			to->wide = grown;
		else
			to->bytes = grown;
	}
	if (to->bytes != NULL) {
		to->bytes[to->count++] = byte;
		return true;
	}
	switch (mbrtowc(&to->wide[to->count], &byte, 1, &to->state)) {
	case (size_t)-2:
		return true;
	case (size_t)-1:
		return false;
	default:
		to->count++;
		return true;
	}
}

static bool
prepare(struct collector *to, const struct field *field, void *target)
{
	bool wide = field->length == 'l' || field->conversion == 'S' ||
		    field->conversion == 'C';

	memset(to, 0, sizeof(*to));
	to->capacity = 32;
	to->allocate = field->allocate && target != NULL;
	if (to->allocate) {
		target = malloc(
		    to->capacity * (wide ? sizeof(wchar_t) : sizeof(char)));
		if (target == NULL)
			return false;
	}
	if (wide)
		to->wide = target;
	else
		to->bytes = target;
	return true;
}

static bool
wanted(const struct field *field, int c)
{
	switch (field->conversion) {
	case 'c':
	case 'C':
		return true;
	case '[':
		return (field->set[c / 64] >> (c % 64) & 1) != 0;
	default:
		return !isspace(c);
	}
}

static void
finish(struct collector *to, const struct field *field, void *target)
{
	if ((field->conversion | 0x20) != 'c') {
		if (to->bytes != NULL)
			to->bytes[to->count] = '\0';
		if (to->wide != NULL)
			to->wide[to->count] = 0;
	}
	if (to->allocate)
		*(void **)target =
		    to->wide != NULL ? (void *)to->wide : (void *)to->bytes;
}

static bool
scan_text(struct scan *scan, const struct field *field)
{
	void *target = destination(scan, field);
	struct collector to;
	int c;

	if (!prepare(&to, field, target)) {
		scan->ended = true;
		return false;
	}
	while ((c = __source_next(&scan->source)) >= 0) {
		if (!wanted(field, c)) {
			__source_back(&scan->source);
			break;
		}
		if (!collect(&to, c)) {
			scan->ended = true;
			break;
		}
	}
	if (scan->ended || scan->source.taken == 0 ||
	    (field->conversion == 'c' && scan->source.left > 0)) {
		if (to.allocate)
			free(to.wide != NULL ? (void *)to.wide
					     : (void *)to.bytes);
		return scan->ended ? false : fail(scan);
	}
	finish(&to, field, target);
	return true;
}

/* The members of [...]; returns behind the bracket, or null. */
static const char *
parse_set(const char *at, struct field *field)
{
	bool invert = *at == '^';
	const char *start;
	int i;

	memset(field->set, 0, sizeof(field->set));
	if (invert)
		at++;
	for (start = at; at == start || *at != ']'; at++) {
		unsigned char first = (unsigned char)*at;
		unsigned char last = first;
		unsigned c;

		if (first == '\0')
			return NULL;
		if (at[1] == '-' && at[2] != ']' && at[2] != '\0') {
			last = (unsigned char)at[2];
			at += 2;
		}
		for (c = first; c <= last; c++)
			field->set[c / 64] |= 1UL << (c % 64);
	}
	if (invert)
		for (i = 0; i < 4; i++)
			field->set[i] = ~field->set[i];
	return at + 1;
}

static size_t
parse_width(const char **at)
{
	size_t value = 0;

	for (; isdigit((unsigned char)**at); (*at)++)
		if (value < INT_MAX)
			value = value * 10 + (size_t)(**at - '0');
	return value;
}

/* Parse after the %; returns behind the conversion, or null. */
static const char *
parse_field(const char *at, struct field *field)
{
	const char *digits;

	memset(field, 0, sizeof(*field));
	if (*at == '*') {
		field->suppress = true;
		at++;
	}
	digits = at;
	field->width = parse_width(&at);
	if (*at == '$' && at > digits) {
		field->position = (int)field->width;
		at++;
		field->width = parse_width(&at);
	}
	if (*at == 'm') {
		field->allocate = true;
		at++;
	}
	if (*at != '\0' && strchr("hlLjztq", *at) != NULL) {
		field->length = *at++;
		if (*at == field->length) {
			field->length = *at == 'h' ? 'H' : 'q';
			at++;
		}
	}
	field->conversion = *at;
	if (*at == '\0')
		return NULL;
	at++;
	return field->conversion == '[' ? parse_set(at, field) : at;
}

static bool
scan_percent(struct scan *scan)
{
	int c = __source_next(&scan->source);

	if (c == '%')
		return true;
	if (c >= 0)
		__source_back(&scan->source);
	else
		scan->ended = true;
	return false;
}

/* Returns false when scanning has to stop. */
static bool
convert(struct scan *scan, struct field *field)
{
	if (field->conversion == 'n') {
		store_integer(destination(scan, field), field->length,
		    scan->consumed + scan->source.taken);
		return true;
	}
	if (strchr("cC[", field->conversion) == NULL)
		skip_space(scan);
	if ((field->conversion | 0x20) == 'c' && field->width == 0)
		field->width = 1;
	start_field(scan, field->width);
	switch (field->conversion) {
	case '%':
		return scan_percent(scan);
	case 'd':
	case 'i':
	case 'o':
	case 'u':
	case 'x':
	case 'X':
	case 'p':
		if (!scan_integer(scan, field))
			return false;
		break;
	case 'a':
	case 'A':
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
		if (!scan_float(scan, field))
			return false;
		break;
	case 's':
	case 'S':
	case 'c':
	case 'C':
	case '[':
		if (!scan_text(scan, field))
			return false;
		break;
	default:
		errno = EINVAL;
		return false;
	}
	if (!field->suppress)
		scan->matched++;
	return true;
}

static bool
match_literal(struct scan *scan, unsigned char wanted_byte)
{
	int c;

	start_field(scan, 0);
	c = __source_next(&scan->source);
	if (c == wanted_byte)
		return true;
	if (c >= 0)
		__source_back(&scan->source);
	else
		scan->ended = true;
	return false;
}

static void
run(struct scan *scan, const char *format)
{
	struct field field;

	while (*format != '\0') {
		if (isspace((unsigned char)*format)) {
			skip_space(scan);
			format++;
		} else if (*format != '%') {
			if (!match_literal(scan, (unsigned char)*format))
				return;
			format++;
		} else {
			format = parse_field(format + 1, &field);
			if (format == NULL || !convert(scan, &field))
				return;
		}
	}
}

int
vfscanf(FILE *restrict file, const char *restrict format, va_list arguments)
{
	struct scan scan = {
	    .source = {.next = file_next, .back = file_back},
	};

	file_lock(file);
	scan.source.cookie = file;
	va_copy(scan.list, arguments);
	run(&scan, format);
	va_end(scan.list);
	file_unlock(file);
	return scan.ended && scan.matched == 0 ? EOF : scan.matched;
}
