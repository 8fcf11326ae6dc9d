/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: kill [-s SIGNAL] PID... | -l
 * help: send a signal
 */
#include "lib/commands.h"
#include "lib/util.h"

UTILITY("kill [-s SIGNAL] PID... | -l", "send a signal");

int
main(int argc, char **argv)
{
	util_name = path_base(argv[0]);
	return util_exit(kill_command(argc, argv));
}
