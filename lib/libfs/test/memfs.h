/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file system in memory for the tests: everything that ext2 does, with
 * failures on request and counts of what is alive.
 */
#ifndef MEMFS_H
#define MEMFS_H

#include <libfs/private.h>

extern struct fs *memfs_create(void);

/* Unloads all nodes. Returns how many inodes are left beside the root. */
extern int memfs_destroy(struct fs *fs);

/* Loaded nodes and loads so far. */
extern int memfs_loaded;
extern int memfs_loads;

/* The next `memfs_fail` operations that need space fail with ENOSPC. */
extern int memfs_fail;

/* Calls of the pager's hooks (no_server.c). */
extern int pager_before_calls;
extern int pager_after_calls;
extern int pager_unlinked_calls;
extern int changes_noted;

#endif
