/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The device file system: a directory of special files, kept in memory.
 *
 *	main.c     start, and mounting	fsops.c   libfs's operations
 *	devices.c  what each file does	pts.c     slaves of ptys
 *	fds.c      descriptors
 */
#ifndef DEVFS_H
#define DEVFS_H

#include <libfs/fs.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A special file; what is left out: reading finds the end, writing works. */
struct device {
	const char *name;
	uint32_t mode;
	uint32_t minor;
	int (*read)(uint64_t offset, void *data, size_t size, size_t *got);
	int (*write)(const void *data, size_t size);
	/* Send openers on, as fs_ops.open. */
	int (*open)(int flags, struct fs_walk *walk);
};

extern const struct device devices[];
extern const unsigned device_count;

extern const struct fs_ops devfs_ops;

/* Until then devices that need it answer ENXIO. 0 or an errno. */
extern void devices_init(mach_port_t bootstrap);

/* The port of the terminal's server, borrowed. 0 or ENXIO. */
extern int devices_find_terminal(mach_port_t *port);

/* Send who may open a terminal so on to it: a slave, or the console, id 0. */
extern int devices_open_terminal(uint64_t id, int flags, struct fs_walk *walk);

/*
 * pts.c. Slaves' inodes begin here. 0 or ENOENT, ENXIO, EIO; next finds the
 * first from a number on; load fills what is not times.
 */
#define PTS_FIRST_INO 64U
extern int pts_next(unsigned from, unsigned *number, uint64_t *ino);
extern int pts_lookup(const char *name, uint64_t *ino);
extern int pts_load(struct io_stat *stat);
extern void pts_changed(const struct io_stat *stat);
extern int pts_open(uint64_t ino, int flags, struct fs_walk *walk);

/*
 * fds.c. Links to the opener's descriptors have inodes from here on. lookup:
 * of a number, or of one of the names in /dev, of which there is a list. 0 or
 * ENOENT; open sends on who wants to read the directory.
 */
#define FDS_FIRST_INO (1UL << 62)
extern const char *fds_name(unsigned index);
extern int fds_lookup_name(const char *name, uint64_t *ino);
extern int fds_lookup(const char *name, uint64_t *ino);
extern int fds_load(struct io_stat *stat);
extern int fds_readlink(uint64_t ino, char *target, size_t size);
extern int fds_follow(
    uint64_t ino, struct fs_walk *walk, char *target, size_t size);
extern int fds_open(struct fs_walk *walk);

#endif
