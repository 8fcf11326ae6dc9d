/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: poweroff
 * help: shut down and switch off
 */
#include <machr/system.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("poweroff", "shut down and switch off");

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	if (argc > 1)
		util_usage_exit();
	if (machr_reboot(MACHR_POWEROFF) != 0)
		die_errno("poweroff");
	pause(); /* init ends this too; the shell must not prompt before */
	return 0;
}
