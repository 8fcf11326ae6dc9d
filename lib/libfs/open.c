/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The end of a walk: what the flags of open() ask of the node that was found.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "private.h"

/* Do the flags go together with what kind of file it is? */
static int
check_kind(const struct fs_node *node, int flags, bool slash)
{
	bool directory = S_ISDIR(node->stat.mode);

	if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
		return EEXIST;
	if ((slash || (flags & O_DIRECTORY) != 0) && !directory)
		return ENOTDIR;
	if ((flags & FS_LOOKUP_PATH) != 0)
		return 0;
	if (S_ISLNK(node->stat.mode))
		return ELOOP;
	if (S_ISSOCK(node->stat.mode))
		return EOPNOTSUPP;
	if (directory && ((flags & O_ACCMODE) != O_RDONLY ||
			     (flags & (O_CREAT | O_TRUNC)) != 0))
		return EISDIR;
	return 0;
}

static int
check_access(const struct fs_node *node, int flags, const struct fs_cred *cred)
{
	unsigned bits = 0;
	int error;

	if ((flags & O_ACCMODE) == O_ACCMODE)
		return EINVAL;
	if ((flags & O_SEARCH) != 0)
		bits |= 1;
	else if ((flags & O_ACCMODE) != O_WRONLY)
		bits |= 4;
	if ((flags & O_ACCMODE) != O_RDONLY || (flags & O_TRUNC) != 0)
		bits |= 2;
	error = fs_access(node, cred, bits);
	if (error != 0)
		return error;
	if ((bits & 2) != 0 && node->fs->read_only && S_ISREG(node->stat.mode))
		return EROFS;
	return 0;
}

int
fs_open(struct fs_walk *walk, int flags, bool slash, const struct fs_cred *cred)
{
	struct fs_node *node = walk->node;
	int error = 0;

	if (!walk->created) {
		error = check_kind(node, flags, slash);
		if (error != 0 || (flags & FS_LOOKUP_PATH) != 0)
			return error;
		error = check_access(node, flags, cred);
	}
	if (error == 0 && S_ISFIFO(node->stat.mode)) {
		/* Opened for good elsewhere (server_fifo.c). */
		walk->retry = FS_RETRY_MAGIC;
		memcpy(walk->rest, "fifo", sizeof("fifo"));
		return 0;
	}
	if (error == 0 && node->fs->ops->open != NULL)
		error = node->fs->ops->open(node, flags, walk);
	if (error == 0 && !walk->created && (flags & O_TRUNC) != 0 &&
	    S_ISREG(node->stat.mode))
		error = fs_truncate(node, 0);
	return error;
}
