/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Inodes on the disk.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "ext2.h"

/* The buffer that holds inode `ino`, and where in it. */
static int
locate(struct ext2_fs *fs, uint32_t ino, struct ext2_buffer **buffer,
    uint32_t *offset)
{
	uint32_t index;
	uint64_t byte;

	if (ino == 0 || ino > fs->super.inodes_count)
		return ext2_damaged(fs, "inode number out of range", ino);
	index = (ino - 1) % fs->super.inodes_per_group;
	byte = (uint64_t)index * fs->inode_size;
	*offset = (uint32_t)(byte % fs->block_size);
	return bcache_get(&fs->cache,
	    fs->groups[(ino - 1) / fs->super.inodes_per_group].inode_table +
		(uint32_t)(byte / fs->block_size),
	    buffer);
}

int
ext2_inode_read(struct ext2_fs *fs, uint32_t ino, struct ext2_inode *inode)
{
	struct ext2_buffer *buffer = NULL;
	uint32_t offset;
	int error = locate(fs, ino, &buffer, &offset);

	if (error != 0 || buffer == NULL)
		return error;
	memcpy(inode, buffer->data + offset, sizeof(*inode));
	bcache_put(&fs->cache, buffer);
	return 0;
}

int
ext2_inode_write(
    struct ext2_fs *fs, uint32_t ino, const struct ext2_inode *inode)
{
	struct ext2_buffer *buffer = NULL;
	uint32_t offset;
	int error = locate(fs, ino, &buffer, &offset);

	if (error != 0 || buffer == NULL)
		return error;
	memcpy(buffer->data + offset, inode, sizeof(*inode));
	bcache_dirty(&fs->cache, buffer);
	bcache_put(&fs->cache, buffer);
	return 0;
}

uint64_t
ext2_inode_size(const struct ext2_inode *inode)
{
	if (S_ISREG(inode->mode))
		return inode->size | (uint64_t)inode->size_high << 32;
	return inode->size;
}

void
ext2_inode_set_size(struct ext2_inode *inode, uint64_t size)
{
	inode->size = (uint32_t)size;
	if (S_ISREG(inode->mode))
		inode->size_high = (uint32_t)(size >> 32);
}
