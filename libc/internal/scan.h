/* SPDX-License-Identifier: BSD-2-Clause */
/* What scanf() and wscanf() share. */
#ifndef INTERNAL_SCAN_H
#define INTERNAL_SCAN_H

#include <stdarg.h>
#include <stdio.h>

enum scan_mode {
	SCAN_BYTES,      /* scanf() */
	SCAN_CHARACTERS, /* wscanf(): of the locale; the format is UTF-8 */
	SCAN_UTF8,       /* the input is UTF-8, too, whatever the locale */
};

int __scan(FILE *restrict file, const char *restrict format,
    enum scan_mode mode, va_list arguments);

/* A stream that reads a string, which lives as long. */
FILE *__scan_string(FILE *space, const char *string);

#endif
