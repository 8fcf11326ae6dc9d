/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A red-black tree threaded through its members. The user descends by its own
 * order and says where a node goes:
 *
 *     link = &tree->root; parent = NULL;
 *     while (*link != NULL) { parent = *link; link = less ? &(*link)->left ...}
 *     rb_insert(tree, node, parent, link);
 */
#ifndef LIB_RBTREE_H
#define LIB_RBTREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rb_node {
	uintptr_t parent_red; /* parent, low bit set: the node is red */
	struct rb_node *left;
	struct rb_node *right;
};

struct rb_tree {
	struct rb_node *root;
};

#define rb_entry(node, type, member) \
	((type *)(void *)((char *)(node)-offsetof(type, member)))

static inline struct rb_node *
rb_parent(const struct rb_node *node)
{
	return (struct rb_node *)(node->parent_red & ~(uintptr_t)1);
}

/* Hang a node at `*link`, a NULL child of `parent` or the root; rebalance. */
extern void rb_insert(struct rb_tree *tree, struct rb_node *node,
    struct rb_node *parent, struct rb_node **link);
extern void rb_remove(struct rb_tree *tree, struct rb_node *node);

/* In order; NULL at the end. */
extern struct rb_node *rb_first(const struct rb_tree *tree);
extern struct rb_node *rb_next(const struct rb_node *node);

#endif
