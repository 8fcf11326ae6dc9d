/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a file's block to the disk's: 12 direct pointers in the inode, then
 * trees of one, two and three levels of indirect blocks.
 */
#include <errno.h>
#include <string.h>

#include "ext2.h"

#define LEVELS 3

static uint32_t
pointers(const struct ext2_fs *fs)
{
	return fs->block_size / 4;
}

uint64_t
ext2_size_max(const struct ext2_fs *fs)
{
	uint64_t n = pointers(fs);
	uint64_t blocks = EXT2_NDIR + n + n * n + n * n * n;
	uint64_t limit = (uint64_t)UINT32_MAX * 512; /* i_blocks is 32 bits */

	return blocks * fs->block_size < limit ? blocks * fs->block_size
					       : limit;
}

/* What becomes of holes. */
enum holes { LEFT, ZEROED, FILLED_NEXT };

/* Allocate a block for this file and count it; it is cached. */
static int
grow(struct fs_node *node, enum holes holes, uint32_t *block)
{
	struct ext2_fs *fs = ext2_of(node);
	struct ext2_node *data = ext2_node(node);
	struct ext2_buffer *buffer;
	uint32_t goal =
	    data->last_block != 0
		? data->last_block + 1
		: fs->super.first_data_block + ((uint32_t)node->stat.ino - 1) /
						   fs->super.inodes_per_group *
						   fs->super.blocks_per_group;
	int error = ext2_block_alloc(fs, goal, block);

	if (error != 0)
		return error;
	error = holes == ZEROED ? bcache_zero(&fs->cache, *block, &buffer)
				: bcache_new(&fs->cache, *block, &buffer);
	if (error != 0) {
		(void)ext2_block_free(fs, *block);
		return error;
	}
	bcache_put(&fs->cache, buffer);
	data->last_block = *block;
	data->inode.blocks += fs->block_size / 512;
	data->dirty = true;
	return 0;
}

static bool
in_range(const struct ext2_fs *fs, uint32_t block)
{
	return block == 0 || (block >= fs->super.first_data_block &&
				 block < fs->super.blocks_count);
}

/* Entry `index` of indirect block `parent`. */
static int
step(struct fs_node *node, uint32_t parent, uint32_t index, enum holes holes,
    uint32_t *block)
{
	struct ext2_fs *fs = ext2_of(node);
	struct ext2_buffer *buffer;
	uint32_t *entries;
	int error = bcache_get(&fs->cache, parent, &buffer);

	if (error != 0)
		return error;
	entries = (uint32_t *)(void *)buffer->data;
	*block = entries[index];
	if (*block == 0 && holes != LEFT) {
		error = grow(node, holes, block);
		if (error == 0) {
			entries[index] = *block;
			bcache_dirty(&fs->cache, buffer);
		}
	}
	bcache_put(&fs->cache, buffer);
	if (error == 0 && !in_range(fs, *block))
		error = ext2_damaged(fs, "block pointer out of range", *block);
	return error;
}

/* Which tree `index` is in: level 0 to 3, and the index within it. */
static int
tree_of(const struct ext2_fs *fs, uint64_t *index, unsigned *level)
{
	uint64_t span = 1;

	if (*index < EXT2_NDIR) {
		*level = 0;
		return 0;
	}
	*index -= EXT2_NDIR;
	for (*level = 1; *level <= LEVELS; (*level)++) {
		span *= pointers(fs);
		if (*index < span)
			return 0;
		*index -= span;
	}
	return EFBIG;
}

/* What is above a block that is filled next has to be zeroed. */
static enum holes
above(enum holes holes)
{
	return holes == LEFT ? LEFT : ZEROED;
}

/* *leaf is the block in which *block stood, or 0: it was the inode. */
static int
map(struct fs_node *node, uint64_t index, enum holes holes, uint32_t *block,
    uint32_t *leaf)
{
	struct ext2_fs *fs = ext2_of(node);
	struct ext2_node *data = ext2_node(node);
	uint32_t *slot;
	unsigned level;
	uint64_t span = 1;
	int error = tree_of(fs, &index, &level);

	if (error != 0)
		return error;
	slot = level == 0 ? &data->inode.block[index]
			  : &data->inode.block[EXT2_NDIR + level - 1];
	if (*slot == 0 && holes != LEFT) {
		error = grow(node, level == 0 ? holes : above(holes), slot);
		if (error != 0) {
			*slot = 0;
			return error;
		}
	}
	*block = *slot;
	*leaf = 0;
	if (!in_range(fs, *block))
		return ext2_damaged(fs, "block pointer out of range", *block);
	for (unsigned i = 1; i < level; i++)
		span *= pointers(fs);
	for (unsigned i = 0; i < level && *block != 0; i++) {
		*leaf = *block;
		error = step(node, *block, (uint32_t)(index / span),
		    i + 1 == level ? holes : above(holes), block);
		if (error != 0)
			return error;
		index %= span;
		span /= pointers(fs);
	}
	return 0;
}

