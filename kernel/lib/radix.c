/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Radix trees. A node is freed with its last slot; a tree is never made lower
 * but when it is empty.
 */
#include <kern/panic.h>
#include <kern/slab.h>
#include <lib/radix.h>

#define RADIX_HEIGHT_MAX 11

static struct slab_cache node_cache;

void
radix_init(void)
{
	slab_cache_init(
	    &node_cache, "radix node", sizeof(struct radix_node), 8);
}

static unsigned
slot_at(uint64_t index, unsigned level)
{
	return (index >> (level * RADIX_BITS)) % RADIX_SLOTS;
}

static bool
fits(const struct radix *tree, uint64_t index)
{
	unsigned shift = tree->height * RADIX_BITS;

	return shift >= 64 || index >> shift == 0;
}

/* Add levels until `index` has a place. The old root becomes slot 0. */
static bool
grow(struct radix *tree, uint64_t index)
{
	while (!fits(tree, index)) {
		struct radix_node *node;

		if (tree->root == NULL) {
			tree->height++;
			continue;
		}
		node = slab_alloc_zero(&node_cache);
		if (node == NULL)
			return false;
		node->slot[0] = tree->root;
		node->count = 1;
		tree->root = node;
		tree->height++;
	}
	return true;
}

/*
 * Where the pointers on the way to `index` are: path[level] is the address of
 * the pointer to the node of that level, path[0] that of the item. Returns the
 * lowest level reached: above it 0, a node is missing.
 */
static inline unsigned
descend(struct radix *tree, uint64_t index, void ***path)
{
	unsigned level = tree->height;

	path[level] = &tree->root;
	while (level > 0 && *path[level] != NULL) {
		struct radix_node *node = *path[level];

		level--;
		path[level] = &node->slot[slot_at(index, level)];
	}
	return level;
}

/* Free the empty nodes from `level` up along the path. */
static void
prune(struct radix *tree, void ***path, unsigned level)
{
	for (; level <= tree->height; level++) {
		struct radix_node *node = *path[level];

		if (node == NULL)
			continue;
		if (node->count != 0)
			break;
		slab_free(&node_cache, node);
		*path[level] = NULL;
		if (level < tree->height)
			((struct radix_node *)*path[level + 1])->count--;
	}
	if (tree->root == NULL)
		tree->height = 0;
}

/* The node whose slot `index` has, or is to have; NULL: there is none. */
static inline struct radix_node *
lowest_node(const struct radix *tree, uint64_t index)
{
	struct radix_node *node = tree->root;

	if (tree->height == 0 || !fits(tree, index))
		return NULL;
	for (unsigned level = tree->height - 1; level > 0 && node != NULL;
	     level--)
		node = node->slot[slot_at(index, level)];
	return node;
}

/* With nodes to be made. */
static __attribute__((noinline)) bool
insert_deep(struct radix *tree, uint64_t index, void *item)
{
	void **path[RADIX_HEIGHT_MAX + 1];
	unsigned level;

	if (!grow(tree, index))
		return false;
	level = descend(tree, index, path);
	while (level > 0) {
		struct radix_node *node = slab_alloc_zero(&node_cache);

		if (node == NULL) {
			prune(tree, path, level);
			return false;
		}
		*path[level] = node;
		if (level < tree->height)
			((struct radix_node *)*path[level + 1])->count++;
		level--;
		path[level] = &node->slot[slot_at(index, level)];
	}
	assert(*path[0] == NULL);
	*path[0] = item;
	if (tree->height > 0)
		((struct radix_node *)*path[1])->count++;
	return true;
}

bool
radix_insert(struct radix *tree, uint64_t index, void *item)
{
	struct radix_node *node;

	if (index == 0 && tree->root == NULL && tree->height == 0) {
		tree->root = item;
		return true;
	}
	node = lowest_node(tree, index);
	if (node == NULL)
		return insert_deep(tree, index, item);
	assert(node->slot[slot_at(index, 0)] == NULL);
	node->slot[slot_at(index, 0)] = item;
	node->count++;
	return true;
}

void
radix_replace(struct radix *tree, uint64_t index, void *item)
{
	void **path[RADIX_HEIGHT_MAX + 1];
	unsigned level = descend(tree, index, path);

	assert(fits(tree, index) && level == 0 && *path[0] != NULL);
	*path[0] = item;
}

/* With nodes that may go. */
static __attribute__((noinline)) void *
remove_deep(struct radix *tree, uint64_t index)
{
	void **path[RADIX_HEIGHT_MAX + 1];
	void *item;

	if (!fits(tree, index) || descend(tree, index, path) != 0 ||
	    *path[0] == NULL)
		return NULL;
	item = *path[0];
	*path[0] = NULL;
	if (tree->height == 0)
		return item;
	((struct radix_node *)*path[1])->count--;
	prune(tree, path, 1);
	return item;
}

void *
radix_remove(struct radix *tree, uint64_t index)
{
	struct radix_node *node = lowest_node(tree, index);
	void *item;

	if (node == NULL || node->count == 1)
		return remove_deep(tree, index);
	item = node->slot[slot_at(index, 0)];
	if (item != NULL) {
		node->slot[slot_at(index, 0)] = NULL;
		node->count--;
	}
	return item;
}

/*
 * The item of a lowest node at *index or behind it, which *index is moved to:
 * to the last slot if there is none.
 */
static void *
scan(const struct radix_node *node, uint64_t *index)
{
	unsigned first = slot_at(*index, 0), i = first;

	while (i < RADIX_SLOTS - 1 && node->slot[i] == NULL)
		i++;
	*index += i - first;
	return node->slot[i];
}

/*
 * One try down the tree: the item at *index, or NULL with *index moved behind
 * the empty part that was met (0: wrapped, nothing is left).
 */
static void *
probe(const struct radix *tree, uint64_t *index)
{
	unsigned level = tree->height;
	void *at = tree->root;

	while (level > 0 && at != NULL) {
		level--;
		at = level > 0 ? ((struct radix_node *)at)
				     ->slot[slot_at(*index, level)]
			       : scan(at, index);
	}
	if (at == NULL) {
		unsigned shift = level * RADIX_BITS;

		*index = shift < 64 ? ((*index >> shift) + 1) << shift : 0;
	}
	return at;
}

void *
radix_next(const struct radix *tree, uint64_t *index)
{
	void *item;

	if (tree->root == NULL)
		return NULL;
	while (fits(tree, *index)) {
		item = probe(tree, index);
		if (item != NULL)
			return item;
		if (*index == 0)
			return NULL;
	}
	return NULL;
}

/* Free a node and, `level` levels deep, those below it. */
static void
free_below(struct radix_node *node, unsigned level)
{
	for (unsigned i = 0; level > 0 && i < RADIX_SLOTS; i++)
		if (node->slot[i] != NULL)
			free_below(node->slot[i], level - 1);
	slab_free(&node_cache, node);
}

void
radix_clear(struct radix *tree)
{
	if (tree->height > 0 && tree->root != NULL)
		free_below(tree->root, tree->height - 1);
	tree->root = NULL;
	tree->height = 0;
}
