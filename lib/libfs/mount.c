/* SPDX-License-Identifier: BSD-2-Clause */
/* A server starts: its root on a directory of the tree. Or it ends. */
#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <servers/fs_user.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

/* Look the directory up, through what is mounted on the way. */
static kern_return_t
walk(mach_port_t root, const char *path, mach_port_t *dir)
{
	char asked[IO_PATH_MAX];
	char rest[IO_PATH_MAX];
	mach_port_t at = root;
	int retry = FS_RETRY_PORT;
	kern_return_t code = KERN_SUCCESS;

	if (strlen(path) >= sizeof(rest))
		return SERVER_ERROR(ENAMETOOLONG);
	memcpy(rest, path, strlen(path) + 1);
	while (code == KERN_SUCCESS && retry == FS_RETRY_PORT) {
		if (fs_file_of(at) != NULL) {
			code = SERVER_ERROR(EBUSY); /* who would answer? */
			break;
		}
		memcpy(asked, rest, sizeof(asked));
		*dir = MACH_PORT_NULL;
		code = dir_lookup(at, asked, FS_LOOKUP_PATH | O_DIRECTORY, 0,
		    &retry, rest, dir);
		fs_drop_right(at);
		at = *dir;
	}
	if (code == KERN_SUCCESS && retry != FS_RETRY_NONE)
		code = SERVER_ERROR(ELOOP);
	if (code != KERN_SUCCESS)
		fs_drop_right(at);
	return code;
}

kern_return_t
fs_mount_at(struct fs *fs, mach_port_t bootstrap, const char *path)
{
	mach_port_t root, dir;
	kern_return_t code = bootstrap_wait(bootstrap, "root", &root);

	if (code == KERN_SUCCESS)
		code = walk(root, path, &dir);
	if (code != KERN_SUCCESS)
		return code;
	code = fs_mount(dir, fs_root_right(fs), fs->source, fs->type,
	    fs->read_only ? "ro" : "rw");
	fs_drop_right(dir);
	return code;
}

void
fs_fail(const char *server, const char *what, kern_return_t code)
{
	fprintf(stderr, "%s: %s: %s\n", server, what,
	    SERVER_IS_ERROR(code) ? strerror(SERVER_ERRNO(code))
				  : mach_error_string(code));
	exit(EXIT_FAILURE);
}
