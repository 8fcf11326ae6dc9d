/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is read and written without asking its server (io_direct): regular
 * files, by memory_object_read(), and the rings of pipes and sockets.
 *
 * The open file's offset is the server's. A process that alone has a right to
 * the file may keep it instead, in `place`; and a process that alone has a
 * right to an end of a pipe may be the one who reads or writes at it. Both are
 * given up before anybody else gets a right, that is, before fork(), exec and
 * posix_spawn(); the place also before the server reads at it. So there is
 * never more than one who has it. They are not asked for while there are other
 * threads, whose messages may be on their way to the server.
 *
 * Descriptors made by dup() share one of these, as do calls in progress; it
 * goes with the last. The table's lock is held where that changes. Files are
 * read without a lock: the place moves by compare-and-swap, after the data have
 * been copied, and who finds it moved has read for nothing and reads again.
 * Each side of a ring has a lock, which is held, with signals blocked, while
 * bytes are copied and never while somebody sleeps.
 */
#ifndef INTERNAL_DIRECT_H
#define INTERNAL_DIRECT_H

#include <mach/mach_types.h>

#include <servers/io_ring.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "lock.h"

struct direct {
	mach_port_t port; /* the open file; null: free */
	int kind;         /* IO_DIRECT_* */
	int users;        /* descriptors, calls that may sleep */

	/* Of a file. */
	mach_port_t object; /* what is read */
	int64_t place;      /* atomic; IO_DIRECT_SHARED: the server keeps it */

	/* Of a pipe or a socket. */
	vm_address_t memory; /* not inherited; 0: not mapped */
	vm_size_t size;
	struct io_ring *in; /* or NULL */
	struct io_ring *out;
	bool off; /* others may have it: all goes by message */
	bool nonblock;
	struct lock reading;
	struct lock writing;
};

/* An answer beside 0 and errno values. */
#define DIRECT_BY_MESSAGE (-1)

/*
 * Up to size bytes of a descriptor, at an offset or IO_OFFSET_CURRENT; how:
 * IO_STREAM_*. *done is right also when something went wrong after a part.
 */
int __direct_read(
    int fd, void *to, size_t size, int64_t offset, int how, size_t *done);
int __direct_write(
    int fd, const void *from, size_t size, int how, size_t *done);

/*
 * The IO_POLL_* that hold, or DIRECT_BY_MESSAGE. Of an end that has just gone
 * the server may know more.
 */
int __direct_poll(int fd);

/*
 * lseek() for who keeps the place; *known is false where the server has to be
 * asked. Returns the place, or -1 with errno.
 */
off_t __direct_seek(int fd, off_t offset, int whence, bool *known);

/* fcntl() has set flags of the open file. */
void __direct_set_flags(int fd, int flags);

/*
 * The process ends. Others will have a right: to this (NULL is allowed), to
 * all; and in the child of fork().
 */
void __direct_exit(void);
void __direct_give_up(struct direct *direct);
void __direct_give_up_all(void);
void __direct_forked(void);

/* With the table's lock held: a descriptor ends; `copy` is one of `fd`. */
void __direct_drop(int fd);
void __direct_share(int copy, int fd);

/*
 * direct.c, for ring.c: what a descriptor's ring is, held for a call, or NULL;
 * the call is over.
 */
struct direct *__direct_hold(int fd, size_t size);
void __direct_release(struct direct *direct);

/* ring.c */
int __ring_read(
    struct direct *direct, void *to, size_t size, int how, size_t *done);
int __ring_write(struct direct *direct, const void *from, size_t size, int how,
    size_t *done);
int __ring_poll(const struct direct *direct);

/* Whoever held it alone ends: the other side is to know at once. */
void __ring_end(const struct direct *direct);

#endif
