/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which bytes of a file are locked by whom: a list for each node. Ranges of
 * one owner never overlap. The owner is either a process, or an open file;
 * those of one kind do not meet the other's.
 */
#ifndef LIBFS_LOCK_H
#define LIBFS_LOCK_H

#include <stdbool.h>
#include <stdint.h>

struct fs_file;

struct lock_owner {
	struct lock_owner *next;
	uint32_t port; /* names it */
	bool is_file;
	bool marked; /* while a circle is looked for */
	int64_t pid;
};

struct lock {
	struct lock *next;
	struct lock_owner *owner;
	const struct fs_file *file; /* through which it was set */
	int type;                   /* F_RDLCK, F_WRLCK; wanted: F_UNLCK */
	int64_t start;
	int64_t end; /* the last byte; INT64_MAX: whatever may come */
};

/* What lock_set may have need of: two locks more. */
struct lock_spares {
	struct lock *lock[2];
};

/* False: there are too many locks, or no memory. */
extern bool lock_spares_get(struct lock_spares *spares);
extern void lock_spares_put(struct lock_spares *spares);

/* Does `held` stand in the way of `wanted`? */
extern bool lock_blocks(const struct lock *held, const struct lock *wanted);

/* The first in the file that does, or NULL. */
extern struct lock *lock_find(struct lock *list, const struct lock *wanted);

/* The owner's range is as wanted from now on; takes what it needs of spares. */
extern void lock_set(
    struct lock **list, const struct lock *wanted, struct lock_spares *spares);

/* Remove those of an owner, or those set through a file; was there any? */
extern bool lock_remove(struct lock **list, const struct lock_owner *owner,
    const struct fs_file *file);

#endif
