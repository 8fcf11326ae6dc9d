/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: printf FORMAT [ARG...]
 * help: write formatted arguments
 */
#include "lib/commands.h"
#include "lib/util.h"

UTILITY("printf FORMAT [ARG...]", "write formatted arguments");

int
main(int argc, char **argv)
{
	util_name = path_base(argv[0]);
	return util_exit(printf_command(argc, argv));
}
