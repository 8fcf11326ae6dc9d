/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The engine of the printf() family: walks the format, fetches arguments (in
 * order, or by number after a first pass that learns their types), and hands
 * each conversion to the function for its kind.
 */
#include "format.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <wchar.h>

union argument {
	uintmax_t integer;
	double real;
	long double long_real;
	void *pointer;
};

/* How an argument travels in the list. */
enum kind {
	KIND_NONE,
	KIND_INT,
	KIND_LONG, /* and everything else of 64 bits */
	KIND_DOUBLE,
	KIND_LONG_DOUBLE,
	KIND_POINTER,
};

struct arguments {
	va_list list;
	bool numbered;
	union argument value[NL_ARGMAX + 1];
};

static void
fetch(va_list *list, enum kind kind, union argument *result)
{
	result->integer = 0;
	switch (kind) {
	case KIND_INT:
		result->integer = (uintmax_t)va_arg(*list, int);
		break;
	case KIND_LONG:
		result->integer = va_arg(*list, unsigned long);
		break;
	case KIND_DOUBLE:
		result->real = va_arg(*list, double);
		break;
	case KIND_LONG_DOUBLE:
		result->long_real = va_arg(*list, long double);
		break;
	case KIND_POINTER:
		result->pointer = va_arg(*list, void *);
		break;
	case KIND_NONE:
		break;
	}
}

static enum kind
kind_of(const struct format_spec *spec)
{
	switch (spec->conversion) {
	case 'd':
	case 'i':
	case 'o':
	case 'u':
	case 'x':
	case 'X':
		return spec->length == 0 || spec->length == 'h' ||
			       spec->length == 'H'
			   ? KIND_INT
			   : KIND_LONG;
	case 'c':
	case 'C':
		return KIND_INT;
	case 'a':
	case 'A':
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
		return spec->length == 'L' ? KIND_LONG_DOUBLE : KIND_DOUBLE;
	case 's':
	case 'S':
	case 'p':
	case 'n':
		return KIND_POINTER;
	default:
		return KIND_NONE;
	}
}

/* Read decimal digits; INT_MAX stands for all that is too much. */
static int
parse_number(const char **at)
{
	int value = 0;

	for (; **at >= '0' && **at <= '9'; (*at)++)
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, **at - '0', &value))
			value = INT_MAX;
	return value;
}

/* "12$" after % or *: the number; else 0 and nothing is consumed. */
static int
parse_position(const char **at)
{
	const char *start = *at;
	int value = parse_number(at);

	if (value > 0 && **at == '$') {
		(*at)++;
		return value;
	}
	*at = start;
	return 0;
}

static void
parse_flags(const char **at, struct format_spec *spec)
{
	static const char letters[] = "-+ #0'";
	const char *found;

	spec->flags = 0;
	for (; **at != '\0' && (found = strchr(letters, **at)) != NULL; (*at)++)
		spec->flags |= 1U << (found - letters);
}

static void
parse_length(const char **at, struct format_spec *spec)
{
	char c = **at;

	spec->length = 0;
	if (c == '\0' || strchr("hlLjztq", c) == NULL)
		return;
	(*at)++;
	spec->length = c;
	if (**at == c && (c == 'h' || c == 'l')) {
		(*at)++;
		spec->length = c == 'h' ? 'H' : 'q';
	}
}

/* Where width, precision and value of a conversion come from. */
struct places {
	int value;
	int width;     /* 0: not from an argument, -1: the next one */
	int precision; /* likewise */
};

/* Parse after the %; returns behind the conversion character. */
static const char *
parse_spec(const char *at, struct format_spec *spec, struct places *places)
{
	places->value = parse_position(&at);
	parse_flags(&at, spec);
	places->width = places->precision = 0;
	spec->width = 0;
	spec->precision = -1;
	if (*at == '*') {
		at++;
		places->width = parse_position(&at);
		if (places->width == 0)
			places->width = -1;
	} else {
		spec->width = parse_number(&at);
	}
	if (*at == '.') {
		at++;
		if (*at == '*') {
			at++;
			places->precision = parse_position(&at);
			if (places->precision == 0)
				places->precision = -1;
		} else {
			spec->precision = parse_number(&at);
		}
	}
	parse_length(&at, spec);
	spec->conversion = *at;
	return *at != '\0' ? at + 1 : at;
}