int
ext2_bmap(struct fs_node *node, uint64_t index, bool create, uint32_t *block)
{
	uint32_t leaf;

	return map(node, index, create ? ZEROED : LEFT, block, &leaf);
}

uint32_t
ext2_bmap_run(
    struct fs_node *node, uint64_t index, uint32_t max, uint32_t *block)
{
	struct ext2_fs *fs = ext2_of(node);
	const uint32_t *entries = ext2_node(node)->inode.block;
	struct ext2_buffer *buffer = NULL;
	uint32_t within = (uint32_t)index;
	uint32_t end = EXT2_NDIR;
	uint32_t count = 1;
	uint32_t leaf;

	if (map(node, index, LEFT, block, &leaf) != 0 || *block == 0)
		return 0;
	if (leaf != 0) {
		if (bcache_get(&fs->cache, leaf, &buffer) != 0)
			return 1;
		entries = (const uint32_t *)(const void *)buffer->data;
		/* All that is in front are whole trees, and the inode's. */
		within = (uint32_t)((index - EXT2_NDIR) % pointers(fs));
		end = pointers(fs);
	}
	while (count < max && within + count < end &&
	       entries[within + count] == *block + count &&
	       in_range(fs, *block + count))
		count++;
	if (buffer != NULL)
		bcache_put(&fs->cache, buffer);
	return count;
}

int
ext2_bmap_whole(struct fs_node *node, uint64_t index, uint32_t *block)
{
	uint32_t leaf;

	return map(node, index, FILLED_NEXT, block, &leaf);
}

static int
release(struct fs_node *node, uint32_t *slot)
{
	struct ext2_fs *fs = ext2_of(node);
	struct ext2_node *data = ext2_node(node);
	int error = ext2_block_free(fs, *slot);

	*slot = 0;
	if (data->inode.blocks >= fs->block_size / 512)
		data->inode.blocks -= fs->block_size / 512;
	data->dirty = true;
	return error;
}

/*
 * Free what lies at or behind `from` in the tree of `level` at *slot; the
 * block at *slot itself when nothing before `from` is in it. The depth of this
 * recursion is the tree's, at most three.
 */
static int
cut_tree(struct fs_node *node, uint32_t *slot, unsigned level, uint64_t from)
{
	struct ext2_fs *fs = ext2_of(node);
	struct ext2_buffer *buffer;
	uint32_t *entries;
	uint64_t span = 1;
	int result = 0;

	if (*slot == 0)
		return 0;
	if (!in_range(fs, *slot))
		return ext2_damaged(fs, "block pointer out of range", *slot);
	if (level == 0)
		return release(node, slot);
	for (unsigned i = 1; i < level; i++)
		span *= pointers(fs);
	result = bcache_get(&fs->cache, *slot, &buffer);
	if (result != 0)
		return result;
	entries = (uint32_t *)(void *)buffer->data;
	for (uint64_t i = from / span; i < pointers(fs); i++) {
		uint64_t inner = i == from / span ? from % span : 0;
		int error = cut_tree(node, &entries[i], level - 1, inner);

		if (error != 0 && result == 0)
			result = error;
	}
	bcache_dirty(&fs->cache, buffer);
	bcache_put(&fs->cache, buffer);
	if (from == 0 && result == 0)
		result = release(node, slot);
	return result;
}

int
ext2_bmap_cut(struct fs_node *node, uint64_t index)
{
	struct ext2_node *data = ext2_node(node);
	uint64_t start = EXT2_NDIR;
	uint64_t span = 1;
	int result = 0;

	for (uint64_t i = index; i < EXT2_NDIR; i++) {
		int error = cut_tree(node, &data->inode.block[i], 0, 0);

		if (error != 0 && result == 0)
			result = error;
	}
	for (unsigned level = 1; level <= LEVELS; level++) {
		int error = 0;

		span *= pointers(ext2_of(node));
		if (index < start + span)
			error = cut_tree(node,
			    &data->inode.block[EXT2_NDIR + level - 1], level,
			    index > start ? index - start : 0);
		start += span;
		if (error != 0 && result == 0)
			result = error;
	}
	data->last_block = 0;
	return result;
}
