/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: logname
 * help: the name one logged in with
 */
#include <unistd.h>

#include "lib/util.h"

UTILITY("logname", "the name one logged in with");

int
main(int argc, char **argv)
{
	const char *name;

	util_init(argc, argv);
	if (argc > 1)
		util_usage_exit();
	name = getlogin();
	if (name == NULL)
		die("nobody logged in here");
	puts(name);
	return util_exit(0);
}
