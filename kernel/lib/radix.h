/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A map from 64-bit indexes to pointers: 64-way nodes, as high as the largest
 * index needs; an index of 0 alone needs no node. Removing prunes empty nodes.
 */
#ifndef LIB_RADIX_H
#define LIB_RADIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RADIX_BITS  6
#define RADIX_SLOTS 64U

struct radix_node {
	uint64_t count; /* slots in use */
	void *slot[RADIX_SLOTS];
};

struct radix {
	void *root;      /* the item of index 0 (height 0) or a node */
	unsigned height; /* levels of nodes */
};

extern void radix_init(void);

/* Insert at a free index. False: no memory, nothing changed. */
extern bool radix_insert(struct radix *tree, uint64_t index, void *item);

/* Another item for an index that is in use. */
extern void radix_replace(struct radix *tree, uint64_t index, void *item);

/* Take out and return the item; NULL if there is none. */
extern void *radix_remove(struct radix *tree, uint64_t index);

/* Empty the tree; the items are the caller's affair. */
extern void radix_clear(struct radix *tree);

/* The item at the lowest index >= *index, which is set to it; or NULL. */
extern void *radix_next(const struct radix *tree, uint64_t *index);

static inline void *
radix_lookup(const struct radix *tree, uint64_t index)
{
	unsigned shift = tree->height * RADIX_BITS;
	void *at = tree->root;

	if (shift < 64 && index >> shift != 0)
		return NULL;
	while (shift != 0 && at != NULL) {
		shift -= RADIX_BITS;
		at = ((struct radix_node *)at)
			 ->slot[(index >> shift) % RADIX_SLOTS];
	}
	return at;
}

/*
 * The slots of a run of RADIX_SLOTS indexes, the one with `index` in it; NULL
 * if there is nothing in it (or only index 0 in the tree).
 */
static inline void *const *
radix_run(const struct radix *tree, uint64_t index)
{
	unsigned shift = tree->height * RADIX_BITS;
	struct radix_node *node = tree->root;

	if (shift == 0 || (shift < 64 && index >> shift != 0))
		return NULL;
	for (shift -= RADIX_BITS; shift != 0 && node != NULL;
	     shift -= RADIX_BITS)
		node = node->slot[(index >> shift) % RADIX_SLOTS];
	return node != NULL ? node->slot : NULL;
}

#endif
