/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: halt
 * help: shut down and stop
 */
#include <machr/system.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("halt", "shut down and stop");

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	if (argc > 1)
		util_usage_exit();
	if (machr_reboot(MACHR_HALT) != 0)
		die_errno("halt");
	pause(); /* init ends this too; the shell must not prompt before */
	return 0;
}
