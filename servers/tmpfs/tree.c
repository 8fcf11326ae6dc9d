/* SPDX-License-Identifier: BSD-2-Clause */
/* The pages of a file: see tree.h. */
#include "tree.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#define BITS     5
#define BRANCHES (1U << BITS)
#define MASK     (BRANCHES - 1)

/* A node of level 1 has pages, one above it nodes. */
struct tree_node {
	uint32_t used;
	union {
		uint32_t page[BRANCHES];
		struct tree_node *node[BRANCHES];
	} at;
};

static unsigned
branch_of(uint64_t index, unsigned level)
{
	return (unsigned)(index >> (level - 1) * BITS) & MASK;
}

static bool
reaches(unsigned height, uint64_t index)
{
	return height * BITS >= 64 || index >> height * BITS == 0;
}

uint32_t
tree_get(const struct tree *tree, uint64_t index)
{
	const struct tree_node *node = tree->root;
	unsigned level = tree->height;

	if (!reaches(level, index))
		return 0;
	if (level == 0)
		return tree->page;
	for (; level > 1 && node != NULL; level--)
		node = node->at.node[branch_of(index, level)];
	return node != NULL ? node->at.page[index & MASK] : 0;
}

/* Below *link, where nodes are made; those that stay empty go again. */
static int
insert(struct tree_node **link, unsigned level, uint64_t index, uint32_t page)
{
	struct tree_node *node = *link;
	int error = 0;

	if (node == NULL)
		node = calloc(1, sizeof(*node));
	if (node == NULL)
		return ENOMEM;
	if (level == 1) {
		node->at.page[index & MASK] = page;
		node->used++;
	} else {
		struct tree_node **below =
		    &node->at.node[branch_of(index, level)];
		bool was_there = *below != NULL;

		error = insert(below, level - 1, index, page);
		if (!was_there && *below != NULL)
			node->used++;
	}
	if (node->used == 0) {
		free(node);
		node = NULL;
	}
	*link = node;
	return error;
}

/* One level more; what is there is at its index 0. */
static int
grow(struct tree *tree)
{
	struct tree_node *node = NULL;

	if (tree->page != 0 || tree->root != NULL) {
		node = calloc(1, sizeof(*node));
		if (node == NULL)
			return ENOMEM;
		if (tree->height == 0)
			node->at.page[0] = tree->page;
		else
			node->at.node[0] = tree->root;
		node->used = 1;
	}
	tree->page = 0;
	tree->root = node;
	tree->height++;
	return 0;
}

int
tree_put(struct tree *tree, uint64_t index, uint32_t page)
{
	while (!reaches(tree->height, index)) {
		int error = grow(tree);

		if (error != 0)
			return error;
	}
	if (tree->height > 0)
		return insert(&tree->root, tree->height, index, page);
	tree->page = page;
	return 0;
}

struct cut {
	tree_drop_t drop;
	void *context;
};

static void
cut_node(struct tree_node **link, unsigned level, uint64_t first,
    const struct cut *cut)
{
	struct tree_node *node = *link;
	unsigned from = branch_of(first, level);

	for (unsigned i = from; i < BRANCHES; i++) {
		if (level == 1) {
			if (node->at.page[i] == 0)
				continue;
			cut->drop(cut->context, node->at.page[i]);
			node->at.page[i] = 0;
			node->used--;
		} else if (node->at.node[i] != NULL) {
			cut_node(&node->at.node[i], level - 1,
			    i == from ? first : 0, cut);
			if (node->at.node[i] == NULL)
				node->used--;
		}
	}
	if (node->used > 0)
		return;
	free(node);
	*link = NULL;
}

void
tree_cut(struct tree *tree, uint64_t first, tree_drop_t drop, void *context)
{
	const struct cut cut = {drop, context};

	if (!reaches(tree->height, first))
		return;
	if (tree->root != NULL)
		cut_node(&tree->root, tree->height, first, &cut);
	else if (tree->page != 0)
		drop(context, tree->page);
	if (tree->root == NULL) {
		tree->page = 0;
		tree->height = 0;
	}
}
