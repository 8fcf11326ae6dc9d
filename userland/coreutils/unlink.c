/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: unlink FILE
 * help: remove the name of a file, by unlink() and nothing else
 */
#include <unistd.h>

#include "lib/util.h"

UTILITY(
    "unlink FILE", "remove the name of a file, by unlink() and nothing else");

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	if (getopt(argc, argv, "") != -1 || argc - optind != 1)
		util_usage_exit();
	if (unlink(argv[optind]) != 0)
		die_errno(argv[optind]);
	return util_exit(0);
}
