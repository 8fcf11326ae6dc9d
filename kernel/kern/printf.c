/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formatted output. One engine writes through a sink, a function that takes
 * one character; vprintf's sink is the console, vsnprintf's a buffer.
 */
#include <device/console.h>
#include <kern/printf.h>
#include <kern/string.h>
#include <stdbool.h>
#include <stdint.h>

struct sink {
	void (*put)(struct sink *sink, char c);
	char *buffer;
	size_t size;
	size_t count; /* characters produced, also beyond size */
};

struct spec {
	bool left;
	bool zero;
	bool plus;
	bool upper;
	int width;
	int precision; /* -1: none */
	int longs;     /* 0 int, 1 long, 2 long long, size_t, intmax_t */
};

static void
sink_put(struct sink *sink, char c)
{
	sink->put(sink, c);
	sink->count++;
}

static void
sink_repeat(struct sink *sink, char c, int times)
{
	for (; times > 0; times--)
		sink_put(sink, c);
}

static void
put_text(struct sink *sink, const struct spec *spec, const char *text)
{
	size_t max = spec->precision >= 0 ? (size_t)spec->precision : SIZE_MAX;
	size_t length;

	if (text == NULL)
		text = "(null)";
	length = strnlen(text, max);
	if (!spec->left)
		sink_repeat(sink, ' ', spec->width - (int)length);
	for (size_t i = 0; i < length; i++)
		sink_put(sink, text[i]);
	if (spec->left)
		sink_repeat(sink, ' ', spec->width - (int)length);
}

static void
put_number(struct sink *sink, const struct spec *spec, uint64_t value,
    unsigned base, const char *prefix)
{
	const char *digits =
	    spec->upper ? "0123456789ABCDEF" : "0123456789abcdef";
	char text[24];
	int n = 0;
	int length;

	do {
		text[n++] = digits[value % base];
		value /= base;
	} while (value != 0);
	length = n + (int)strlen(prefix);
	if (!spec->left && !spec->zero)
		sink_repeat(sink, ' ', spec->width - length);
	for (const char *p = prefix; *p != '\0'; p++)
		sink_put(sink, *p);
	if (!spec->left && spec->zero)
		sink_repeat(sink, '0', spec->width - length);
	while (n > 0)
		sink_put(sink, text[--n]);
	if (spec->left)
		sink_repeat(sink, ' ', spec->width - length);
}

static const char *
parse_number(const char *format, int *value, va_list *args)
{
	int n = 0;

	if (*format == '*') {
		*value = va_arg(*args, int);
		return format + 1;
	}
	for (; *format >= '0' && *format <= '9'; format++)
		n = n * 10 + (*format - '0');
	*value = n;
	return format;
}

static const char *
parse_spec(const char *format, struct spec *spec, va_list *args)
{
	*spec = (struct spec){.precision = -1};
	for (;; format++) {
		if (*format == '-')
			spec->left = true;
		else if (*format == '0')
			spec->zero = true;
		else if (*format == '+')
			spec->plus = true;
		else
			break;
	}
	format = parse_number(format, &spec->width, args);
	if (*format == '.')
		format = parse_number(format + 1, &spec->precision, args);
	for (;; format++) {
		if (*format == 'l')
			spec->longs++;
		else if (*format == 'z' || *format == 'j' || *format == 't')
			spec->longs = 2;
		else if (*format != 'h')
			break;
	}
	return format;
}

static void
put_signed(struct sink *sink, const struct spec *spec, va_list *args)
{
	int64_t value =
	    spec->longs > 0 ? va_arg(*args, int64_t) : va_arg(*args, int);
	const char *sign = spec->plus ? "+" : "";

	if (value < 0)
		put_number(sink, spec, -(uint64_t)value, 10, "-");
	else
		put_number(sink, spec, (uint64_t)value, 10, sign);
}

static void
put_unsigned(
    struct sink *sink, const struct spec *spec, unsigned base, va_list *args)
{
	uint64_t value =
	    spec->longs > 0 ? va_arg(*args, uint64_t) : va_arg(*args, unsigned);

	put_number(sink, spec, value, base, "");
}

static void
put_conversion(
    struct sink *sink, struct spec *spec, char conversion, va_list *args)
{
	switch (conversion) {
	case 'c':
		sink_put(sink, (char)va_arg(*args, int));
		break;
	case 's':
		put_text(sink, spec, va_arg(*args, const char *));
		break;
	case 'd':
	case 'i':
		put_signed(sink, spec, args);
		break;
	case 'u':
		put_unsigned(sink, spec, 10, args);
		break;
	case 'X':
		spec->upper = true;
		put_unsigned(sink, spec, 16, args);
		break;
	case 'x':
		put_unsigned(sink, spec, 16, args);
		break;
	case 'p':
		put_number(
		    sink, spec, (uintptr_t)va_arg(*args, void *), 16, "0x");
		break;
	default:
		sink_put(sink, conversion);
		break;
	}
}

static void
format_to(struct sink *sink, const char *format, va_list *args)
{
	struct spec spec;

	for (; *format != '\0'; format++) {
		if (*format != '%') {
			sink_put(sink, *format);
			continue;
		}
		format = parse_spec(format + 1, &spec, args);
		if (*format == '\0')
			return;
		put_conversion(sink, &spec, *format, args);
	}
}

static void
put_console(struct sink *sink, char c)
{
	(void)sink;
	console_putc(c);
}

static void
put_buffer(struct sink *sink, char c)
{
	if (sink->count + 1 < sink->size)
		sink->buffer[sink->count] = c;
}

int
vprintf(const char *format, va_list args)
{
	struct sink sink = {.put = put_console};
	va_list copy;

	va_copy(copy, args);
	format_to(&sink, format, &copy);
	va_end(copy);
	return (int)sink.count;
}

int
printf(const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vprintf(format, args);
	va_end(args);
	return n;
}

int
vsnprintf(char *buffer, size_t size, const char *format, va_list args)
{
	struct sink sink = {.put = put_buffer, .buffer = buffer, .size = size};
	va_list copy;

	va_copy(copy, args);
	format_to(&sink, format, &copy);
	va_end(copy);
	if (size > 0)
		buffer[sink.count < size ? sink.count : size - 1] = '\0';
	return (int)sink.count;
}

int
snprintf(char *buffer, size_t size, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(buffer, size, format, args);
	va_end(args);
	return n;
}
