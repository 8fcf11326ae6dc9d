/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: false
 * help: fail
 */
#include "lib/util.h"

UTILITY("false", "fail");

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	return 1;
}
