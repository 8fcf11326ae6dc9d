/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formatted input. Characters come from a stream through a char_source, whose
 * `left` is the field width; numbers are read by the parsers that strtol() and
 * strtod() use. The stream holds back at least PUSHBACK bytes, as many as
 * those parsers ever give back.
 *
 * wscanf() reads the same bytes as characters of UTF-8, and so does scanf()
 * where wide characters are asked for: widths count characters then. What the
 * source returns for one that is not ASCII is OTHER; which it is, is in `wide`.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "file.h"
#include "intparse.h"
#include "locale_state.h"
#include "scan.h"
#include "wide_format.h"

#define OTHER 0x80

struct scan {
	struct char_source source;
	bool all_wide;   /* wscanf() */
	bool utf8;       /* characters are so, not bytes */
	bool broken;     /* no character: EILSEQ */
	wint_t wide;     /* the character read last */
	ptrdiff_t more;  /* bytes that wide fields of scanf() took besides */
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
	uint64_t set[4]; /* for [, of bytes; of characters: */
	const char *set_text;
	const char *set_end;
	bool set_inverted;
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

/* The character that begins with this byte, which is not ASCII. */
static bool
read_rest(struct scan *scan, int first)
{
	static const wint_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	FILE *file = scan->source.cookie;
	int size = first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	wint_t wide = (wint_t)first & (0x7fU >> size);

	if (!scan->utf8) {
		scan->wide = BYTE_CHARACTER((wint_t)first);
		return true;
	}
	if (size == 0 || first >= 0xf8)
		return false;
	for (int i = 1; i < size; i++) {
		int c = file_getc(file);

		if (c < 0)
			return false;
		if ((c & 0xc0) != 0x80) {
			file->read_at--;
			return false;
		}
		wide = wide << 6 | ((wint_t)c & 0x3f);
	}
	scan->more += size - 1;
	scan->wide = wide;
	return wide >= least[size] && wide <= 0x10ffff &&
	       (wide & ~0x7ffU) != 0xd800;
}

static int
wide_next(struct char_source *source)
{
	struct scan *scan = (struct scan *)source;
	int c = scan->broken ? -1 : file_getc(source->cookie);

	if (c < 0x80) {
		scan->wide = (wint_t)c;
		return c;
	}
	if (read_rest(scan, c))
		return OTHER;
	errno = EILSEQ;
	scan->broken = true;
	return -1;
}

static void
wide_back(struct char_source *source)
{
	struct scan *scan = (struct scan *)source;
	FILE *file = source->cookie;

	while ((*--file->read_at & 0xc0) == 0x80 && scan->utf8)
		scan->more--;
}

/* Characters, or bytes, from here on. */
static void
read_wide(struct scan *scan, bool wide)
{
	scan->source.next = wide ? wide_next : file_next;
	scan->source.back = wide ? wide_back : file_back;
}

static bool
is_space(const struct scan *scan, int c)
{
	return isspace(c) ||
	       (c == OTHER && scan->all_wide && iswspace(scan->wide));
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
	while (is_space(scan, c));
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

/* Space for one more, and the zero behind it. */
static bool
make_room(struct collector *to)
{
	size_t unit = to->wide != NULL ? sizeof(wchar_t) : 1;
	void *grown;

	if (!to->allocate || to->count + 1 < to->capacity)
		return true;
	grown = realloc(to->wide != NULL ? (void *)to->wide : (void *)to->bytes,
	    to->capacity * 2 * unit);
	if (grown == NULL)
		return false;
	to->capacity *= 2;
	if (to->wide != NULL)
		to->wide = grown;
	else
		to->bytes = grown;
	return true;
}

/* A character as bytes. */
static bool
collect_bytes(struct collector *to, wint_t wide)
{
	char bytes[MB_LEN_MAX];
	size_t size = wcrtomb(bytes, (wchar_t)wide, &to->state);

	if (size == (size_t)-1)
		return false;
	for (size_t i = 0; i < size; i++) {
		if (!make_room(to))
			return false;
		to->bytes[to->count++] = bytes[i];
	}
	return true;
}

static bool
collect(struct collector *to, const struct scan *scan, int c)
{
	if (to->wide != NULL) {
		if (!make_room(to))
			return false;
		to->wide[to->count++] = (wchar_t)scan->wide;
		return true;
	}
	if (to->bytes == NULL)
		return true;
	if (scan->all_wide)
		return collect_bytes(to, scan->wide);
	if (!make_room(to))
		return false;
	to->bytes[to->count++] = (char)c;
	return true;
}

static bool
is_wide(const struct field *field)
{
	return field->length == 'l' || field->conversion == 'S' ||
	       field->conversion == 'C';
}

static bool
prepare(struct collector *to, const struct field *field, void *target)
{
	bool wide = is_wide(field);

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

/* Whether [...] has the character. */
static bool
set_has(const struct field *field, wint_t wide)
{
	const char *at = field->set_text;

	while (at < field->set_end) {
		wint_t first = (wint_t)__utf8_next(&at);
		wint_t last = first;

		if (at + 1 < field->set_end && *at == '-') {
			at++;
			last = (wint_t)__utf8_next(&at);
		}
		if (wide >= first && wide <= last)
			return !field->set_inverted;
	}
	return field->set_inverted;
}

static bool
wanted(const struct scan *scan, const struct field *field, int c)
{
	switch (field->conversion) {
	case 'c':
	case 'C':
		return true;
	case '[':
		if (scan->source.next == wide_next)
			return set_has(field, scan->wide);
		return (field->set[c / 64] >> (c % 64) & 1) != 0;
	default:
		return !is_space(scan, c);
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
		if (!wanted(scan, field, c)) {
			__source_back(&scan->source);
			break;
		}
		if (!collect(&to, scan, c)) {
			scan->ended = true;
			break;
		}
	}
	if (scan->broken)
		scan->ended = true;
	if (scan->ended || scan->source.taken == 0 ||
	    ((field->conversion | 0x20) == 'c' && scan->source.left > 0)) {
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
	field->set_text = start;
	field->set_end = at;
	field->set_inverted = invert;
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
	bool matched;

	if (field->conversion == 'n') {
		store_integer(destination(scan, field), field->length,
		    scan->consumed + scan->source.taken +
			(scan->all_wide ? 0 : (size_t)scan->more));
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
		read_wide(scan, scan->all_wide || is_wide(field));
		matched = scan_text(scan, field);
		read_wide(scan, scan->all_wide);
		if (!matched)
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

/* One character of the format; *format is left behind it. */
static bool
match_literal(struct scan *scan, const char **format)
{
	int wanted_byte = (unsigned char)*(*format)++;
	wint_t wanted_wide = (wint_t)wanted_byte;
	int c;

	if (scan->all_wide) {
		(*format)--;
		wanted_wide = (wint_t)__utf8_next(format);
	}
	start_field(scan, 0);
	c = __source_next(&scan->source);
	if (scan->all_wide ? c >= 0 && scan->wide == wanted_wide
			   : c == wanted_byte)
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
			if (!match_literal(scan, &format))
				return;
		} else {
			format = parse_field(format + 1, &field);
			if (format == NULL || !convert(scan, &field))
				return;
		}
	}
}

int
__scan(FILE *restrict file, const char *restrict format, enum scan_mode mode,
    va_list arguments)
{
	struct scan scan = {
	    .all_wide = mode != SCAN_BYTES,
	    .utf8 = mode == SCAN_UTF8 || __locale_is_utf8(),
	};

	file_lock(file);
	scan.source.cookie = file;
	read_wide(&scan, scan.all_wide);
	va_copy(scan.list, arguments);
	run(&scan, format);
	va_end(scan.list);
	file_unlock(file);
	return scan.ended && scan.matched == 0 ? EOF : scan.matched;
}

int
vfscanf(FILE *restrict file, const char *restrict format, va_list arguments)
{
	return __scan(file, format, SCAN_BYTES, arguments);
}
