/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Open files: what a port that clients hold stands for. What a file was opened
 * for is decided then, by the opener's identity; operations on the node itself
 * (chmod, and all that change directories) go by who sends the message.
 */
#ifndef LIBFS_FILE_H
#define LIBFS_FILE_H

#include <libmach/mach.h>

#include "private.h"

struct fs_file {
	struct fs_node *node; /* held */
	uint64_t offset;
	int flags; /* access mode, O_APPEND, O_NONBLOCK, FS_LOOKUP_PATH */
	bool readable;
	bool writable;
	bool executable;
	mach_port_t port;
	mach_port_t notify; /* who polls for what never happens, or null */
	struct fs_file *next_spare;
};

/* The file system this process serves. */
extern struct fs *fs_served;

/* server.c. The file a port stands for, or NULL. */
extern struct fs_file *fs_file_of(mach_port_t port);

/* The directory it stands for. 0, EBADF, ENOTDIR. */
extern int fs_directory_of(mach_port_t port, struct fs_node **node);

/*
 * Open node: a new file, and a send right in *right for the opener. The node
 * gets a reference of the file's. ENOMEM.
 */
extern int fs_file_open(struct fs_node *node, int flags,
    const struct fs_cred *cred, mach_port_t *right);

/* server.c. Open files, and nodes with memory objects, come and go. */
extern void fs_user_came(void);
extern void fs_user_gone(void);

/* Who sent the message that is being served. */
extern struct fs_cred fs_sender(void);

/* A server's return code for an errno, 0 for 0. */
static inline kern_return_t
fs_result(int error)
{
	return error == 0 ? KERN_SUCCESS : SERVER_ERROR(error);
}

/* Give up a right that came with a message. */
static inline void
fs_drop_right(mach_port_t port)
{
	if (MACH_PORT_VALID(port))
		(void)syscall_mach_port_deallocate(mach_task_self(), port);
}

/* One more of a send right. False: whoever was behind it is gone. */
extern bool fs_copy_right(mach_port_t port);

/* pager.c: a send right to the memory object of a regular file. */
extern int fs_pager_object(
    struct fs_node *node, bool writable, mach_port_t *right);
extern boolean_t fs_pager_demux(
    mach_msg_header_t *request, mach_msg_header_t *reply);

/* writeback.c: what is received, and the thread that sends it. ENOMEM. */
extern boolean_t fs_write_back_demux(
    mach_msg_header_t *request, mach_msg_header_t *reply);
extern int fs_write_back_start(void);

/* server_socket.c: told by libports. */
extern void fs_address_died(mach_port_t address);

/*
 * server_fifo.c: a right with which the pipe server opens a FIFO for whoever
 * has it. ENOMEM; EOPNOTSUPP: there is no pipe server.
 */
extern int fs_fifo_ticket(struct fs_node *node, int flags, mach_port_t *ticket);

/* server_lock.c: an owner of locks, if it was one; a file nobody has open. */
extern bool fs_lock_owner_died(mach_port_t port);
extern void fs_lock_file_closed(struct fs_file *file);

/* server_fs.c: what was mounted on node is not there any more. */
extern void fs_translator_gone(struct fs_node *node);

#endif
