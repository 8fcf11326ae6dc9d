/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Nodes: a hash from (file system, inode number) to the one node of an inode,
 * and a list of nodes without references, the one used last at its head. The
 * list is bounded; a node without a name leaves at once, since its inode is
 * to be freed.
 */
#include <errno.h>
#include <stdlib.h>

#include "private.h"

#define IDLE_MAX 512U

static struct fs_node **table;
static size_t table_size; /* a power of two */
static size_t node_count;
static struct fs_node *newest;
static struct fs_node *oldest;
static unsigned idle_count;

static size_t
slot_of(const struct fs *fs, uint64_t ino, size_t size)
{
	return (size_t)(ino ^ ino >> 10 ^ (uintptr_t)fs >> 6) & (size - 1);
}

static bool
table_grow(void)
{
	size_t size = table_size == 0 ? 256 : table_size * 2;
	struct fs_node **new = calloc(size, sizeof(struct fs_node *));

	if (new == NULL)
		return table_size != 0;
	for (size_t i = 0; i < table_size; i++) {
		struct fs_node *node = table[i];

		while (node != NULL) {
			struct fs_node *next = node->hash_next;
			size_t slot = slot_of(node->fs, node->stat.ino, size);

			node->hash_next = new[slot];
			new[slot] = node;
			node = next;
		}
	}
	free(table);
	table = new;
	table_size = size;
	return true;
}

static struct fs_node *
find(const struct fs *fs, uint64_t ino)
{
	struct fs_node *node;

	if (table_size == 0)
		return NULL;
	node = table[slot_of(fs, ino, table_size)];
	while (node != NULL && (node->stat.ino != ino || node->fs != fs))
		node = node->hash_next;
	return node;
}

static void
hash_remove(struct fs_node *node)
{
	struct fs_node **link =
	    &table[slot_of(node->fs, node->stat.ino, table_size)];

	while (*link != node)
		link = &(*link)->hash_next;
	*link = node->hash_next;
	node_count--;
}

static void
idle_add(struct fs_node *node)
{
	node->newer = NULL;
	node->older = newest;
	if (newest != NULL)
		newest->newer = node;
	else
		oldest = node;
	newest = node;
	idle_count++;
}

static void
idle_remove(struct fs_node *node)
{
	if (node->newer != NULL)
		node->newer->older = node->older;
	else
		newest = node->older;
	if (node->older != NULL)
		node->older->newer = node->newer;
	else
		oldest = node->newer;
	idle_count--;
}

/* It is on no list. Its number may be used anew during unload. */
static void
unload(struct fs_node *node)
{
	hash_remove(node);
	name_cache_unload(node);
	node->fs->ops->unload(node);
	free(node);
}

static void
unload_oldest(void)
{
	struct fs_node *node = oldest;

	idle_remove(node);
	unload(node);
}

void
fs_node_forget(void)
{
	while (oldest != NULL)
		unload_oldest();
	name_cache_clear();
	if (node_count == 0) {
		free(table);
		table = NULL;
		table_size = 0;
	}
}

static int
load(struct fs *fs, uint64_t ino, struct fs_node **result)
{
	struct fs_node *node;
	size_t slot;
	int error;

	if (node_count >= table_size && !table_grow())
		return ENOMEM;
	node = calloc(1, sizeof(*node));
	if (node == NULL)
		return ENOMEM;
	node->fs = fs;
	node->references = 1;
	node->stat.dev = fs->dev;
	node->stat.ino = ino;
	error = fs->ops->load(node);
	if (error != 0) {
		free(node);
		return error;
	}
	slot = slot_of(fs, ino, table_size);
	node->hash_next = table[slot];
	table[slot] = node;
	node_count++;
	*result = node;
	return 0;
}

int
fs_node_get(struct fs *fs, uint64_t ino, struct fs_node **result)
{
	struct fs_node *node = find(fs, ino);

	if (node == NULL)
		return load(fs, ino, result);
	fs_node_reference(node);
	*result = node;
	return 0;
}

void
fs_node_reference(struct fs_node *node)
{
	if (node->references == 0)
		idle_remove(node);
	node->references++;
}

void
fs_node_put(struct fs_node *node)
{
	node->references--;
	if (node->references > 0)
		return;
	if (node->stat.nlink == 0 || node->fs->made) {
		unload(node);
		return;
	}
	idle_add(node);
	if (idle_count > IDLE_MAX)
		unload_oldest();
}

void
fs_node_each(
    void (*function)(struct fs_node *node, void *context), void *context)
{
	for (size_t i = 0; i < table_size; i++)
		for (struct fs_node *node = table[i]; node != NULL;
		     node = node->hash_next)
			function(node, context);
}
