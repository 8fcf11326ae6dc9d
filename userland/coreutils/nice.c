/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: nice [-n INCREMENT] COMMAND [ARG...]
 * help: run a command that leaves the processor to others
 */
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("nice [-n INCREMENT] COMMAND [ARG...]",
    "run a command that leaves the processor to others");

int
main(int argc, char **argv)
{
	long long increment = 10;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "+n:")) != -1) {
		if (option != 'n')
			util_usage_exit();
		increment = number_arg(optarg, INT_MIN, INT_MAX);
	}
	if (optind == argc)
		util_usage_exit();
	errno = 0;
	if (nice((int)increment) == -1 && errno != 0)
		warn_errno("nice"); /* POSIX: it is run all the same */
	return util_exec(argv + optind);
}