/* First pass for numbered arguments: learn the types, then fetch them all. */
static bool
fetch_numbered(struct arguments *arguments, const char *format)
{
	enum kind kinds[NL_ARGMAX + 1] = {KIND_NONE};
	int last = 0;
	int i;

	while ((format = strchr(format, '%')) != NULL) {
		struct format_spec spec;
		struct places places;
		int used[3];

		format = parse_spec(format + 1, &spec, &places);
		used[0] = places.value;
		used[1] = places.width;
		used[2] = places.precision;
		for (i = 0; i < 3; i++) {
			if (used[i] < 0 || used[i] > NL_ARGMAX)
				return false;
			if (used[i] == 0)
				continue;
			kinds[used[i]] = i == 0 ? kind_of(&spec) : KIND_INT;
			if (used[i] > last)
				last = used[i];
		}
	}
	for (i = 1; i <= last; i++) {
		if (kinds[i] == KIND_NONE)
			return false;
		fetch(&arguments->list, kinds[i], &arguments->value[i]);
	}
	return true;
}

static void
get(struct arguments *arguments, int place, enum kind kind,
    union argument *result)
{
	if (arguments->numbered && place > 0)
		*result = arguments->value[place];
	else
		fetch(&arguments->list, kind, result);
}

static int
get_int(struct arguments *arguments, int place)
{
	union argument argument;

	get(arguments, place, KIND_INT, &argument);
	return (int)argument.integer;
}

static intmax_t
sign_extend(uintmax_t value, char length)
{
	switch (length) {
	case 'H':
		return (signed char)value;
	case 'h':
		return (short)value;
	case 0:
		return (int)value;
	default:
		return (intmax_t)value;
	}
}

static uintmax_t
truncate_unsigned(uintmax_t value, char length)
{
	switch (length) {
	case 'H':
		return (unsigned char)value;
	case 'h':
		return (unsigned short)value;
	case 0:
		return (unsigned)value;
	default:
		return value;
	}
}

static void
write_padded(struct format_sink *sink, const struct format_spec *spec,
    const char *text, size_t size)
{
	long pad = spec->width - (long)size;

	if (!(spec->flags & FORMAT_LEFT))
		__format_fill(sink, ' ', pad);
	__format_write(sink, text, size);
	if (spec->flags & FORMAT_LEFT)
		__format_fill(sink, ' ', pad);
}

static void
write_string(struct format_sink *sink, const struct format_spec *spec,
    const char *string)
{
	size_t size;

	if (string == NULL)
		string = "(null)";
	size = spec->precision >= 0 ? strnlen(string, (size_t)spec->precision)
				    : strlen(string);
	write_padded(sink, spec, string, size);
}

/* What strerror() returned to the program stays as it is. */
static void
write_error(struct format_sink *sink, const struct format_spec *spec, int error)
{
	char text[128];

	strerror_r(error, text, sizeof(text));
	write_string(sink, spec, text);
}

/* Wide characters become multibyte ones; none is cut in the middle. */
static void
write_wide(struct format_sink *sink, const struct format_spec *spec,
    const wchar_t *string)
{
	mbstate_t state = {0, 0};
	char text[MB_LEN_MAX];
	size_t limit = SIZE_MAX;
	size_t size = 0;
	size_t count;
	const wchar_t *at;
	long pad;

	if (string == NULL)
		string = L"(null)";
	if (spec->precision >= 0)
		limit = (size_t)spec->precision;
	for (at = string; size < limit && *at != 0; at++) {
		count = wcrtomb(text, *at, &state);
		if (count == (size_t)-1) {
			sink->failed = true;
			return;
		}
		if (size + count > limit)
			break;
		size += count;
	}
	pad = spec->width - (long)size;
	if (!(spec->flags & FORMAT_LEFT))
		__format_fill(sink, ' ', pad);
	for (; string < at; string++) {
		count = wcrtomb(text, *string, &state);
		__format_write(sink, text, count);
	}
	if (spec->flags & FORMAT_LEFT)
		__format_fill(sink, ' ', pad);
}

static void
write_character(
    struct format_sink *sink, const struct format_spec *spec, uintmax_t value)
{
	char text[MB_LEN_MAX];
	size_t size = 1;

	if (spec->length == 'l' || spec->conversion == 'C') {
		mbstate_t state = {0, 0};

		size = wcrtomb(text, (wchar_t)value, &state);
		if (size == (size_t)-1) {
			sink->failed = true;
			return;
		}
	} else {
		text[0] = (char)value;
	}
	write_padded(sink, spec, text, size);
}

