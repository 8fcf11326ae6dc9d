/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: test EXPRESSION
 * help: evaluate a condition
 */
#include "lib/commands.h"
#include "lib/util.h"

UTILITY("test EXPRESSION", "evaluate a condition");

int
main(int argc, char **argv)
{
	util_name = path_base(argv[0]);
	return util_exit(test_command(argc, argv));
}
