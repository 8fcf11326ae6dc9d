/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which page a file has at an index: a tree of 32 branches at each level, as
 * high as the last index asks. A file of one page has no node; what is not
 * there is a hole. Nodes without contents are freed at once.
 */
#ifndef TMPFS_TREE_H
#define TMPFS_TREE_H

#include <stdint.h>

struct tree_node;

struct tree {
	unsigned height;        /* 0: `page` is the one at index 0 */
	uint32_t page;          /* or 0 */
	struct tree_node *root; /* or NULL: empty */
};

typedef void (*tree_drop_t)(void *context, uint32_t page);

/* 0: a hole. */
extern uint32_t tree_get(const struct tree *tree, uint64_t index);

/* Fill a hole. ENOMEM changes nothing. */
extern int tree_put(struct tree *tree, uint64_t index, uint32_t page);

/* Take out all pages from an index on; `drop` is called for each. */
extern void tree_cut(
    struct tree *tree, uint64_t first, tree_drop_t drop, void *context);

#endif
