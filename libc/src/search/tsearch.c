/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Binary search trees, balanced: the heights of a node's two subtrees differ
 * by one at most (Adelson-Velsky and Landis), so that no order of the keys
 * makes a tree deep. A change keeps the places it came by and mends them from
 * the bottom up.
 */
#include <search.h>
#include <stdint.h>
#include <stdlib.h>

#include "word.h"

/* More than a tree of as many nodes as memory holds can be high. */
#define HEIGHT_MAX 92

/* The key comes first: callers look at a node as a pointer to its key. */
struct node {
	const void *key;
	struct node *child[2];
	int height;
};

/* The places from the root to a node, or to where it belongs. */
struct path {
	struct node **place[HEIGHT_MAX];
	int length;
};

static void
find(struct path *path, const void *key, struct node **place,
    int (*compare)(const void *, const void *))
{
	path->length = 0;
	for (;;) {
		struct node *node = *place;
		int order;

		path->place[path->length++] = place;
		if (node == NULL)
			return;
		order = compare(key, node->key);
		if (order == 0)
			return;
		place = &node->child[order > 0];
	}
}

static int
height(const struct node *node)
{
	return node != NULL ? node->height : 0;
}

static void
measure(struct node *node)
{
	int left = height(node->child[0]);
	int right = height(node->child[1]);

	node->height = (left > right ? left : right) + 1;
}

/* Take the child on `side` up. */
static struct node *
rotate(struct node *node, int side)
{
	struct node *up = node->child[side];

	node->child[side] = up->child[!side];
	up->child[!side] = node;
	measure(node);
	measure(up);
	return up;
}

/* Both subtrees are balanced, and differ by two at most. */
static struct node *
balance(struct node *node)
{
	int lean = height(node->child[1]) - height(node->child[0]);
	int side = lean > 0;
	struct node *high = node->child[side];

	if (high == NULL || (lean >= -1 && lean <= 1)) {
		measure(node);
		return node;
	}
	if (height(high->child[side]) < height(high->child[!side]))
		node->child[side] = rotate(high, !side);
	return rotate(node, side);
}

static void
balance_path(const struct path *path)
{
	for (int i = path->length - 1; i >= 0; i--) {
		if (*path->place[i] != NULL)
			*path->place[i] = balance(*path->place[i]);
	}
}

void *
tsearch(
    const void *key, void **root, int (*compare)(const void *, const void *))
{
	struct node **place;
	struct node *node;
	struct path path;

	if (root == NULL)
		return NULL;
	find(&path, key, (struct node **)(void *)root, compare);
	place = path.place[path.length - 1];
	if (*place != NULL)
		return *place;
	node = malloc(sizeof(*node));
	if (node == NULL)
		return NULL;
	*node = (struct node){.key = key, .height = 1};
	*place = node;
	balance_path(&path);
	return node;
}

void *
tfind(const void *key, void *const *root,
    int (*compare)(const void *, const void *))
{
	struct path path;

	if (root == NULL)
		return NULL;
	find(&path, key, UNCONST(struct node **, root), compare);
	return *path.place[path.length - 1];
}

/* Put what follows the node with two children in its place. */
static void
replace_by_next(struct path *path, struct node *node)
{
	int top = path->length;
	struct node **place = &node->child[1];
	struct node *next;

	path->place[path->length++] = place;
	while ((*place)->child[0] != NULL) {
		place = &(*place)->child[0];
		path->place[path->length++] = place;
	}
	next = *place;
	*place = next->child[1];
	next->child[0] = node->child[0];
	next->child[1] = node->child[1];
	*path->place[top - 1] = next;
	/* That place was the node's, which goes. */
	path->place[top] = &next->child[1];
}

void *
tdelete(const void *restrict key, void **restrict root,
    int (*compare)(const void *, const void *))
{
	struct node *parent;
	struct node *node;
	struct path path;

	if (root == NULL)
		return NULL;
	find(&path, key, (struct node **)(void *)root, compare);
	node = *path.place[path.length - 1];
	if (node == NULL)
		return NULL;
	parent = path.length > 1 ? *path.place[path.length - 2] : NULL;
	if (node->child[0] != NULL && node->child[1] != NULL)
		replace_by_next(&path, node);
	else
		*path.place[path.length - 1] =
		    node->child[node->child[0] == NULL];
	free(node);
	balance_path(&path);
	/* Of a root that goes, any pointer but a null one is returned. */
	return parent != NULL ? (void *)parent : (void *)root;
}

static void
walk(const struct node *node, void (*action)(const void *, VISIT, int),
    int depth)
{
	if (node->child[0] == NULL && node->child[1] == NULL) {
		action(node, leaf, depth);
		return;
	}
	action(node, preorder, depth);
	if (node->child[0] != NULL)
		walk(node->child[0], action, depth + 1);
	action(node, postorder, depth);
	if (node->child[1] != NULL)
		walk(node->child[1], action, depth + 1);
	action(node, endorder, depth);
}

void
twalk(const void *root, void (*action)(const void *, VISIT, int))
{
	if (root != NULL)
		walk(root, action, 0);
}

void
tdestroy(void *root, void (*release)(void *))
{
	struct node *node = root;

	/* Straighten the left side, so that no stack is needed. */
	while (node != NULL) {
		struct node *next;

		if (node->child[0] != NULL) {
			node = rotate(node, 0);
			continue;
		}
		next = node->child[1];
		release(UNCONST(void *, node->key));
		free(node);
		node = next;
	}
}
