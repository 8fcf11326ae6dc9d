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
};

#endif
