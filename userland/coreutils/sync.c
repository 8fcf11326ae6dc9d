/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: sync
 * help: write what is cached to the disks
 */
#include <unistd.h>

#include "lib/util.h"

UTILITY("sync", "write what is cached to the disks");

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	sync();
	return 0;
}
