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
};

/*
 * pager_cache.c. Tell the kernel how much may be read of the locked object
 * without asking us: the file, while it has a name and nobody can have written
 * to pages that we have not seen.
 */
extern void fs_pager_tell(struct fs_pager *pager);

#endif
