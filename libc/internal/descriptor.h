/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of file descriptors. Descriptors made by dup() share the name of a
 * right; the right is given back with the last of them.
 */
#ifndef INTERNAL_DESCRIPTOR_H
#define INTERNAL_DESCRIPTOR_H

#include <mach/mach_types.h>

#include <fcntl.h>
#include <servers/process_types.h>
#include <stdbool.h>

/* Among the flags: it is a socket. */
#define DESCRIPTOR_SOCKET 0x20000000

struct direct;

struct descriptor {
	mach_port_t port; /* null: free */
	int flags;        /* O_* it was opened with; O_CLOEXEC is FD_CLOEXEC */
	struct direct *direct; /* NULL: all goes by message */
	unsigned asked;        /* reads by message, since it was opened */
};

extern struct descriptor __descriptors[PROC_FD_MAX];
extern int __descriptors_end; /* all from here on are free */

/* The port of a descriptor; null with EBADF. */
mach_port_t __descriptor_port(int fd);

/* Enter at the first free place from `least` on; -1 with EMFILE. */
int __descriptor_add(mach_port_t port, int flags, int least);

/*
 * The same for a right that came with a message, and may be to an open file
 * that is here already: then its descriptors share what dup()'s do.
 */
int __descriptor_receive(mach_port_t port, int flags);

/* One more right to a descriptor's port, for a message; null with EBADF. */
mach_port_t __descriptor_copy(int fd, int *flags);

/* One more right to it, to be used here alone; null with EBADF. */
mach_port_t __descriptor_reference(int fd);

/* May a copy of one opened with such flags be what open() asks for? */
static inline bool
__descriptor_serves(int has, int wanted)
{
	has &= O_ACCMODE;
	return (wanted & O_PATH) != 0 || has == O_RDWR ||
	       has == (wanted & O_ACCMODE);
}

/* Enter at a place that is free. */
void __descriptor_set(int fd, mach_port_t port, int flags);

/* The directory that relative paths start from; null with EBADF. */
mach_port_t __directory_port(int fd);

/* dup() to the first free place from `least` on. */
int __dup_from(int fd, int least, int flags);

/* Around fork() and other changes of the table. */
bool __descriptors_try_lock(void);
void __descriptors_lock(void);
void __descriptors_unlock(void);

#endif
