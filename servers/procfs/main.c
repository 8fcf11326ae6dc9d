/* SPDX-License-Identifier: BSD-2-Clause */
/* procfs [DIRECTORY]: processes and the system as files, on /proc. */
#include <mach/task_user.h>

#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <stdlib.h>

#include "procfs.h"

#define ROOT_INO 1

static struct fs procfs = {
    .ops = &procfs_ops,
    .source = "proc",
    .type = "proc",
    .dev = 3,
    .read_only = true,
    .made = true,
};

int
main(int argc, char **argv)
{
	const char *path = argc > 1 ? argv[1] : "/proc";
	mach_port_t bootstrap;
	kern_return_t code = task_get_special_port(
	    mach_task_self(), TASK_BOOTSTRAP_PORT, &bootstrap);
	int error;

	if (code != KERN_SUCCESS)
		fs_fail("procfs", "no name service", code);
	error = fs_init(&procfs);
	if (error == 0)
		error = fs_node_get(&procfs, ROOT_INO, &procfs.root);
	if (error != 0)
		fs_fail("procfs", "start", SERVER_ERROR(error));
	code = fs_mount_at(&procfs, bootstrap, path);
	if (code != KERN_SUCCESS)
		fs_fail("procfs", path, code);
	code = bootstrap_register(bootstrap, "procfs", fs_root_right(&procfs));
	if (code != KERN_SUCCESS)
		fs_fail("procfs", "register", code);
	fs_serve(&procfs);
}
