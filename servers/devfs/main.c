/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * devfs: null, zero, full, random, klog, console, tty and pseudo terminals as
 * files.
 *
 *	devfs [directory]
 *
 * It mounts itself on the directory, /dev if none is given, and registers as
 * "devfs" when the files are there.
 */
#include <mach/task_user.h>

#include <libmach/mach.h>
#include <librandom/random.h>
#include <servers/bootstrap_user.h>

#include "devfs.h"

#define ROOT_INO 1U

static struct fs devfs = {
    .ops = &devfs_ops,
    .source = "devfs",
    .type = "devfs",
    .dev = 2,
};

int
main(int argc, char **argv)
{
	const char *path = argc > 1 ? argv[1] : "/dev";
	mach_port_t bootstrap;
	kern_return_t code;
	int error;

	code = task_get_special_port(
	    mach_task_self(), TASK_BOOTSTRAP_PORT, &bootstrap);
	if (code != KERN_SUCCESS)
		fs_fail("devfs", "no name service", code);
	random_init(RANDOM_KEYS);
	devices_init(bootstrap);
	error = fs_init(&devfs);
	if (error == 0)
		error = fs_node_get(&devfs, ROOT_INO, &devfs.root);
	if (error != 0)
		fs_fail("devfs", "start", SERVER_ERROR(error));
	code = fs_mount_at(&devfs, bootstrap, path);
	if (code != KERN_SUCCESS)
		fs_fail("devfs", path, code);
	code = bootstrap_register(bootstrap, "devfs", fs_root_right(&devfs));
	if (code != KERN_SUCCESS)
		fs_fail("devfs", "register", code);
	fs_serve(&devfs);
}
