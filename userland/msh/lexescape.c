/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * $'...': quotes in which a backslash begins an escape as C has them. What
 * follows a null byte is dropped, for no word can hold one.
 */
#include <ctype.h>
#include <string.h>

#include "msh.h"

/* Up to `max` digits, of which the first is `c`. */
static int
read_number(int c, int base, int max)
{
	static const char digits[] = "0123456789abcdef";
	int value = 0;

	for (; max > 0; max--) {
		const char *found =
		    isxdigit(c) ? strchr(digits, tolower(c)) : NULL;

		if (found == NULL || found - digits >= base)
			break;
		value = value * base + (int)(found - digits);
		c = input_getc();
	}
	input_unget(c);
	return value & 0xff;
}

/* \cX, where a backslash is written as two. */
static int
read_control(void)
{
	int c = input_getc();

	if (c == '\\')
		c = input_getc();
	return c == '?' ? 0x7f : toupper(c) & 0x1f;
}

/* The byte behind a backslash; one that means nothing keeps it. */
static int
read_escape(struct strbuf *to)
{
	static const char letters[] = "abefnrtv\\'\"";
	static const char bytes[] = "\a\b\033\f\n\r\t\v\\'\"";
	int c = input_getc();
	const char *found;

	if (c == INPUT_EOF || c == '\0')
		return c;
	found = strchr(letters, c);
	if (found != NULL)
		return (unsigned char)bytes[found - letters];
	if (c >= '0' && c <= '7')
		return read_number(c, 8, 3);
	if (c == 'c')
		return read_control();
	if (c == 'x') {
		c = input_getc();
		if (isxdigit(c))
			return read_number(c, 16, 2);
		input_unget(c);
		c = 'x';
	}
	strbuf_add(to, '\\');
	return c;
}

void
lex_dollar_quotes(struct strbuf *to)
{
	int line = input_line();
	bool ended = false;
	int c;

	while ((c = input_getc()) != '\'') {
		bool escaped = c == '\\';

		if (escaped)
			c = read_escape(to);
		if (c == INPUT_EOF)
			lex_unterminated("quote", line);
		ended |= escaped && c == '\0';
		if (!ended)
			strbuf_add(to, c);
	}
}
