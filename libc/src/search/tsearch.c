/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Binary search trees. Each node holds a priority that follows from its
 * address; a node comes before its children in that order, which keeps a tree
 * flat whatever the order of the keys.
 */
#include <search.h>
#include <stdint.h>
#include <stdlib.h>

#include "word.h"

/* The key comes first: callers look at a node as a pointer to its key. */
struct node {
	const void *key;
	struct node *child[2];
};

static uint64_t
priority(const struct node *node)
{
	return ((uintptr_t)node >> 4) * 0x9e3779b97f4a7c15UL;
}

/* The place where the key is, or where it belongs. */
static struct node **
find(const void *key, struct node **place,
    int (*compare)(const void *, const void *))
{
	while (*place != NULL) {
		int order = compare(key, (*place)->key);

		if (order == 0)
			break;
		place = &(*place)->child[order > 0];
	}
	return place;
}

/* Take the child on `side` up. */
static struct node *
rotate(struct node *node, int side)
{
	struct node *up = node->child[side];

	node->child[side] = up->child[!side];
	up->child[!side] = node;
	return up;
}

/* Where in a tree a node with this priority has to stand for that key. */
static struct node **
find_insertion(const void *key, uint64_t rank, struct node **place,
    int (*compare)(const void *, const void *))
{
	while (*place != NULL && priority(*place) >= rank)
		place = &(*place)->child[compare(key, (*place)->key) > 0];
	return place;
}

/* Split a tree by a key that is not in it. */
static void
split(struct node *tree, const void *key, struct node *into[2],
    int (*compare)(const void *, const void *))
{
	struct node **place[2] = {&into[0], &into[1]};

	while (tree != NULL) {
		int side = compare(key, tree->key) > 0;

		/* Below the key: it belongs to the left part. */
		*place[!side] = tree;
		place[!side] = &tree->child[side];
		tree = *place[!side];
	}
	*place[0] = *place[1] = NULL;
}

void *
tsearch(
    const void *key, void **root, int (*compare)(const void *, const void *))
{
	struct node **tree = (struct node **)(void *)root;
	struct node **place;
	struct node *node;

	if (root == NULL)
		return NULL;
	place = find(key, tree, compare);
	if (*place != NULL)
		return *place;
	node = malloc(sizeof(*node));
	if (node == NULL)
		return NULL;
	node->key = key;
	place = find_insertion(key, priority(node), tree, compare);
	split(*place, key, node->child, compare);
	*place = node;
	return node;
}

void *
tfind(const void *key, void *const *root,
    int (*compare)(const void *, const void *))
{
	struct node **tree = UNCONST(struct node **, root);

	return tree != NULL ? *find(key, tree, compare) : NULL;
}

void *
tdelete(const void *restrict key, void **restrict root,
    int (*compare)(const void *, const void *))
{
	struct node **place = (struct node **)(void *)root;
	struct node *parent;
	struct node *node;

	if (place == NULL || *place == NULL)
		return NULL;
	parent = *place;
	while ((node = *place) != NULL) {
		int order = compare(key, node->key);

		if (order == 0)
			break;
		parent = node;
		place = &node->child[order > 0];
	}
	if (node == NULL)
		return NULL;
	/* Turn it down until it has one child at most. */
	while (node->child[0] != NULL && node->child[1] != NULL) {
		int side = priority(node->child[1]) > priority(node->child[0]);

		*place = rotate(node, side);
		place = &(*place)->child[!side];
	}
	*place = node->child[node->child[0] == NULL];
	free(node);
	return parent != node ? (void *)parent : (void *)root;
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
