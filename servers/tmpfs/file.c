/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Data of regular files. No page lies wholly behind the end of its file, and
 * what is behind the end in the last one is zeros.
 */
#include <errno.h>
#include <string.h>

#include "tmpfs.h"

#define BLOCKS (PAGE_SIZE / 512) /* of stat, in a page */

/* How much of size lies in the page of offset. */
static size_t
part_of(uint64_t offset, size_t size)
{
	size_t room = PAGE_SIZE - offset % PAGE_SIZE;

	return size < room ? size : room;
}

int
tmpfs_read(
    struct fs_node *node, uint64_t offset, void *data, size_t size, size_t *got)
{
	const struct store *store = &tmpfs_of(node)->store;
	char *to = data;

	*got = 0;
	if (offset >= node->stat.size)
		return 0;
	if (size > node->stat.size - offset)
		size = (size_t)(node->stat.size - offset);
	while (*got < size) {
		uint64_t place = offset + *got;
		size_t part = part_of(place, size - *got);
		uint32_t page =
		    tree_get(&inode_of(node)->pages, place / PAGE_SIZE);

		if (page != 0)
			memcpy(to + *got,
			    store_page(store, page) + place % PAGE_SIZE, part);
		else
			memset(to + *got, 0, part);
		*got += part;
	}
	return 0;
}

bool
tmpfs_is_hole(struct fs_node *node, uint64_t offset, uint64_t *end)
{
	uint64_t index = offset / PAGE_SIZE;

	*end = (index + 1) * PAGE_SIZE;
	return tree_get(&inode_of(node)->pages, index) == 0;
}

/* The page at an index; a hole is filled, with zeros if `zero`. 0: no room. */
static uint32_t
page_for(struct fs_node *node, uint64_t index, bool zero)
{
	struct tmpfs *fs = tmpfs_of(node);
	struct tree *pages = &inode_of(node)->pages;
	uint32_t page = tree_get(pages, index);

	if (page != 0)
		return page;
	page = store_take(&fs->store, zero);
	if (page == 0)
		return 0;
	if (tree_put(pages, index, page) != 0) {
		store_give(&fs->store, page);
		return 0;
	}
	node->stat.blocks += BLOCKS;
	return page;
}

int
tmpfs_write(struct fs_node *node, uint64_t offset, const void *data,
    size_t size, size_t *put)
{
	const struct store *store = &tmpfs_of(node)->store;
	const char *from = data;

	*put = 0;
	while (*put < size) {
		uint64_t place = offset + *put;
		size_t part = part_of(place, size - *put);
		uint32_t page =
		    page_for(node, place / PAGE_SIZE, part < PAGE_SIZE);

		if (page == 0)
			return *put > 0 ? 0 : ENOSPC;
		memcpy(store_page(store, page) + place % PAGE_SIZE, from + *put,
		    part);
		*put += part;
		if (place + part > node->stat.size)
			node->stat.size = place + part;
	}
	return 0;
}

size_t
tmpfs_reserve(struct fs_node *node, uint64_t offset, size_t size)
{
	size_t done = 0;

	while (done < size &&
	       page_for(node, (offset + done) / PAGE_SIZE, true) != 0)
		done += part_of(offset + done, size - done);
	return done;
}

static void
give(void *context, uint32_t page)
{
	struct fs_node *node = context;

	store_give(&tmpfs_of(node)->store, page);
	node->stat.blocks -= BLOCKS;
}

int
tmpfs_truncate(struct fs_node *node, uint64_t size)
{
	const struct store *store = &tmpfs_of(node)->store;
	struct tree *pages = &inode_of(node)->pages;
	size_t tail = (size_t)(size % PAGE_SIZE);
	uint32_t page;

	if (size < node->stat.size) {
		tree_cut(pages, size / PAGE_SIZE + (tail > 0), give, node);
		page = tail > 0 ? tree_get(pages, size / PAGE_SIZE) : 0;
		if (page != 0)
			memset(store_page(store, page) + tail, 0,
			    PAGE_SIZE - tail);
	}
	node->stat.size = size;
	return 0;
}

static void
give_of_store(void *context, uint32_t page)
{
	store_give(context, page);
}

void
tmpfs_file_free(struct tmpfs *fs, struct tmpfs_inode *inode)
{
	tree_cut(&inode->pages, 0, give_of_store, &fs->store);
}
