/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file system in memory. An inode is found by its number in a table, an entry
 * by its directory and name in a hash, a directory's entries in the order they
 * were made, by cookies that are never used twice. While libfs has a node, what
 * it says of the file is in the node; `stat` of the inode is older.
 *
 * Two limits: pages of data, and names: one for an inode, one for each link of
 * it beyond the first.
 */
#ifndef TMPFS_H
#define TMPFS_H

#include <libfs/fs.h>

#include "store.h"
#include "tree.h"

#define ROOT_INO 1U

struct tmpfs_entry {
	struct tmpfs_entry *hash_next;
	struct tmpfs_entry *next; /* in the directory */
	struct tmpfs_entry *prev;
	uint64_t cookie;
	uint32_t dir;
	uint32_t ino;
	uint8_t type;
	uint8_t length;
	char name[];
};

struct tmpfs_inode {
	struct io_stat stat;
	struct tree pages; /* of a file */
	struct tmpfs_entry *first;
	struct tmpfs_entry *last;
	uint32_t parent; /* of a directory */
	char *target;    /* of a symbolic link */
};

struct tmpfs_slot {
	struct tmpfs_inode *inode; /* or NULL, and the next such */
	uint32_t next;
};

struct tmpfs {
	struct fs fs;
	struct store store;
	uint64_t names;
	uint64_t names_limit;
	struct tmpfs_slot *slots; /* by inode number - 1 */
	uint32_t slot_count;
	uint32_t free_slot; /* an inode number, or 0 */
	struct tmpfs_entry **buckets;
	size_t bucket_count; /* a power of two */
	size_t entry_count;
	uint64_t cookie;
};

/* options.c: what is asked for at the mount. */
struct tmpfs_options {
	uint64_t size;  /* bytes */
	uint64_t names; /* 0: one for each page */
	uint32_t mode;
};

/*
 * "size=16m,nr_inodes=1000,mode=1777" into options, which has what is not said;
 * memory is how many bytes the machine has, for "size=20%". False: wrong.
 */
extern bool options_parse(
    struct tmpfs_options *options, const char *text, uint64_t memory);

/* fsops.c. A file system with a root directory; ENOMEM leaves nothing. */
extern const struct fs_ops tmpfs_ops;
extern int tmpfs_make(struct tmpfs *fs, const struct tmpfs_options *options);

/*
 * inode.c. Make an inode with one link, and take a name of the limit for it.
 * ENOSPC, ENOMEM. tmpfs_inode_free gives back all it has but its entries.
 */
extern int tmpfs_inode_make(struct tmpfs *fs, uint32_t mode,
    const struct fs_cred *cred, struct tmpfs_inode **inode);
extern void tmpfs_inode_free(struct tmpfs *fs, struct tmpfs_inode *inode);
/* NULL: there is none of that number. */
extern struct tmpfs_inode *tmpfs_inode(const struct tmpfs *fs, uint64_t ino);

/* entry.c. NULL: no such name. */
extern struct tmpfs_entry *entry_find(
    const struct tmpfs *fs, uint32_t dir, const char *name);
/* Add a name that is not there. ENOMEM. */
extern int entry_add(struct tmpfs *fs, struct tmpfs_inode *dir,
    const char *name, const struct io_stat *stat);
extern void entry_remove(
    struct tmpfs *fs, struct tmpfs_inode *dir, struct tmpfs_entry *entry);
/* The type as readdir tells it. */
extern uint8_t entry_type(uint64_t mode);

/* file.c: libfs's operations on regular files. */
extern int tmpfs_read(struct fs_node *node, uint64_t offset, void *data,
    size_t size, size_t *got);
extern bool tmpfs_is_hole(struct fs_node *node, uint64_t offset, uint64_t *end);
extern int tmpfs_write(struct fs_node *node, uint64_t offset, const void *data,
    size_t size, size_t *put);
extern int tmpfs_truncate(struct fs_node *node, uint64_t size);
extern size_t tmpfs_reserve(struct fs_node *node, uint64_t offset, size_t size);
/* All pages of a file go. */
extern void tmpfs_file_free(struct tmpfs *fs, struct tmpfs_inode *inode);

static inline struct tmpfs *
tmpfs_of(const struct fs_node *node)
{
	return (struct tmpfs *)node->fs;
}

static inline struct tmpfs_inode *
inode_of(const struct fs_node *node)
{
	return node->data;
}

#endif
