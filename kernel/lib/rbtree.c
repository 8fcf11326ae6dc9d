/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Red-black trees. Invariants: the root is black, a red node has black
 * children, every path from a node to a leaf passes the same number of black
 * nodes. A missing child counts as black.
 */
#include <kern/panic.h>
#include <lib/rbtree.h>

static bool
is_red(const struct rb_node *node)
{
	return node != NULL && (node->parent_red & 1) != 0;
}

static void
set_parent(struct rb_node *node, struct rb_node *parent)
{
	node->parent_red = (uintptr_t)parent | (node->parent_red & 1);
}

static void
set_red(struct rb_node *node)
{
	node->parent_red |= 1;
}

static void
set_black(struct rb_node *node)
{
	node->parent_red &= ~(uintptr_t)1;
}

/* Let `with` (may be NULL) take the place of `old` below old's parent. */
static void
replace_child(struct rb_tree *tree, struct rb_node *old, struct rb_node *with)
{
	struct rb_node *parent = rb_parent(old);

	if (parent == NULL)
		tree->root = with;
	else if (parent->left == old)
		parent->left = with;
	else
		parent->right = with;
	if (with != NULL)
		set_parent(with, parent);
}

static void
rotate_left(struct rb_tree *tree, struct rb_node *node)
{
	struct rb_node *up = node->right;

	node->right = up->left;
	if (up->left != NULL)
		set_parent(up->left, node);
	replace_child(tree, node, up);
	up->left = node;
	set_parent(node, up);
}

static void
rotate_right(struct rb_tree *tree, struct rb_node *node)
{
	struct rb_node *up = node->left;

	node->left = up->right;
	if (up->right != NULL)
		set_parent(up->right, node);
	replace_child(tree, node, up);
	up->right = node;
	set_parent(node, up);
}

static void
rotate(struct rb_tree *tree, struct rb_node *node, bool left)
{
	if (left)
		rotate_left(tree, node);
	else
		rotate_right(tree, node);
}

void
rb_insert(struct rb_tree *tree, struct rb_node *node, struct rb_node *parent,
    struct rb_node **link)
{
	struct rb_node *grand, *uncle;
	bool left;

	node->left = NULL;
	node->right = NULL;
	node->parent_red = (uintptr_t)parent | 1;
	*link = node;

	while ((parent = rb_parent(node)) != NULL && is_red(parent)) {
		grand = rb_parent(parent);
		left = grand->left == parent;
		uncle = left ? grand->right : grand->left;
		if (is_red(uncle)) {
			set_black(parent);
			set_black(uncle);
			set_red(grand);
			node = grand;
			continue;
		}
		if (node == (left ? parent->right : parent->left)) {
			rotate(tree, parent, left);
			parent = node;
		}
		set_black(parent);
		set_red(grand);
		rotate(tree, grand, !left);
		break;
	}
	set_black(tree->root);
}

/*
 * The side of `parent` opposite to `left` holds a black peer with a red child:
 * give its red to the side that lacks a black.
 */
static void
borrow(struct rb_tree *tree, struct rb_node *parent, struct rb_node *peer,
    bool left)
{
	struct rb_node *outer = left ? peer->right : peer->left;

	if (!is_red(outer)) {
		set_black(left ? peer->left : peer->right);
		set_red(peer);
		rotate(tree, peer, !left);
		outer = peer;
		peer = rb_parent(peer);
	}
	if (is_red(parent))
		set_red(peer);
	else
		set_black(peer);
	set_black(parent);
	set_black(outer);
	rotate(tree, parent, left);
}

/* The other child of `parent`: it has the black that `node` lacks. */
static struct rb_node *
peer_of(const struct rb_node *parent, bool left)
{
	struct rb_node *peer = left ? parent->right : parent->left;

	assert(peer != NULL);
	return peer;
}

/* Paths through `node` (a child of `parent`, maybe NULL) lack one black. */
static void
fix_removal(struct rb_tree *tree, struct rb_node *node, struct rb_node *parent)
{
	while (parent != NULL && !is_red(node)) {
		bool left = parent->left == node;
		struct rb_node *peer = peer_of(parent, left);

		if (is_red(peer)) {
			set_black(peer);
			set_red(parent);
			rotate(tree, parent, left);
			peer = peer_of(parent, left);
		}
		if (is_red(peer->left) || is_red(peer->right)) {
			borrow(tree, parent, peer, left);
			return;
		}
		set_red(peer);
		node = parent;
		parent = rb_parent(node);
	}
	if (node != NULL)
		set_black(node);
}

void
rb_remove(struct rb_tree *tree, struct rb_node *node)
{
	struct rb_node *child, *parent, *next;
	bool red;

	if (node->left != NULL && node->right != NULL) {
		for (next = node->right; next->left != NULL; next = next->left)
			;
		red = is_red(next);
		child = next->right;
		parent = rb_parent(next);
		replace_child(tree, next, child);
		if (parent == node)
			parent = next;
		next->left = node->left;
		next->right = node->right;
		replace_child(tree, node, next);
		next->parent_red = node->parent_red;
		set_parent(next->left, next);
		if (next->right != NULL)
			set_parent(next->right, next);
	} else {
		red = is_red(node);
		child = node->left != NULL ? node->left : node->right;
		parent = rb_parent(node);
		replace_child(tree, node, child);
	}
	if (!red)
		fix_removal(tree, child, parent);
}

struct rb_node *
rb_first(const struct rb_tree *tree)
{
	struct rb_node *node = tree->root;

	while (node != NULL && node->left != NULL)
		node = node->left;
	return node;
}

struct rb_node *
rb_next(const struct rb_node *node)
{
	struct rb_node *up;

	if (node->right != NULL) {
		up = node->right;
		while (up->left != NULL)
			up = up->left;
		return up;
	}
	for (up = rb_parent(node); up != NULL && up->right == node;
	     up = rb_parent(node))
		node = up;
	return up;
}
