/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: realpath [-e | -E] PATH...
 * help: where paths lead in the end; -e: to something that exists
 */
#include <stdlib.h>
#include <unistd.h>

#include "lib/resolve.h"
#include "lib/util.h"

UTILITY("realpath [-e | -E] PATH...",
    "where paths lead in the end; -e: to something that exists");

int
main(int argc, char **argv)
{
	bool exists = false;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "eE")) != -1) {
		if (option == '?')
			util_usage_exit();
		exists = option == 'e';
	}
	if (optind == argc)
		util_usage_exit();
	for (; optind < argc; optind++) {
		char *path = resolve(argv[optind], exists);

		if (path == NULL)
			warn_errno(argv[optind]);
		else
			puts(path);
		free(path);
	}
	return util_exit(util_status);
}
