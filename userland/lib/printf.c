/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * printf: %d %i %o %u %x %X %a %e %f %g %c %s %b %%, flags, width and precision
 * (with `*`). The format is used again while arguments are left.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "escape.h"

struct printf_state {
	char **arg; /* the next one; NULL at the end */
	int status;
	bool stopped; /* by \c in %b */
};

struct directive {
	char flags[8];
	int width;
	int precision; /* -1: none */
	char conversion;
};

static const char *
next_text(struct printf_state *state)
{
	return *state->arg != NULL ? *state->arg++ : NULL;
}

static void
complain(struct printf_state *state, const char *text, const char *what)
{
	fprintf(stderr, "printf: %s: %s\n", text, what);
	state->status = 1;
}

/* 'a or "a: the number of what follows. */
static bool
is_code(const char *text)
{
	return *text == '\'' || *text == '"';
}

static void
check_end(struct printf_state *state, const char *text, const char *end)
{
	if (end == text || *end != '\0')
		complain(state, text, "not a number");
}

static intmax_t
next_number(struct printf_state *state, bool is_unsigned)
{
	const char *text = next_text(state);
	intmax_t value;
	char *end;

	if (text == NULL)
		return 0;
	if (is_code(text))
		return (unsigned char)text[1];
	errno = 0;
	if (is_unsigned && *text != '-')
		value = (intmax_t)strtoumax(text, &end, 0);
	else
		value = strtoimax(text, &end, 0);
	if (errno == ERANGE)
		complain(state, text, "out of range");
	else
		check_end(state, text, end);
	return value;
}

static double
next_real(struct printf_state *state)
{
	const char *text = next_text(state);
	double value;
	char *end;

	if (text == NULL)
		return 0;
	if (is_code(text))
		return (unsigned char)text[1];
	value = strtod(text, &end);
	check_end(state, text, end);
	return value;
}

static int
read_count(struct printf_state *state, const char **p)
{
	int value = 0;

	if (**p == '*') {
		(*p)++;
		return (int)next_number(state, false);
	}
	while (**p >= '0' && **p <= '9') {
		if (value < 100000)
			value = value * 10 + (**p - '0');
		(*p)++;
	}
	return value;
}

/* A format for the C function, with both numbers as arguments. */
static void
make_format(const struct directive *d, const char *conversion, char *format,
    size_t size)
{
	snprintf(format, size, "%%%s*%s%s", d->flags,
	    d->precision >= 0 ? ".*" : "", conversion);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void
put_number(const struct directive *d, intmax_t value)
{
	char conversion[] = {'j', d->conversion, '\0'};
	char format[24];

	make_format(d, conversion, format, sizeof(format));
	if (d->precision >= 0)
		printf(format, d->width, d->precision, value);
	else
		printf(format, d->width, value);
}

static void
put_real(const struct directive *d, double value)
{
	char conversion[] = {d->conversion, '\0'};
	char format[24];

	make_format(d, conversion, format, sizeof(format));
	if (d->precision >= 0)
		printf(format, d->width, d->precision, value);
	else
		printf(format, d->width, value);
}

static void
put_string(const struct directive *d, const char *text)
{
	char format[24];

	make_format(d, "s", format, sizeof(format));
	if (d->precision >= 0)
		printf(format, d->width, d->precision, text);
	else
		printf(format, d->width, text);
}

#pragma GCC diagnostic pop

/* %b: bytes that may be NUL, so they are padded by hand. */
static void
put_escaped(
    struct printf_state *state, const struct directive *d, const char *text)
{
	char *bytes = malloc(strlen(text) + 1);
	size_t length = 0;
	size_t width = d->width > 0 ? (size_t)d->width : 0;
	size_t pad;
	size_t i;
	bool left = strchr(d->flags, '-') != NULL;

	if (bytes == NULL) {
		complain(state, "%b", strerror(errno));
		return;
	}
	while (*text != '\0') {
		int c = (unsigned char)*text++;

		if (c == '\\') {
			c = escape_read(&text, ESCAPE_ECHO);
			if (c == ESCAPE_STOP) {
				state->stopped = true;
				break;
			}
		}
		bytes[length++] = (char)c;
	}
	if (d->precision >= 0 && length > (size_t)d->precision)
		length = (size_t)d->precision;
	pad = width > length ? width - length : 0;
	for (i = 0; !left && i < pad; i++)
		putchar(' ');
	fwrite(bytes, 1, length, stdout);
	for (i = 0; left && i < pad; i++)
		putchar(' ');
	free(bytes);
}

static void
put_directive(struct printf_state *state, const struct directive *d)
{
	const char *text;

	switch (d->conversion) {
	case 'd':
	case 'i':
		put_number(d, next_number(state, false));
		break;
	case 'o':
	case 'u':
	case 'x':
	case 'X':
		put_number(d, next_number(state, true));
		break;
	case 'a':
	case 'A':
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
		put_real(d, next_real(state));
		break;
	case 'b':
		text = next_text(state);
		put_escaped(state, d, text != NULL ? text : "");
		break;
	case 'c':
		text = next_text(state);
		if (text != NULL && *text != '\0') {
			char one[] = {*text, '\0'};

			put_string(d, one);
		}
		break;
	default:
		text = next_text(state);
		put_string(d, text != NULL ? text : "");
		break;
	}
}

/* The directive at *p, after '%'. False when it is none of ours. */
static bool
read_directive(struct printf_state *state, const char **p, struct directive *d)
{
	size_t flags = 0;

	*d = (struct directive){.precision = -1};
	while (**p != '\0' && strchr("-+ #0", **p) != NULL) {
		if (strchr(d->flags, **p) == NULL)
			d->flags[flags++] = **p;
		(*p)++;
	}
	d->width = read_count(state, p);
	if (d->width < 0) {
		d->width = -d->width;
		if (strchr(d->flags, '-') == NULL)
			d->flags[flags] = '-';
	}
	if (**p == '.') {
		(*p)++;
		d->precision = read_count(state, p);
	}
	d->conversion = **p;
	if (**p == '\0' || strchr("diouxXaAeEfFgGcsb", **p) == NULL)
		return false;
	(*p)++;
	return true;
}

/* Once through the format; false when it cannot go on. */
static bool
run_format(struct printf_state *state, const char *p)
{
	struct directive d;

	while (*p != '\0' && !state->stopped) {
		if (*p == '\\') {
			p++;
			putchar(escape_read(&p, ESCAPE_FORMAT));
		} else if (*p != '%') {
			putchar((unsigned char)*p++);
		} else if (p[1] == '%') {
			putchar('%');
			p += 2;
		} else {
			p++;
			if (!read_directive(state, &p, &d)) {
				char what[] = {'%', d.conversion, '\0'};

				complain(state, what, "bad conversion");
				return false;
			}
			put_directive(state, &d);
		}
	}
	return !state->stopped;
}

int
printf_command(int argc, char **argv)
{
	struct printf_state state = {.status = 0};
	const char *format;
	int first = 1;

	if (argc > first && strcmp(argv[first], "--") == 0)
		first++;
	if (argc <= first) {
		fprintf(stderr, "usage: printf FORMAT [ARG...]\n");
		return 2;
	}
	format = argv[first];
	state.arg = argv + first + 1;
	for (;;) {
		char **before = state.arg;

		if (!run_format(&state, format))
			break;
		if (*state.arg == NULL || state.arg == before)
			break;
	}
	return state.status;
}
