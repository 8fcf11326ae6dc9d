/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: head [-n LINES | -c BYTES] [FILE...]
 * help: write the first lines of files
 */
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY(
    "head [-n LINES | -c BYTES] [FILE...]", "write the first lines of files");

static void
head(FILE *file, long long count, bool bytes)
{
	int c;

	while (count > 0 && (c = getc(file)) != EOF) {
		putchar(c);
		if (bytes || c == '\n')
			count--;
	}
}

int
main(int argc, char **argv)
{
	long long count = 10;
	bool bytes = false;
	int files;
	int option;
	int i;

	util_init(argc, argv);
	if (argc > 1 && argv[1][0] == '-' && argv[1][1] >= '0' &&
	    argv[1][1] <= '9') {
		count = number_arg(argv[1] + 1, 0, LLONG_MAX);
		argv[1] = argv[0];
		argc--;
		argv++;
	}
	while ((option = getopt(argc, argv, "n:c:")) != -1) {
		if (option != 'n' && option != 'c')
			util_usage_exit();
		bytes = option == 'c';
		count = number_arg(optarg, 0, LLONG_MAX);
	}
	files = argc - optind;
	for (i = optind; i < argc || i == optind; i++) {
		const char *path = i < argc ? argv[i] : NULL;
		FILE *file = input_open(path);

		if (file == NULL)
			continue;
		if (files > 1)
			printf("%s==> %s <==\n", i > optind ? "\n" : "", path);
		head(file, count, bytes);
		input_close(file, path);
	}
	return util_exit(util_status);
}
