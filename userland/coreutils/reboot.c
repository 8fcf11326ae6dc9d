/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: reboot
 * help: start the system again
 */
#include <machr/system.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("reboot", "start the system again");

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	if (argc > 1)
		util_usage_exit();
	if (machr_reboot(MACHR_REBOOT) != 0)
		die_errno("reboot");
	pause(); /* init ends this too; the shell must not prompt before */
	return 0;
}
