/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where strto*(), wcsto*() and scanf() get their characters: a source of
 * narrow characters with a push-back of one.
 */
#ifndef INTERNAL_INTPARSE_H
#define INTERNAL_INTPARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "floatbits.h"

/*
 * A source of characters. next() returns a byte or -1 at the end, after
 * `left` characters at the latest; back() undoes the last next().
 */
struct char_source {
	int (*next)(struct char_source *source);
	void (*back)(struct char_source *source);
	void *cookie;
	size_t taken; /* characters read and not given back */
	size_t left;  /* how many more may be read */
};

int __source_next(struct char_source *source);
void __source_back(struct char_source *source);

/* A source over a string; taken tells where it stands. */
void __source_string(struct char_source *source, const char *string);

/* An integer as read. */
struct parsed_integer {
	unsigned long magnitude;
	bool negative;
	bool overflow; /* magnitude does not hold it */
	bool valid;    /* there was at least one digit */
};

/*
 * Read an optional sign and digits in `base` (0: as in C). White space in
 * front is skipped. On a match failure `taken` still counts what was read.
 */
struct parsed_integer __parse_integer(struct char_source *source, int base);

/* Read a floating-point number; returns false if there is none. */
bool __parse_float(struct char_source *source,
    const struct float_format *format, struct float_parts *result, int *range);

#endif
