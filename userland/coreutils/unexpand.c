/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: unexpand [-a] [-t LIST] [FILE...]
 * help: write blanks in front of lines as tabs; -a, -t: blanks everywhere
 */
#include <locale.h>
#include <unistd.h>

#include "lib/tabs.h"
#include "lib/util.h"

UTILITY("unexpand [-a] [-t LIST] [FILE...]",
    "write blanks in front of lines as tabs; -a, -t: blanks everywhere");

static bool everywhere;

/* Blanks that are read but not written, since the stop before. */
static size_t held;

static void
release(void)
{
	for (; held > 0; held--)
		putchar(' ');
}

/* A space or a tab, from the column to where it leads. */
static size_t
blank(int c, size_t column)
{
	size_t stop;

	if (!tabs_next(column, &stop)) {
		release();
		putchar(c);
		return column + 1;
	}
	held++;
	column = c == '\t' ? stop : column + 1;
	if (column < stop)
		return column;
	/* A space alone stays one. */
	if (c == '\t' || held > 1) {
		putchar('\t');
		held = 0;
	}
	release();
	return column;
}

static void
unexpand(FILE *file)
{
	size_t column = 0;
	bool in_front = true;
	int c;

	while ((c = getc(file)) != EOF) {
		if ((c == ' ' || c == '\t') && (in_front || everywhere)) {
			column = blank(c, column);
			continue;
		}
		release();
		putchar(c);
		column = tabs_behind(column, c);
		in_front = c == '\n';
	}
	release();
}

int
main(int argc, char **argv)
{
	int option;

	setlocale(LC_ALL, "");
	util_init(argc, argv);
	while ((option = getopt(argc, argv, "at:")) != -1) {
		if (option == 't')
			tabs_set(optarg);
		else if (option != 'a')
			util_usage_exit();
		everywhere = true;
	}
	do {
		FILE *file = input_open(argv[optind]);

		if (file != NULL) {
			unexpand(file);
			input_close(file, argv[optind]);
		}
	} while (optind < argc && ++optind < argc);
	return util_exit(util_status);
}
