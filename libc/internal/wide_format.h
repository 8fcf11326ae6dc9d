/* SPDX-License-Identifier: BSD-2-Clause */
/* Between wide strings and UTF-8, whatever the locale. */
#ifndef INTERNAL_WIDE_FORMAT_H
#define INTERNAL_WIDE_FORMAT_H

#include <stddef.h>

/* To be freed; null with ENOMEM or EILSEQ. */
char *__wide_to_utf8(const wchar_t *wide);

/* The next character of a string that is known to be right. */
wchar_t __utf8_next(const char **at);

#endif
