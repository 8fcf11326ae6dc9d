/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Contents of files, through the block cache. Sequential reading is noticed by
 * blocks that follow each other on the disk: those are read ahead together.
 */
#include <errno.h>
#include <string.h>

#include "ext2.h"

#define READ_AHEAD 16U
#define RUN_MAX    65536U /* blocks looked at for a hole at once */

/* How many blocks from file block `index` on are consecutive on the disk. */
static uint32_t
run_length(struct fs_node *node, uint64_t index)
{
	struct ext2_fs *fs = ext2_of(node);
	uint64_t blocks =
	    (ext2_inode_size(&ext2_node(node)->inode) + fs->block_size - 1) /
	    fs->block_size;
	uint64_t left = blocks - index;
	uint32_t block;

	return ext2_bmap_run(node, index,
	    left < READ_AHEAD ? (uint32_t)left : READ_AHEAD, &block);
}

bool
ext2_is_hole(struct fs_node *node, uint64_t offset, uint64_t *end)
{
	struct ext2_fs *fs = ext2_of(node);
	uint64_t index = offset / fs->block_size;
	uint32_t count = 0;
	uint32_t block;
	bool known = ext2_bmap(node, index, false, &block) == 0;

	if (known && block != 0)
		count = ext2_bmap_run(node, index, RUN_MAX, &block);
	*end = (index + (count > 0 ? count : 1)) * fs->block_size;
	return known && block == 0;
}

static int
read_block(struct fs_node *node, uint64_t index, uint32_t offset, void *data,
    uint32_t size)
{
	struct ext2_fs *fs = ext2_of(node);
	struct ext2_buffer *buffer;
	uint32_t block;
	int error = ext2_bmap(node, index, false, &block);

	if (error != 0)
		return error;
	if (block == 0) {
		memset(data, 0, size);
		return 0;
	}
	if (!bcache_has(&fs->cache, block))
		bcache_prefetch(&fs->cache, block, run_length(node, index));
	error = bcache_get(&fs->cache, block, &buffer);
	if (error != 0)
		return error;
	memcpy(data, buffer->data + offset, size);
	bcache_put(&fs->cache, buffer);
	return 0;
}

int
ext2_read(
    struct fs_node *node, uint64_t offset, void *data, size_t size, size_t *got)
{
	struct ext2_fs *fs = ext2_of(node);
	uint64_t end = ext2_inode_size(&ext2_node(node)->inode);

	*got = 0;
	if (offset >= end)
		return 0;
	if (size > end - offset)
		size = (size_t)(end - offset);
	while (*got < size) {
		uint32_t within = (uint32_t)(offset % fs->block_size);
		uint32_t chunk = fs->block_size - within;
		int error;

		if (chunk > size - *got)
			chunk = (uint32_t)(size - *got);
		error = read_block(node, offset / fs->block_size, within,
		    (char *)data + *got, chunk);
		if (error != 0)
			return *got > 0 ? 0 : error;
		*got += chunk;
		offset += chunk;
	}
	return 0;
}

/* How many blocks from file block `index` on, one behind the other, are only on
 * the disk: neither holes, nor cached, nor bad.
 */
static uint32_t
uncached_run(
    struct fs_node *node, uint64_t index, uint32_t max, uint32_t *first)
{
	struct ext2_cache *cache = &ext2_of(node)->cache;
	uint32_t count = 0;

	*first = 0;
	while (count < max) {
		uint32_t block = 0;
		uint32_t run =
		    ext2_bmap_run(node, index + count, max - count, &block);

		if (count == 0)
			*first = block;
		if (run == 0 || block != *first + count)
			break;
		for (; run > 0; run--) {
			if (bcache_has(cache, *first + count))
				return count;
			count++;
		}
	}
	return count;
}

/* Whole pages, from the disk as they come, past the cache. */
int
ext2_read_memory(
    struct fs_node *node, uint64_t offset, size_t *size, uintptr_t *memory)
{
	struct ext2_fs *fs = ext2_of(node);
	uint64_t end = ext2_inode_size(&ext2_node(node)->inode);
	uint64_t index = offset / fs->block_size;
	size_t part = *size;
	uint32_t first;
	uint32_t want;
	uint32_t count;
	int error;

