/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: clear
 * help: clear the screen
 */
#include "lib/util.h"

UTILITY("clear", "clear the screen");

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	fputs("\033[H\033[2J", stdout);
	return util_exit(0);
}
