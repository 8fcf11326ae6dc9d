/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: env [-i] [-u NAME] [NAME=VALUE...] [COMMAND [ARG...]]
 * help: run a command in a changed environment
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("env [-i] [-u NAME] [NAME=VALUE...] [COMMAND [ARG...]]",
    "run a command in a changed environment");

static char *empty[] = {NULL};

int
main(int argc, char **argv)
{
	int option;

	util_init(argc, argv);
	/* The command's own options come after its name. */
	while (optind < argc && argv[optind][0] == '-' &&
	       (option = getopt(argc, argv, "+iu:")) != -1) {
		if (option == 'i')
			environ = empty;
		else if (option == 'u')
			unsetenv(optarg);
		else
			util_usage_exit();
	}
	for (; optind < argc && strchr(argv[optind], '=') != NULL; optind++)
		if (putenv(argv[optind]) != 0)
			die_errno(argv[optind]);
	if (optind < argc)
		return util_exec(argv + optind);
	for (argv = environ; *argv != NULL; argv++)
		puts(*argv);
	return util_exit(0);
}
