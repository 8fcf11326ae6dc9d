/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who may do what: POSIX's file permission bits. User 0 may do everything,
 * but execute only what somebody may execute.
 */
#include <errno.h>
#include <libports/ports.h>
#include <sys/stat.h>

#include "private.h"

#define EXECUTE_ANY 0111U

bool
fs_in_group(const struct fs_cred *cred, uint64_t gid)
{
	return cred->gid == gid ||
	       (cred->groups != 0 &&
		   ports_groups_have(cred->groups, (uint32_t)gid));
}

int
fs_access(const struct fs_node *node, const struct fs_cred *cred, unsigned bits)
{
	uint64_t mode = node->stat.mode;
	uint64_t granted;

	if (cred->uid == 0)
		granted = S_ISDIR(mode) || (mode & EXECUTE_ANY) != 0 ? 7U : 6U;
	else if (cred->uid == node->stat.uid)
		granted = mode >> 6;
	else if (fs_in_group(cred, node->stat.gid))
		granted = mode >> 3;
	else
		granted = mode;
	return (bits & ~granted & 7U) == 0 ? 0 : EACCES;
}

int
fs_may_add(const struct fs_node *dir, const struct fs_cred *cred)
{
	if (dir->stat.nlink == 0)
		return ENOENT;
	if (dir->fs->read_only)
		return EROFS;
	return fs_access(dir, cred, 3);
}

int
fs_may_remove(const struct fs_node *dir, const struct fs_node *node,
    const struct fs_cred *cred)
{
	if (fs_access(dir, cred, 3) != 0)
		return EACCES;
	if ((dir->stat.mode & S_ISVTX) != 0 && cred->uid != 0 &&
	    cred->uid != node->stat.uid && cred->uid != dir->stat.uid)
		return EPERM;
	return 0;
}

struct fs_cred
fs_new_owner(
    const struct fs_node *dir, const struct fs_cred *cred, uint32_t *mode)
{
	struct fs_cred owner = *cred;

	if ((dir->stat.mode & S_ISGID) != 0) {
		owner.gid = (uint32_t)dir->stat.gid;
		if (S_ISDIR(*mode))
			*mode |= S_ISGID;
	}
	return owner;
}
