/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: echo [-n] [ARG...]
 * help: write arguments
 */
#include "lib/commands.h"
#include "lib/util.h"

UTILITY("echo [-n] [ARG...]", "write arguments");

int
main(int argc, char **argv)
{
	util_name = path_base(argv[0]);
	return util_exit(echo_command(argc, argv));
}
