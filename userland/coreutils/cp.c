/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: cp [-fpPrR] SOURCE... TARGET|DIR
 * help: copy files; -r: directories, -p: with mode and times
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/copy.h"
#include "lib/util.h"

UTILITY("cp [-fpPrR] SOURCE... TARGET|DIR",
    "copy files; -r: directories, -p: with mode and times");

static bool
is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

int
main(int argc, char **argv)
{
	const char *last;
	int flags = 0;
	int option;
	int i;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "fpPrR")) != -1) {
		if (option == 'p')
			flags |= COPY_PRESERVE;
		else if (option == 'r' || option == 'R')
			flags |= COPY_RECURSIVE;
		else if (option == 'P')
			flags |= COPY_LINKS;
		else if (option == 'f')
			flags |= COPY_FORCE;
		else
			util_usage_exit();
	}
	argc -= optind;
	argv += optind;
	if (argc < 2)
		util_usage_exit();
	last = argv[argc - 1];
	if (argc == 2 && !is_directory(last)) {
		copy_tree(argv[0], last, flags);
		return util_exit(util_status);
	}
	if (!is_directory(last))
		die("%s: not a directory", last);
	for (i = 0; i < argc - 1; i++) {
		char *to = xpath(last, path_base(argv[i]));

		copy_tree(argv[i], to, flags);
		free(to);
	}
	return util_exit(util_status);
}
