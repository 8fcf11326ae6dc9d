/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The bitmaps: free blocks and inodes of each group. The group descriptors'
 * and the superblock's counts are kept in step here.
 */
#include <errno.h>
#include <string.h>

#include "ext2.h"

/* A clear bit of map[from..to), a word at a time; -1: none. */
static int64_t
find_clear_in(const uint8_t *map, uint32_t from, uint32_t to)
{
	while (from < to) {
		uint64_t word;

		memcpy(&word, map + (size_t)(from / 64) * 8, sizeof(word));
		word = ~word >> (from % 64);
		if (word != 0) {
			from += (uint32_t)__builtin_ctzll(word);
			return from < to ? (int64_t)from : -1;
		}
		from = (from / 64 + 1) * 64;
	}
	return -1;
}

/* The same of map[0..bits), a whole block, from `start` on and round. */
static int64_t
find_clear(const uint8_t *map, uint32_t bits, uint32_t start)
{
	int64_t found;

	if (start >= bits)
		start = 0;
	found = find_clear_in(map, start, bits);
	return found >= 0 ? found : find_clear_in(map, 0, start);
}

static uint32_t
group_blocks(const struct ext2_fs *fs, uint32_t group)
{
	uint32_t first =
	    fs->super.first_data_block + group * fs->super.blocks_per_group;
	uint32_t left = fs->super.blocks_count - first;

	return left < fs->super.blocks_per_group ? left
						 : fs->super.blocks_per_group;
}

/* Take a clear bit of the bitmap in `block`; ENOSPC when all are set. */
static int
take_bit(struct ext2_fs *fs, uint32_t block, uint32_t bits, uint32_t start,
    uint32_t *bit)
{
	struct ext2_buffer *buffer;
	int64_t found;
	int error = bcache_get(&fs->cache, block, &buffer);

	if (error != 0)
		return error;
	found = find_clear(buffer->data, bits, start);
	if (found >= 0) {
		buffer->data[found / 8] |= (uint8_t)(1U << (found & 7));
		bcache_dirty(&fs->cache, buffer);
		*bit = (uint32_t)found;
	}
	bcache_put(&fs->cache, buffer);
	return found >= 0 ? 0 : ENOSPC;
}

/* Clear a bit that must be set. */
static int
drop_bit(struct ext2_fs *fs, uint32_t block, uint32_t bit, const char *what,
    uint32_t number)
{
	struct ext2_buffer *buffer;
	bool was_set;
	int error = bcache_get(&fs->cache, block, &buffer);

	if (error != 0)
		return error;
	was_set = (buffer->data[bit / 8] & (1U << (bit & 7))) != 0;
	buffer->data[bit / 8] &= (uint8_t) ~(1U << (bit & 7));
	bcache_dirty(&fs->cache, buffer);
	bcache_put(&fs->cache, buffer);
	return was_set ? 0 : ext2_damaged(fs, what, number);
}

int
ext2_block_alloc(struct ext2_fs *fs, uint32_t goal, uint32_t *block)
{
	uint32_t per_group = fs->super.blocks_per_group;
	uint32_t first = fs->super.first_data_block;
	uint32_t start_group;
	uint32_t bit;

	if (goal < first || goal >= fs->super.blocks_count)
		goal = first;
	start_group = (goal - first) / per_group;
	for (uint32_t i = 0; i < fs->group_count; i++) {
		uint32_t group = (start_group + i) % fs->group_count;
		struct ext2_group *desc = &fs->groups[group];
		uint32_t start = i == 0 ? (goal - first) % per_group : 0;
		int error;

		if (desc->free_blocks_count == 0)
			continue;
		error = take_bit(fs, desc->block_bitmap,
		    group_blocks(fs, group), start, &bit);
		if (error == ENOSPC)
			continue;
		if (error != 0)
			return error;
		desc->free_blocks_count--;
		fs->super.free_blocks_count--;
		fs->super_dirty = true;
		*block = first + group * per_group + bit;
		return 0;
	}
	return ENOSPC;
}

int
ext2_block_free(struct ext2_fs *fs, uint32_t block)
{
	uint32_t first = fs->super.first_data_block;
	uint32_t group;
	int error;

	if (block < first || block >= fs->super.blocks_count)
		return ext2_damaged(fs, "freeing a block outside", block);
	group = (block - first) / fs->super.blocks_per_group;
	error = drop_bit(fs, fs->groups[group].block_bitmap,
	    (block - first) % fs->super.blocks_per_group, "block freed twice",
	    block);
	if (error != 0)
		return error;
	bcache_forget(&fs->cache, block);
	fs->groups[group].free_blocks_count++;
	fs->super.free_blocks_count++;
	fs->super_dirty = true;
	return 0;
}

/* Directories go to the group with most room, files to their parent's. */
static uint32_t
inode_group(const struct ext2_fs *fs, uint32_t parent, bool directory)
{
	uint32_t best = (parent - 1) / fs->super.inodes_per_group;

	if (!directory)
		return best;
	for (uint32_t group = 0; group < fs->group_count; group++) {
		if (fs->groups[group].free_inodes_count > 0 &&
		    fs->groups[group].free_blocks_count >
			fs->groups[best].free_blocks_count)
			best = group;
	}
	return best;
}

int
ext2_inode_alloc(
    struct ext2_fs *fs, uint32_t parent, bool directory, uint32_t *ino)
{
	uint32_t per_group = fs->super.inodes_per_group;
	uint32_t start_group = inode_group(fs, parent, directory);

	for (uint32_t i = 0; i < fs->group_count; i++) {
		uint32_t group = (start_group + i) % fs->group_count;
		struct ext2_group *desc = &fs->groups[group];
		uint32_t bit;
		int error;

		if (desc->free_inodes_count == 0)
			continue;
		error = take_bit(fs, desc->inode_bitmap, per_group,
		    group == 0 ? fs->first_ino - 1 : 0, &bit);
		if (error == ENOSPC)
			continue;
		if (error != 0)
			return error;
		if (group * per_group + bit + 1 < fs->first_ino)
			return ext2_damaged(fs, "reserved inode is free",
			    group * per_group + bit + 1);
		desc->free_inodes_count--;
		desc->used_dirs_count += directory ? 1 : 0;
		fs->super.free_inodes_count--;
		fs->super_dirty = true;
		*ino = group * per_group + bit + 1;
		return 0;
	}
	return ENOSPC;
}

int
ext2_inode_free(struct ext2_fs *fs, uint32_t ino, bool directory)
{
	uint32_t per_group = fs->super.inodes_per_group;
	uint32_t group = (ino - 1) / per_group;
	int error;

	error = drop_bit(fs, fs->groups[group].inode_bitmap,
	    (ino - 1) % per_group, "inode freed twice", ino);
	if (error != 0)
		return error;
	fs->groups[group].free_inodes_count++;
	fs->groups[group].used_dirs_count -= directory ? 1 : 0;
	fs->super.free_inodes_count++;
	fs->super_dirty = true;
	return 0;
}
