/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: link FILE NAME
 * help: give a file one more name, by link() and nothing else
 */
#include <unistd.h>

#include "lib/util.h"

UTILITY(
    "link FILE NAME", "give a file one more name, by link() and nothing else");

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	if (getopt(argc, argv, "") != -1 || argc - optind != 2)
		util_usage_exit();
	if (link(argv[optind], argv[optind + 1]) != 0)
		die_errno(argv[optind + 1]);
	return util_exit(0);
}
