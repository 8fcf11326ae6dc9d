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

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <servers/fs_user.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "devfs.h"

#define ROOT_INO 1U

static struct fs devfs = {
    .ops = &devfs_ops,
    .source = "devfs",
    .type = "devfs",
    .dev = 2,
};

static void __attribute__((noreturn)) fail(const char *what, kern_return_t code)
{
	fprintf(stderr, "devfs: %s: %s\n", what,
	    SERVER_IS_ERROR(code) ? strerror(SERVER_ERRNO(code))
				  : mach_error_string(code));
	exit(1);
}

/* Put our root on a directory of the root file system. */
static kern_return_t
mount_on(mach_port_t bootstrap, const char *path)
{
	char rest[IO_PATH_MAX];
	mach_port_t root;
	mach_port_t dir = MACH_PORT_NULL;
	int retry = FS_RETRY_NONE;
	kern_return_t code = bootstrap_wait(bootstrap, "root", &root);

	if (code == KERN_SUCCESS)
		code = dir_lookup(root, path, FS_LOOKUP_PATH | O_DIRECTORY, 0,
		    &retry, rest, &dir);
	if (code == KERN_SUCCESS && retry != FS_RETRY_NONE)
		code = SERVER_ERROR(EBUSY);
	if (code == KERN_SUCCESS)
		code = fs_mount(
		    dir, fs_root_right(&devfs), "devfs", "devfs", "rw");
	if (MACH_PORT_VALID(dir))
		(void)syscall_mach_port_deallocate(mach_task_self(), dir);
	return code;
}

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
		fail("no name service", code);
	random_init();
	devices_init(bootstrap);
	error = fs_init(&devfs);
	if (error == 0)
		error = fs_node_get(&devfs, ROOT_INO, &devfs.root);
	if (error != 0)
		fail("start", SERVER_ERROR(error));
	code = mount_on(bootstrap, path);
	if (code != KERN_SUCCESS)
		fail(path, code);
	code = bootstrap_register(bootstrap, "devfs", fs_root_right(&devfs));
	if (code != KERN_SUCCESS)
		fail("register", code);
	fs_serve(&devfs);
}
