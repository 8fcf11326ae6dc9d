/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Backslash escapes of echo and printf.
 */
#include "escape.h"

#include <string.h>

static int
octal(const char **p, int digits)
{
	int value = 0;

	while (digits-- > 0 && **p >= '0' && **p <= '7')
		value = value * 8 + (*(*p)++ - '0');
	return value & 0xff;
}

int
escape_read(const char **p, enum escape_style style)
{
	static const char letters[] = "abfnrtv\\";
	static const char bytes[] = "\a\b\f\n\r\t\v\\";
	const char c = **p;
	const char *found = c != '\0' ? strchr(letters, c) : NULL;

	if (found != NULL) {
		(*p)++;
		return (unsigned char)bytes[found - letters];
	}
	if (c == 'c' && style == ESCAPE_ECHO)
		return ESCAPE_STOP;
	if (c == '0' && style == ESCAPE_ECHO) {
		(*p)++;
		return octal(p, 3);
	}
	if (c >= '0' && c <= '7' && style == ESCAPE_FORMAT)
		return octal(p, 3);
	return '\\';
}
