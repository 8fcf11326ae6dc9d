/* SPDX-License-Identifier: BSD-2-Clause */
/* From paths to ports. */
#ifndef INTERNAL_LOOKUP_H
#define INTERNAL_LOOKUP_H

#include <mach/mach_types.h>

#include <servers/io_types.h>
#include <stdbool.h>
#include <sys/types.h>

/*
 * Open a path, relative to the directory of descriptor `at`, going on where
 * the answers lead. Returns 0 and a right in *port, or -1 with errno.
 */
int __lookup(
    int at, const char *path, int flags, mode_t mode, mach_port_t *port);

/*
 * The same for who opens it for good: it may be one of the process's own
 * descriptors (/dev/fd), of which *own is the number then, or else -1. There is
 * no right in *port then, and whether the descriptor is open was not looked at.
 */
int __lookup_open(int at, const char *path, int flags, mode_t mode,
    mach_port_t *port, int *own);

/*
 * What io_stat says of it. May know it without opening anything, which is what
 * most who look want.
 */
int __lookup_stat(
    int at, const char *path, bool follow, struct io_stat *status);

/* Only a handle, for operations on the file itself. */
int __lookup_handle(int at, const char *path, bool follow, mach_port_t *port);

/*
 * The directory that holds a path's last component, and that component
 * without slashes behind it. The right is to be released with
 * __parent_release().
 */
struct parent {
	mach_port_t directory;
	bool own;   /* the right was made for this */
	bool slash; /* there were slashes behind the name */
	char name[IO_NAME_MAX];
};

int __lookup_parent(int at, const char *path, struct parent *parent);
void __parent_release(struct parent *parent);

#endif
