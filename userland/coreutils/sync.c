/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: sync
 * help: write what is cached to the disks
 */
#include <machr/system.h>

#include "lib/util.h"

UTILITY("sync", "write what is cached to the disks");

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	if (machr_sync() != 0)
		die_errno("not everything could be written");
	return 0;
}
