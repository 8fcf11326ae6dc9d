/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the parts of the printf() family share: a sink for characters and the
 * description of one conversion.
 */
#ifndef INTERNAL_FORMAT_H
#define INTERNAL_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "file.h"

/* Either a stream, or the space from `at` to `end`; the rest is counted. */
struct format_sink {
	FILE *file;
	char *at;
	char *end;
	size_t total;
	bool failed;
	bool wide; /* what is written is UTF-8, what is counted characters */
};

enum format_flags {
	FORMAT_LEFT = 0x01,
	FORMAT_SIGN = 0x02,
	FORMAT_SPACE = 0x04,
	FORMAT_ALTERNATE = 0x08,
	FORMAT_ZERO = 0x10,
	FORMAT_GROUP = 0x20, /* the apostrophe: no grouping in our locales */
};

struct format_spec {
	unsigned flags;
	int width;
	int precision; /* -1: none given */
	char length;   /* h l L j z t, H for hh, q for ll, 0 */
	char conversion;
};

void __format_write(struct format_sink *sink, const char *text, size_t size);
void __format_fill(struct format_sink *sink, char c, long count);

/*
 * Write a number that has been turned into text: sign and base in `prefix`,
 * `zeros` zeros, the digits, padded as the conversion says.
 */
void __format_number(struct format_sink *sink, const struct format_spec *spec,
    const char *prefix, long zeros, const char *digits, size_t count);

void __format_integer(struct format_sink *sink, const struct format_spec *spec,
    uintmax_t magnitude, bool negative);
void __format_float(struct format_sink *sink, const struct format_spec *spec,
    long double value);
void __format_double(
    struct format_sink *sink, const struct format_spec *spec, double value);

/* The text conversions of wprintf(). */
void __format_wide_text(struct format_sink *sink,
    const struct format_spec *spec, uintmax_t character, const void *string);

/* The whole of it: -1 with errno on failure, else the number of characters. */
int __format(struct format_sink *sink, const char *format, va_list arguments);

#endif
