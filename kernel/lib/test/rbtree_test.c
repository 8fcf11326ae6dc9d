/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of rbtree.c: order and balance through many random insertions and
 * removals.
 */
#include <kern/panic.h>
#include <lib/rbtree.h>
#include <libtest/test.h>
#include <stdlib.h>

#define COUNT 2000

struct item {
	struct rb_node node;
	int key;
	bool in;
};

static struct item items[COUNT];
static struct rb_tree tree;

void
panic(const char *format, ...)
{
	printf("Bail out! panic: %s\n", format);
	abort();
}

static void
insert(struct item *item)
{
	struct rb_node **link = &tree.root, *parent = NULL;

	while (*link != NULL) {
		parent = *link;
		link = item->key < rb_entry(parent, struct item, node)->key
			   ? &parent->left
			   : &parent->right;
	}
	rb_insert(&tree, &item->node, parent, link);
	item->in = true;
}

/* Black height below `node`, -1 where a rule is broken. */
static int
check(const struct rb_node *node, bool parent_red)
{
	bool red;
	int left, right;

	if (node == NULL)
		return 0;
	red = (node->parent_red & 1) != 0;
	left = check(node->left, red);
	right = check(node->right, red);
	if (left < 0 || left != right || (red && parent_red))
		return -1;
	if (node->left != NULL && rb_parent(node->left) != node)
		return -1;
	if (node->right != NULL && rb_parent(node->right) != node)
		return -1;
	return left + !red;
}

/* Walk in order; the number of items, -1 when out of order. */
static int
count(void)
{
	int n = 0, last = -1;

	for (struct rb_node *node = rb_first(&tree); node != NULL;
	     node = rb_next(node)) {
		int key = rb_entry(node, struct item, node)->key;

		if (key <= last)
			return -1;
		last = key;
		n++;
	}
	return n;
}

int
main(void)
{
	bool rules = true, order = true;
	int in = 0;

	ok(rb_first(&tree) == NULL, "an empty tree has no first node");
	for (int i = 0; i < COUNT; i++)
		items[i].key = i;
	srand(7);
	for (int round = 0; round < 30000; round++) {
		struct item *item = &items[rand() % COUNT];

		if (item->in) {
			rb_remove(&tree, &item->node);
			item->in = false;
			in--;
		} else {
			insert(item);
			in++;
		}
		if (round % 100 != 0)
			continue;
		rules = rules && check(tree.root, false) >= 0;
		order = order && count() == in;
	}
	ok(rules, "red-black rules hold");
	ok(order, "the walk is in order and complete");
	for (int i = 0; i < COUNT; i++)
		if (items[i].in)
			rb_remove(&tree, &items[i].node);
	ok(tree.root == NULL, "empty again");
	for (int i = 0; i < COUNT; i++)
		insert(&items[i]);
	ok(check(tree.root, false) >= 0 && count() == COUNT,
	    "ascending insertions stay balanced");
	return test_done();
}
