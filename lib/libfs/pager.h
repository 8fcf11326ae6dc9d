/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory objects of a node: between pager.c, which answers the kernel, and
 * pager_cache.c, which asks it.
 */
#ifndef LIBFS_PAGER_H
#define LIBFS_PAGER_H

#include "file.h"

struct fs_pager_object {
	struct fs_pager *pager;
	mach_port_t port;    /* the memory object, or null */
	mach_port_t control; /* the kernel's, or null: it has no pages */
	bool writable;
};

struct fs_pager {
	struct fs_node *node; /* held */
	struct fs_pager_object locked;
	struct fs_pager_object written;
	uint64_t length; /* the kernel has been told of `locked` */
	unsigned claims; /* counts pages that were unlocked for writing */
};

/*
 * pager_cache.c. Tell the kernel how much may be read of the locked object
 * without asking us: the file, while it has a name and nobody can have written
 * to pages that we have not seen.
 */
extern void fs_pager_tell(struct fs_pager *pager);

/*
 * A page is either in `locked` or may be written in `written`, so that all who
 * map the file see the same. Share: what was written is in the file, and the
 * next store asks. Claim: it is no longer in `locked`.
 */
extern void fs_pager_share(
    struct fs_pager *pager, uint64_t offset, uint64_t size);
extern void fs_pager_claim(
    struct fs_pager *pager, uint64_t offset, uint64_t size);

#endif
