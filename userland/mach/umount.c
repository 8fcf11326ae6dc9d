/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: umount DIRECTORY
 * help: take a file system off the directory it is mounted on
 *
 * Files of it that are open stay so; a server that has nothing else to do ends
 * when the last is closed.
 */
#include <mach/task_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <servers/fs_user.h>
#include <servers/io_user.h>
#include <stdlib.h>
#include <string.h>

#include "lib/util.h"

UTILITY("umount DIRECTORY",
    "take a file system off the directory it is mounted on");

static void
check(const char *what, kern_return_t code)
{
	if (code == KERN_SUCCESS)
		return;
	die("%s: %s", what,
	    SERVER_IS_ERROR(code) ? strerror(SERVER_ERRNO(code))
				  : mach_error_string(code));
}

/* A handle on the directory, by its path from the system's root. */
static mach_port_t
find(const char *path)
{
	char asked[IO_PATH_MAX];
	char rest[IO_PATH_MAX];
	mach_port_t bootstrap, at, next;
	int retry = FS_RETRY_PORT;

	check("name service", task_get_special_port(mach_task_self(),
				  TASK_BOOTSTRAP_PORT, &bootstrap));
	check("root", bootstrap_look_up(bootstrap, "root", &at));
	strlcpy(rest, path, sizeof(rest));
	while (retry == FS_RETRY_PORT) {
		memcpy(asked, rest, sizeof(asked));
		check(path, dir_lookup(at, asked, FS_LOOKUP_PATH | O_DIRECTORY,
				0, &retry, rest, &next));
		at = next;
	}
	if (retry != FS_RETRY_NONE)
		die("%s: is elsewhere", path);
	return at;
}

int
main(int argc, char **argv)
{
	char inside[IO_PATH_MAX];
	mach_port_t below;
	char *path;

	util_init(argc, argv);
	if (argc != 2)
		util_usage_exit();
	path = realpath(argv[1], NULL);
	if (path == NULL || strlen(path) >= IO_PATH_MAX)
		die_errno(argv[1]);
	check(path, io_path(find(path), inside, &below));
	if (strcmp(inside, "/") != 0 || below == MACH_PORT_NULL)
		die("%s: nothing is mounted there", path);
	check(path, fs_unmount(below));
	free(path);
	return util_exit(0);
}
