/* SPDX-License-Identifier: BSD-2-Clause */
/* Inodes by number. A number that is free is used anew. */
#include <errno.h>
#include <stdlib.h>

#include "tmpfs.h"

static bool
grow(struct tmpfs *fs)
{
	uint32_t count = fs->slot_count == 0 ? 64 : fs->slot_count * 2;
	struct tmpfs_slot *slots;

	if (count > UINT32_MAX / 2)
		return false;
	slots = realloc(fs->slots, count * sizeof(*slots));
	if (slots == NULL)
		return false;
	fs->slots = slots;
	for (uint32_t ino = count; ino > fs->slot_count; ino--) {
		slots[ino - 1] = (struct tmpfs_slot){.next = fs->free_slot};
		fs->free_slot = ino;
	}
	fs->slot_count = count;
	return true;
}

int
tmpfs_inode_make(struct tmpfs *fs, uint32_t mode, const struct fs_cred *cred,
    struct tmpfs_inode **result)
{
	struct tmpfs_inode *inode;
	uint32_t ino;
	uint64_t now = fs->fs.now();

	if (fs->names >= fs->names_limit)
		return ENOSPC;
	if (fs->free_slot == 0 && !grow(fs))
		return ENOMEM;
	inode = calloc(1, sizeof(*inode));
	if (inode == NULL)
		return ENOMEM;
	ino = fs->free_slot;
	fs->free_slot = fs->slots[ino - 1].next;
	fs->slots[ino - 1].inode = inode;
	fs->names++;
	inode->stat = (struct io_stat){
	    .dev = fs->fs.dev,
	    .ino = ino,
	    .mode = mode,
	    .nlink = 1,
	    .uid = cred->uid,
	    .gid = cred->gid,
	    .blksize = PAGE_SIZE,
	    .atime = now,
	    .mtime = now,
	    .ctime = now,
	};
	*result = inode;
	return 0;
}

void
tmpfs_inode_free(struct tmpfs *fs, struct tmpfs_inode *inode)
{
	uint32_t ino = (uint32_t)inode->stat.ino;

	tmpfs_file_free(fs, inode);
	free(inode->target);
	free(inode);
	fs->slots[ino - 1] = (struct tmpfs_slot){.next = fs->free_slot};
	fs->free_slot = ino;
	fs->names--;
}

struct tmpfs_inode *
tmpfs_inode(const struct tmpfs *fs, uint64_t ino)
{
	return ino - 1 < fs->slot_count ? fs->slots[ino - 1].inode : NULL;
}
