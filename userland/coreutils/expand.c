/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: expand [-t LIST] [FILE...]
 * help: write tabs as spaces; LIST: N, every N columns, or the columns of stops
 */
#include <locale.h>
#include <unistd.h>

#include "lib/tabs.h"
#include "lib/util.h"

UTILITY("expand [-t LIST] [FILE...]",
    "write tabs as spaces; LIST: N, every N columns, or the columns of stops");

static void
expand(FILE *file)
{
	size_t column = 0;
	int c;

	while ((c = getc(file)) != EOF) {
		size_t stop;

		if (c != '\t') {
			putchar(c);
			column = tabs_behind(column, c);
			continue;
		}
		/* Behind the last stop a tab is one space. */
		if (!tabs_next(column, &stop))
			stop = column + 1;
		for (; column < stop; column++)
			putchar(' ');
	}
}

int
main(int argc, char **argv)
{
	int option;

	setlocale(LC_ALL, "");
	util_init(argc, argv);
	while ((option = getopt(argc, argv, "t:")) != -1) {
		if (option != 't')
			util_usage_exit();
		tabs_set(optarg);
	}
	do {
		FILE *file = input_open(argv[optind]);

		if (file != NULL) {
			expand(file);
			input_close(file, argv[optind]);
		}
	} while (optind < argc && ++optind < argc);
	return util_exit(util_status);
}