	if (fs->disk.read_memory == NULL || offset >= end)
		return ENOTSUP;
	if (part > end - offset)
		part = (size_t)(end - offset);
	want = (uint32_t)((part + fs->block_size - 1) / fs->block_size);
	count = uncached_run(node, index, want, &first);
	if (count < want)
		*size = count * (size_t)fs->block_size & ~VM_PAGE_MASK;
	if (*size == 0) {
		do
			*size += VM_PAGE_SIZE;
		while (*size < part &&
		       uncached_run(node, (offset + *size) / fs->block_size, 1,
			   &first) == 0);
		return ENOTSUP;
	}
	error = fs->disk.read_memory(
	    fs->disk.context, (uint64_t)first * fs->block_size, *size, memory);
	if (error == 0 && *size > end - offset)
		memset((char *)*memory + (end - offset), 0,
		    *size - (size_t)(end - offset));
	return error;
}

static int
write_block(struct fs_node *node, uint64_t index, uint32_t offset,
    const void *data, uint32_t size)
{
	struct ext2_fs *fs = ext2_of(node);
	struct ext2_buffer *buffer;
	uint32_t block;
	bool whole = size == fs->block_size;
	int error = whole ? ext2_bmap_whole(node, index, &block)
			  : ext2_bmap(node, index, true, &block);

	if (error != 0)
		return error;
	error = whole ? bcache_new(&fs->cache, block, &buffer)
		      : bcache_get(&fs->cache, block, &buffer);
	if (error != 0)
		return error;
	memcpy(buffer->data + offset, data, size);
	bcache_dirty(&fs->cache, buffer);
	bcache_put(&fs->cache, buffer);
	return 0;
}

static void
set_size(struct fs_node *node, uint64_t size)
{
	struct ext2_node *data = ext2_node(node);

	ext2_inode_set_size(&data->inode, size);
	data->dirty = true;
	node->stat.size = size;
}

int
ext2_write(struct fs_node *node, uint64_t offset, const void *data, size_t size,
    size_t *put)
{
	struct ext2_fs *fs = ext2_of(node);
	uint64_t max = ext2_size_max(fs);
	int error = 0;

	*put = 0;
	if (offset >= max && size > 0)
		return EFBIG;
	if (size > max - offset)
		size = (size_t)(max - offset);
	while (*put < size) {
		uint32_t within = (uint32_t)(offset % fs->block_size);
		uint32_t chunk = fs->block_size - within;

		if (chunk > size - *put)
			chunk = (uint32_t)(size - *put);
		error = write_block(node, offset / fs->block_size, within,
		    (const char *)data + *put, chunk);
		if (error != 0)
			break;
		*put += chunk;
		offset += chunk;
	}
	if (offset > node->stat.size && *put > 0)
		set_size(node, offset);
	node->stat.blocks = ext2_node(node)->inode.blocks;
	return *put > 0 ? 0 : error;
}

int
ext2_truncate(struct fs_node *node, uint64_t size)
{
	struct ext2_fs *fs = ext2_of(node);
	uint64_t keep = (size + fs->block_size - 1) / fs->block_size;
	uint32_t tail = (uint32_t)(size % fs->block_size);
	struct ext2_buffer *buffer;
	uint32_t block = 0;
	int error = 0;

	if (size > ext2_size_max(fs))
		return EFBIG;
	if (size < node->stat.size) {
		error = ext2_bmap_cut(node, keep);
		if (error == 0 && tail != 0)
			error = ext2_bmap(node, keep - 1, false, &block);
		if (error == 0 && block != 0) {
			error = bcache_get(&fs->cache, block, &buffer);
			if (error != 0)
				return error;
			memset(buffer->data + tail, 0, fs->block_size - tail);
			bcache_dirty(&fs->cache, buffer);
			bcache_put(&fs->cache, buffer);
		}
	}
	if (error == 0)
		set_size(node, size);
	node->stat.blocks = ext2_node(node)->inode.blocks;
	return error;
}
