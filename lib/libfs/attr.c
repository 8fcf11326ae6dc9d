/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mode, owner, times and size of nodes, by POSIX's rules.
 */
#include <errno.h>
#include <sys/stat.h>

#include "private.h"

#define OWNED 0xffffffffU /* in fs_chown: leave it */

static int
changed(struct fs_node *node)
{
	fs_note_change();
	return node->fs->ops->changed(node);
}

static bool
owns(const struct fs_node *node, const struct fs_cred *cred)
{
	return cred->uid == 0 || cred->uid == node->stat.uid;
}

int
fs_chmod(struct fs_node *node, uint32_t mode, const struct fs_cred *cred)
{
	uint64_t kept = node->stat.mode & S_IFMT;

	if (node->fs->read_only)
		return EROFS;
	if (!owns(node, cred))
		return EPERM;
	if (S_ISLNK(node->stat.mode))
		return EOPNOTSUPP;
	mode &= 07777;
	if (cred->uid != 0 && !fs_in_group(cred, node->stat.gid))
		mode &= ~(uint32_t)S_ISGID;
	if (cred->uid != 0 && !S_ISDIR(node->stat.mode))
		mode &= ~(uint32_t)S_ISVTX;
	node->stat.mode = kept | mode;
	node->stat.ctime = node->fs->now();
	return changed(node);
}

/* A file that is written to, or changes hands, is not set-id any more. */
static void
clear_set_id(struct fs_node *node)
{
	if (!S_ISREG(node->stat.mode))
		return;
	node->stat.mode &= ~(uint64_t)S_ISUID;
	if ((node->stat.mode & S_IXGRP) != 0)
		node->stat.mode &= ~(uint64_t)S_ISGID;
}

int
fs_chown(struct fs_node *node, uint32_t uid, uint32_t gid,
    const struct fs_cred *cred)
{
	bool new_uid = uid != OWNED && uid != node->stat.uid;
	bool new_gid = gid != OWNED && gid != node->stat.gid;

	if (node->fs->read_only)
		return EROFS;
	if (cred->uid != 0 && (cred->uid != node->stat.uid || new_uid ||
				  (new_gid && !fs_in_group(cred, gid))))
		return EPERM;
	if (uid == OWNED && gid == OWNED)
		return 0;
	if (uid != OWNED)
		node->stat.uid = uid;
	if (gid != OWNED)
		node->stat.gid = gid;
	clear_set_id(node);
	node->stat.ctime = node->fs->now();
	return changed(node);
}

static void
set_time(uint64_t *to, uint64_t value, uint64_t now)
{
	if (value == IO_TIME_NOW)
		*to = now;
	else if (value != IO_TIME_OMIT)
		*to = value;
}

int
fs_utimes(struct fs_node *node, uint64_t atime, uint64_t mtime,
    const struct fs_cred *cred)
{
	uint64_t now;

	if (node->fs->read_only)
		return EROFS;
	if (atime == IO_TIME_OMIT && mtime == IO_TIME_OMIT)
		return 0;
	if (!owns(node, cred)) {
		if (atime != IO_TIME_NOW || mtime != IO_TIME_NOW)
			return EPERM;
		if (fs_access(node, cred, 2) != 0)
			return EACCES;
	}
	now = node->fs->now();
	set_time(&node->stat.atime, atime, now);
	set_time(&node->stat.mtime, mtime, now);
	node->stat.ctime = now;
	return changed(node);
}

int
fs_truncate(struct fs_node *node, uint64_t size)
{
	int error;

	if (S_ISDIR(node->stat.mode))
		return EISDIR;
	if (!S_ISREG(node->stat.mode))
		return EINVAL;
	if (node->fs->read_only)
		return EROFS;
	if (size > INT64_MAX)
		return EFBIG;
	if (size < node->stat.size)
		fs_pager_before(node, size, UINT64_MAX);
	error = node->fs->ops->truncate(node, size);
	fs_pager_after(node, size, UINT64_MAX);
	if (error == 0)
		fs_touch(node);
	return error;
}

void
fs_touch(struct fs_node *node)
{
	node->stat.mtime = node->fs->now();
	node->stat.ctime = node->stat.mtime;
	(void)changed(node);
}

/*
 * The access time tells whether a file was read since it was written; that is
 * all that is asked of it, and not worth a write at each read.
 */
void
fs_read_mark(struct fs_node *node)
{
	struct io_stat *stat = &node->stat;

	if ((stat->atime > stat->mtime && stat->atime > stat->ctime) ||
	    node->fs->read_only)
		return;
	stat->atime = node->fs->now();
	(void)changed(node);
}

void
fs_write_mark(struct fs_node *node, const struct fs_cred *cred)
{
	if (cred->uid != 0)
		clear_set_id(node);
	fs_touch(node);
}
