/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: cmp [-l | -s] FILE1 FILE2
 * help: compare two files; -l: all bytes that differ, -s: by the status only
 *
 * The status is 0 when they are the same, 1 when they differ, 2 on an error.
 */
#include <unistd.h>

#include "lib/util.h"

UTILITY("cmp [-l | -s] FILE1 FILE2",
    "compare two files; -l: all bytes that differ, -s: by the status only");

enum { SAME, DIFFERENT, TROUBLE };

static bool all;    /* -l */
static bool silent; /* -s */

static void
at_end(const char *path)
{
	if (!silent)
		warn_text("EOF on %s", path);
}

static int
compare(FILE *files[2], char **paths)
{
	unsigned long long byte = 1;
	unsigned long long line = 1;
	int result = SAME;

	for (;; byte++) {
		int a = getc(files[0]);
		int b = getc(files[1]);

		if (a == b && a == EOF)
			return result;
		if (a == EOF || b == EOF) {
			at_end(paths[a == EOF ? 0 : 1]);
			return DIFFERENT;
		}
		if (a != b && !all) {
			if (!silent)
				printf("%s %s differ: char %llu, line %llu\n",
				    paths[0], paths[1], byte, line);
			return DIFFERENT;
		}
		if (a != b) {
			printf("%llu %o %o\n", byte, (unsigned)a, (unsigned)b);
			result = DIFFERENT;
		}
		line += a == '\n';
	}
}

int
main(int argc, char **argv)
{
	FILE *files[2];
	int option;
	int result;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "ls")) != -1) {
		if (option == 'l')
			all = true;
		else if (option == 's')
			silent = true;
		else
			util_usage_exit();
	}
	if (argc - optind != 2 || (all && silent))
		util_usage_exit();
	for (int i = 0; i < 2; i++) {
		files[i] = input_open(argv[optind + i]);
		if (files[i] == NULL)
			return TROUBLE;
	}
	result = compare(files, argv + optind);
	for (int i = 0; i < 2; i++) {
		if (ferror(files[i]))
			result = TROUBLE;
		input_close(files[i], argv[optind + i]);
	}
	return util_exit(0) != 0 ? TROUBLE : result;
}
