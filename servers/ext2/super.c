/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mounting: the superblock and the group descriptors are checked against each
 * other and the device before anything else is believed. While it is mounted
 * for writing the file system is marked as not clean.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ext2.h"

#define SUPER_OFFSET 1024U

int
ext2_damaged(struct ext2_fs *fs, const char *what, uint64_t where)
{
	fprintf(stderr, "ext2: %s: %s (%llu); run e2fsck\n",
	    fs->fs.source != NULL ? fs->fs.source : "disk", what,
	    (unsigned long long)where);
	return EIO;
}

static int
refuse(struct ext2_fs *fs, const char *why)
{
	fprintf(stderr, "ext2: %s: %s\n",
	    fs->fs.source != NULL ? fs->fs.source : "disk", why);
	return EINVAL;
}

/* Names of features as mke2fs has them; a bit without one is shown as such. */
static int
refuse_features(struct ext2_fs *fs, uint32_t unknown)
{
	static const char *const names[] = {"compression", "filetype",
	    "needs_recovery", "journal_dev", "meta_bg", NULL, "extent", "64bit",
	    "mmp", "flex_bg", "ea_inode", NULL, "dirdata", "metadata_csum_seed",
	    "large_dir", "inline_data", "encrypt", "casefold"};
	unsigned bit = (unsigned)__builtin_ctz(unknown);
	char text[96];

	if (bit < sizeof(names) / sizeof(names[0]) && names[bit] != NULL)
		snprintf(text, sizeof(text),
		    "has the feature %s, which ext2 does not know%s",
		    names[bit], bit == 2 ? ": e2fsck replays its journal" : "");
	else
		snprintf(text, sizeof(text), "has the unknown feature 0x%x",
		    1U << bit);
	return refuse(fs, text);
}

static int
check_super(struct ext2_fs *fs)
{
	const struct ext2_super *super = &fs->super;
	uint32_t bits;

	if (super->magic != EXT2_MAGIC)
		return refuse(fs, "no ext2 file system (bad magic number)");
	if (super->log_block_size > 2)
		return refuse(fs, "block size is not 1, 2 or 4 KiB");
	fs->block_size = 1024U << super->log_block_size;
	bits = fs->block_size * 8;
	if ((super->feature_incompat & ~EXT2_INCOMPAT_FILETYPE) != 0)
		return refuse_features(
		    fs, super->feature_incompat & ~EXT2_INCOMPAT_FILETYPE);
	if ((super->feature_rocompat &
		~(EXT2_ROCOMPAT_SPARSE | EXT2_ROCOMPAT_LARGE_FILE)) != 0)
		fs->fs.read_only = true;
	fs->inode_size = super->rev_level == 0 ? 128 : super->inode_size;
	fs->first_ino = super->rev_level == 0 ? 11 : super->first_ino;
	if (fs->inode_size < 128 || fs->inode_size > fs->block_size ||
	    (fs->inode_size & (fs->inode_size - 1)) != 0)
		return refuse(fs, "bad inode size in the superblock");
	if (super->blocks_per_group == 0 || super->blocks_per_group > bits ||
	    super->inodes_per_group == 0 || super->inodes_per_group > bits)
		return refuse(fs, "bad group size in the superblock");
	if (super->first_data_block != (fs->block_size == 1024 ? 1U : 0U) ||
	    super->blocks_count <= super->first_data_block ||
	    super->first_ino > super->inodes_count)
		return refuse(fs, "bad counts in the superblock");
	if ((uint64_t)super->blocks_count * fs->block_size > fs->disk.size)
		return refuse(fs, "is larger than its partition");
	fs->group_count = (super->blocks_count - super->first_data_block +
			      super->blocks_per_group - 1) /
			  super->blocks_per_group;
	if ((uint64_t)fs->group_count * super->inodes_per_group <
	    super->inodes_count)
		return refuse(fs, "has more inodes than its groups");
	return 0;
}

static bool
block_ok(const struct ext2_fs *fs, uint32_t block, uint32_t count)
{
	return block > fs->super.first_data_block &&
	       block < fs->super.blocks_count &&
	       count <= fs->super.blocks_count - block;
}

static int
check_groups(struct ext2_fs *fs)
{
	uint32_t table =
	    (fs->super.inodes_per_group * fs->inode_size + fs->block_size - 1) /
	    fs->block_size;

	for (uint32_t i = 0; i < fs->group_count; i++) {
		const struct ext2_group *group = &fs->groups[i];

		if (!block_ok(fs, group->block_bitmap, 1) ||
		    !block_ok(fs, group->inode_bitmap, 1) ||
		    !block_ok(fs, group->inode_table, table))
			return refuse(fs, "bad group descriptors");
	}
	return 0;
}

