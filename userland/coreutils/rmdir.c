/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: rmdir [-p] DIR...
 * help: remove empty directories
 */
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("rmdir [-p] DIR...", "remove empty directories");

static void
remove_parents(char *path)
{
	char *slash;

	while ((slash = strrchr(path, '/')) != NULL && slash != path) {
		*slash = '\0';
		if (slash[1] == '\0')
			continue;
		if (rmdir(path) != 0) {
			warn_errno(path);
			return;
		}
	}
}

int
main(int argc, char **argv)
{
	bool parents = false;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "p")) != -1) {
		if (option != 'p')
			util_usage_exit();
		parents = true;
	}
	if (optind >= argc)
		util_usage_exit();
	for (; optind < argc; optind++) {
		if (rmdir(argv[optind]) != 0)
			warn_errno(argv[optind]);
		else if (parents)
			remove_parents(argv[optind]);
	}
	return util_exit(util_status);
}
