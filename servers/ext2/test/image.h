/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * File system images for the tests: made by mke2fs in a temporary folder,
 * mounted as the server mounts a device, checked by e2fsck.
 */
#ifndef IMAGE_H
#define IMAGE_H

#include "ext2.h"

/* Make the image afresh, with mke2fs's options. False: mke2fs said no. */
extern bool image_make(const char *options, unsigned kilobytes);

/* Mount it; the errno of ext2_mount. ops->... and paths work on image_fs then.
 */
extern int image_mount(void);
extern struct ext2_fs image_fs;

/* Shut down and forget everything in memory. */
extern int image_unmount(void);
/* As when the power fails: nothing more is written. */
extern void image_drop(void);

/* What e2fsck -fn says of it: 0 is clean. Prints its words if not. */
extern int image_check(void);

/* Have e2fsck repair it; 0: it is in order then. */
extern int image_repair(void);

/* Change or read bytes of the image. */
extern void image_poke(uint64_t offset, const void *data, size_t size);
extern void image_peek(uint64_t offset, void *data, size_t size);

/* Writes fail from now on, after so many; ~0: never. */
extern unsigned image_writes_left;

extern void image_remove(void);

/*
 * Calls by path, as root; 0 or an errno. read and write return what they did,
 * or a negative errno.
 */
extern int at_mkdir(const char *path);
extern int at_rmdir(const char *path);
extern int at_unlink(const char *path);
extern int at_create(const char *path);
extern int at_link(const char *from, const char *to);
extern int at_symlink(const char *target, const char *path);
extern int at_rename(const char *from, const char *to);
extern int at_truncate(const char *path, uint64_t size);
extern int at_stat(const char *path, struct io_stat *stat);
extern long at_write(
    const char *path, uint64_t offset, const void *data, size_t size);
extern long at_read(const char *path, uint64_t offset, void *data, size_t size);
/* Entries without dot and dot-dot; negative errno. */
extern int at_count(const char *path);
/* The node behind a path, held. */
extern int at_get(const char *path, struct fs_node **node);

#endif