/* Move the group descriptors between memory and the cache. */
static int
transfer_groups(struct ext2_fs *fs, bool write)
{
	size_t left = fs->group_count * sizeof(struct ext2_group);
	uint8_t *at = (uint8_t *)fs->groups;
	uint32_t block = fs->super.first_data_block + 1;

	for (; left > 0; block++) {
		size_t chunk = left < fs->block_size ? left : fs->block_size;
		struct ext2_buffer *buffer;
		int error = bcache_get(&fs->cache, block, &buffer);

		if (error != 0)
			return error;
		if (write) {
			memcpy(buffer->data, at, chunk);
			bcache_dirty(&fs->cache, buffer);
		} else {
			memcpy(at, buffer->data, chunk);
		}
		bcache_put(&fs->cache, buffer);
		at += chunk;
		left -= chunk;
	}
	return 0;
}

static int
write_super(struct ext2_fs *fs)
{
	uint32_t block = SUPER_OFFSET / fs->block_size;
	struct ext2_buffer *buffer;
	int error = bcache_get(&fs->cache, block, &buffer);

	if (error != 0)
		return error;
	memcpy(buffer->data + SUPER_OFFSET % fs->block_size, &fs->super,
	    sizeof(fs->super));
	bcache_dirty(&fs->cache, buffer);
	bcache_put(&fs->cache, buffer);
	return transfer_groups(fs, true);
}

int
ext2_mount(struct ext2_fs *fs, const struct ext2_disk *disk, unsigned buffers)
{
	int error;

	fs->disk = *disk;
	error = disk->read(
	    disk->context, SUPER_OFFSET, &fs->super, sizeof(fs->super));
	if (error == 0)
		error = check_super(fs);
	if (error != 0)
		return error;
	error = bcache_init(&fs->cache, &fs->disk, fs->block_size,
	    fs->super.blocks_count, buffers);
	if (error != 0)
		return error;
	fs->groups = calloc(fs->group_count, sizeof(struct ext2_group));
	if (fs->groups == NULL)
		return ENOMEM;
	error = transfer_groups(fs, false);
	if (error == 0)
		error = check_groups(fs);
	if (error != 0)
		return error;
	if ((fs->super.state & EXT2_STATE_OK) == 0)
		fprintf(stderr,
		    "ext2: %s: was not unmounted cleanly; e2fsck is advised\n",
		    fs->fs.source != NULL ? fs->fs.source : "disk");
	if (fs->fs.read_only)
		return 0;
	fs->super.state &= (uint16_t)~EXT2_STATE_OK;
	fs->super.mnt_count++;
	fs->super_dirty = true;
	return ext2_sync(fs);
}

int
ext2_sync(struct ext2_fs *fs)
{
	int error = 0;

	if (fs->super_dirty) {
		error = write_super(fs);
		if (error != 0)
			return error;
		fs->super_dirty = false;
	}
	return bcache_sync(&fs->cache);
}

int
ext2_shutdown(struct ext2_fs *fs)
{
	int error;

	if (fs->fs.read_only)
		return 0;
	error = ext2_sync(fs);
	if (error != 0)
		return error;
	fs->super.state |= EXT2_STATE_OK;
	fs->super.wtime = (uint32_t)(fs->fs.now() / 1000000000U);
	fs->super_dirty = true;
	error = ext2_sync(fs);
	if (error == 0)
		fs->fs.read_only = true;
	return error;
}

void
ext2_statfs(struct ext2_fs *fs, struct fs_statfs *stat)
{
	memset(stat, 0, sizeof(*stat));
	stat->type = EXT2_MAGIC;
	stat->bsize = fs->block_size;
	stat->blocks = fs->super.blocks_count;
	stat->bfree = fs->super.free_blocks_count;
	stat->bavail =
	    fs->super.free_blocks_count > fs->super.r_blocks_count
		? fs->super.free_blocks_count - fs->super.r_blocks_count
		: 0;
	stat->files = fs->super.inodes_count;
	stat->ffree = fs->super.free_inodes_count;
	stat->namemax = EXT2_NAME_MAX;
	stat->flags = fs->fs.read_only ? FS_READONLY : 0;
}
