/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is read without asking its server: regular files, by memory_object_read.
 *
 * The open file's offset is the server's. A process that alone has a right to
 * the file may keep it instead, in `place`; it gives it back before anybody
 * else gets a right, that is, before fork(), exec and posix_spawn(), and before
 * it has the server read at it. So there is never more than one who keeps it.
 *
 * Descriptors made by dup() share one of these, which goes with the last. The
 * table's lock is held where that changes; reading takes no lock: the place
 * moves by compare-and-swap, after the data have been copied, and who finds
 * it moved has read for nothing and reads again. With several threads it is
 * not taken, as another one's message may be on its way to the server.
 */
#ifndef INTERNAL_DIRECT_H
#define INTERNAL_DIRECT_H

#include <mach/mach_types.h>

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct direct {
	mach_port_t port;   /* the open file; null: free */
	mach_port_t object; /* what is read */
	int users;          /* descriptors */
	int64_t place;      /* atomic; IO_DIRECT_SHARED: the server keeps it */
};

/*
 * Up to size bytes of a descriptor, at an offset or IO_OFFSET_CURRENT; -1: by
 * message, please.
 */
ssize_t __direct_read(int fd, void *to, size_t size, int64_t offset);

/*
 * lseek() for who keeps the place; *known is false where the server has to be
 * asked. Returns the place, or -1 with errno.
 */
off_t __direct_seek(int fd, off_t offset, int whence, bool *known);

/* All places go back to the server. */
void __direct_return(void);

/* With the table's lock held: a descriptor ends; `copy` is one of `fd`. */
void __direct_drop(int fd);
void __direct_share(int copy, int fd);

#endif
