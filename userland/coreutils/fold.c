/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: fold [-bs] [-w WIDTH] [FILE...]
 * help: break long lines; -b: count bytes, -s: break behind blanks
 */
#include <ctype.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "lib/util.h"

UTILITY("fold [-bs] [-w WIDTH] [FILE...]",
    "break long lines; -b: count bytes, -s: break behind blanks");

#define TAB 8

static bool by_bytes;
static bool at_blanks;
static size_t width = 80;

/* How many bytes the character has, and columns. */
static size_t
character(const char *text, size_t left, size_t *columns)
{
	mbstate_t state = {0};
	wchar_t c = 0;
	size_t length = by_bytes ? (size_t)-1 : mbrtowc(&c, text, left, &state);

	*columns = 1;
	if (length == 0 || length > left)
		return 1;
	if (wcwidth(c) >= 0)
		*columns = (size_t)wcwidth(c);
	return length;
}

/* The column behind a character that is written at one. */
static size_t
column_behind(size_t column, char c, size_t columns)
{
	if (by_bytes)
		return column + 1;
	if (c == '\b')
		return column > 0 ? column - 1 : 0;
	if (c == '\r')
		return 0;
	if (c == '\t')
		return column + TAB - column % TAB;
	return column + columns;
}

/* How much of the text goes on one line: at least a character. */
static size_t
piece(const char *text, size_t length)
{
	size_t column = 0;
	size_t at = 0;
	size_t blank = 0; /* behind the last one */

	while (at < length) {
		size_t columns;
		size_t size = character(text + at, length - at, &columns);

		column = column_behind(column, text[at], columns);
		if (column > width && at > 0)
			return at_blanks && blank > 0 ? blank : at;
		at += size;
		if (isblank((unsigned char)text[at - 1]))
			blank = at;
	}
	return at;
}

static void
fold(FILE *file)
{
	struct line line = {.text = NULL};

	while (line_read(&line, file)) {
		size_t at = 0;

		while (at < line.length) {
			size_t size = piece(line.text + at, line.length - at);

			fwrite(line.text + at, 1, size, stdout);
			at += size;
			if (at < line.length)
				putchar('\n');
		}
		if (line.newline)
			putchar('\n');
	}
	free(line.text);
}

int
main(int argc, char **argv)
{
	int option;

	setlocale(LC_ALL, "");
	util_init(argc, argv);
	while ((option = getopt(argc, argv, "bsw:")) != -1) {
		if (option == 'b')
			by_bytes = true;
		else if (option == 's')
			at_blanks = true;
		else if (option == 'w')
			width = (size_t)number_arg(optarg, 1, INT_MAX);
		else
			util_usage_exit();
	}
	do {
		FILE *file = input_open(argv[optind]);

		if (file != NULL) {
			fold(file);
			input_close(file, argv[optind]);
		}
	} while (optind < argc && ++optind < argc);
	return util_exit(util_status);
}