static void
store_count(void *to, char length, size_t total)
{
	switch (length) {
	case 'H':
		*(signed char *)to = (signed char)total;
		break;
	case 'h':
		*(short *)to = (short)total;
		break;
	case 0:
		*(int *)to = (int)total;
		break;
	default:
		*(long *)to = (long)total;
		break;
	}
}

static bool
convert_text(struct format_sink *sink, const struct format_spec *spec,
    const union argument *argument)
{
	if (sink->wide && strchr("cCsS", spec->conversion) != NULL) {
		__format_wide_text(
		    sink, spec, argument->integer, argument->pointer);
		return true;
	}
	switch (spec->conversion) {
	case 'c':
	case 'C':
		write_character(sink, spec, argument->integer);
		return true;
	case 's':
		if (spec->length == 'l')
			write_wide(sink, spec, argument->pointer);
		else
			write_string(sink, spec, argument->pointer);
		return true;
	case 'S':
		write_wide(sink, spec, argument->pointer);
		return true;
	case 'n':
		store_count(argument->pointer, spec->length, sink->total);
		return true;
	case '%':
		__format_write(sink, "%", 1);
		return true;
	case 'm':
		write_error(sink, spec, errno);
		return true;
	default:
		errno = EINVAL;
		return false;
	}
}

static bool
convert(struct format_sink *sink, const struct format_spec *spec,
    const union argument *argument)
{
	intmax_t value;

	switch (spec->conversion) {
	case 'd':
	case 'i':
		value = sign_extend(argument->integer, spec->length);
		__format_integer(sink, spec,
		    value < 0 ? 0 - (uintmax_t)value : (uintmax_t)value,
		    value < 0);
		return true;
	case 'o':
	case 'u':
	case 'x':
	case 'X':
		__format_integer(sink, spec,
		    truncate_unsigned(argument->integer, spec->length), false);
		return true;
	case 'p':
		__format_integer(
		    sink, spec, (uintptr_t)argument->pointer, false);
		return true;
	default:
		break;
	}
	switch (kind_of(spec)) {
	case KIND_LONG_DOUBLE:
		__format_float(sink, spec, argument->long_real);
		return true;
	case KIND_DOUBLE:
		__format_double(sink, spec, argument->real);
		return true;
	case KIND_NONE:
	case KIND_INT:
	case KIND_LONG:
	case KIND_POINTER:
		break;
	}
	return convert_text(sink, spec, argument);
}

/* Returns false on an invalid conversion. */
static bool
run(struct format_sink *sink, const char *format, struct arguments *arguments)
{
	for (;;) {
		const char *percent = strchrnul(format, '%');
		struct format_spec spec;
		struct places places;
		union argument argument;

		if (percent > format)
			__format_write(
			    sink, format, (size_t)(percent - format));
		if (*percent == '\0')
			return true;
		format = parse_spec(percent + 1, &spec, &places);
		if (places.width != 0)
			spec.width = get_int(arguments, places.width);
		if (places.precision != 0)
			spec.precision = get_int(arguments, places.precision);
		if (spec.width < 0 && spec.width != INT_MIN) {
			spec.flags |= FORMAT_LEFT;
			spec.width = -spec.width;
		}
		if (spec.precision < 0)
			spec.precision = -1;
		if (spec.width == INT_MAX || spec.precision == INT_MAX ||
		    spec.width == INT_MIN) {
			errno = EOVERFLOW;
			return false;
		}
		get(arguments, places.value, kind_of(&spec), &argument);
		if (!convert(sink, &spec, &argument))
			return false;
	}
}

static bool
uses_numbers(const char *format)
{
	while ((format = strchr(format, '%')) != NULL) {
		format++;
		if (parse_position(&format) > 0)
			return true;
		if (*format == '%')
			format++;
	}
	return false;
}

int
__format(struct format_sink *sink, const char *format, va_list list)
{
	struct arguments arguments;
	bool valid = true;

	arguments.numbered =
	    strchr(format, '$') != NULL && uses_numbers(format);
	va_copy(arguments.list, list);
	if (arguments.numbered && !fetch_numbered(&arguments, format)) {
		errno = EINVAL;
		valid = false;
	}
	if (valid)
		valid = run(sink, format, &arguments);
	va_end(arguments.list);
	if (!valid || sink->failed)
		return -1;
	if (sink->total > INT_MAX) {
		errno = EOVERFLOW;
		return -1;
	}
	return (int)sink->total;
}
