/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: true
 * help: succeed
 */
#include "lib/util.h"

UTILITY("true", "succeed");

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	return 0;
}
