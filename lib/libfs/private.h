/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the files of this library. What file systems use is in fs.h.
 */
#ifndef LIBFS_PRIVATE_H
#define LIBFS_PRIVATE_H

#include "fs.h"

#define FS_LINKS_MAX 40 /* symbolic links in one walk */

/* node.c: unload every node that nothing refers to, forget all names. */
extern void fs_node_forget(void);

/*
 * perm.c. The owner and mode of what is made in `dir`: a set-group-id
 * directory hands its group on.
 */
extern struct fs_cred fs_new_owner(
    const struct fs_node *dir, const struct fs_cred *cred, uint32_t *mode);

/* Is it a group of cred's? */
extern bool fs_in_group(const struct fs_cred *cred, uint64_t gid);

/* May an entry be added to dir, which is a directory? ENOENT, EROFS, EACCES. */
extern int fs_may_add(const struct fs_node *dir, const struct fs_cred *cred);

/*
 * open.c: what flags ask of a node that was there; `slash`: the path ended
 * with one. May truncate, and may turn walk into a retry.
 */
extern int fs_open(
    struct fs_walk *walk, int flags, bool slash, const struct fs_cred *cred);

/*
 * name_cache.c. ops->lookup of a name that is not "..", or what it said last
 * time; the same and the node, with a reference; before a change of what the
 * name means; before a node goes; before all of it goes.
 */
extern int fs_lookup(struct fs_node *dir, const char *name, uint64_t *ino);
extern int name_cache_find(
    struct fs_node *dir, const char *name, struct fs_node **node);
extern void name_cache_unload(struct fs_node *node);
extern void name_cache_forget(const struct fs_node *dir, const char *name);
extern void name_cache_clear(void);

/*
 * As far along the path as all is in memory and cred may go: to a node without
 * a reference. *path is what is left then, *slash whether there was one behind
 * the last component. Reads FS_WALK_BEYOND - 1 bytes behind the path's end.
 */
extern struct fs_node *name_cache_walk(struct fs_node *dir,
    const struct fs_cred *cred, const char **path, bool *slash);

/* walk.c: fs_walk() of a path with FS_WALK_BEYOND - 1 bytes behind its end. */
extern int fs_walk_message(struct fs_node *start, const char *path, int flags,
    uint32_t mode, const struct fs_cred *cred, struct fs_walk *walk);

/* names.c: find a name; ENOENT, ENOTDIR, EACCES. With a reference. */
extern int fs_find(
    struct fs_node *dir, const char *name, struct fs_node **node);

/* names.c: the name of a socket. With a reference. */
extern int fs_make_socket(struct fs_node *dir, const char *name, uint32_t mode,
    const struct fs_cred *cred, struct fs_node **node);

/* attr.c. Data were read; written by cred, who may not keep set-id bits. */
extern void fs_read_mark(struct fs_node *node);
extern void fs_write_mark(struct fs_node *node, const struct fs_cred *cred);

/*
 * writeback.c. Something is to be written back: it will be in five seconds.
 * fs_write_back does it now.
 */
extern void fs_note_change(void);
extern int fs_write_back(struct fs *fs);

/*
 * pager.c. Before data of a range change: take what mappings have written, and
 * their pages; after it: let pages of readers go. Size UINT64_MAX: to the end.
 */
extern void fs_pager_before(
    struct fs_node *node, uint64_t offset, uint64_t size);
extern void fs_pager_after(
    struct fs_node *node, uint64_t offset, uint64_t size);

/* Write what mappings have changed in a range to the file. */
extern void fs_pager_collect(
    struct fs_node *node, uint64_t offset, uint64_t size);

/* Is anything mapped so that it may be written? */
extern bool fs_pager_active(void);

/* The file has no name any more: nothing of it is worth keeping. */
extern void fs_pager_unlinked(struct fs_node *node);

/*
 * server_socket.c. Nor does it lead to a socket any more: whoever is bound to
 * it does not keep it. The caller has a reference.
 */
extern void fs_address_unlinked(struct fs_node *node);

#endif
