/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages in the kernel. The layout is the user's; in the name fields are port
 * handles that carry the right the disposition beside them says, in the address
 * of an out-of-line descriptor a struct vm_map_copy *, in that of an
 * array of ports a kalloc'd array of handles. While a message waits the
 * header is the sender's way round: remote is the destination.
 *
 * Destruction never recurses: a message with rights in it goes on a list,
 * ports that die put their messages there, and ipc_reap(), called where an
 * operation has nothing left to lose, works the list off.
 */
#ifndef IPC_IPC_KMSG_H
#define IPC_IPC_KMSG_H

#include <mach/message.h>

#include <arch/types.h>

#include <ipc/ipc_kobject.h>
#include <kern/list.h>

struct ipc_port;
struct ipc_space;
struct vm_map;

struct ipc_kmsg {
	struct list link;         /* port->messages or the list of the dead */
	mach_msg_size_t capacity; /* bytes from `header` on */
	mach_port_seqno_t seqno;  /* given when it leaves the queue */
	security_token_t token;
	mach_msg_header_t header; /* header.msgh_size bytes */
};

/* Small messages come from a cache of their own. */
#define IPC_KMSG_SMALL_SIZE 256U
#define IPC_KMSG_SMALL                           \
	((mach_msg_size_t)(IPC_KMSG_SMALL_SIZE - \
			   offsetof(struct ipc_kmsg, header)))

/* An array of ports in a message holds at most so many. */
#define IPC_OOL_PORTS_MAX 16384U

static inline struct ipc_port *
ipc_kmsg_remote(const struct ipc_kmsg *kmsg)
{
	return ipc_port_from_handle(kmsg->header.msgh_remote_port);
}

static inline struct ipc_kmsg *
ipc_kmsg_entry(struct list *node)
{
	return list_entry(node, struct ipc_kmsg, link);
}

/* A buffer for `size` bytes; the contents are not set. NULL: no memory. */
extern struct ipc_kmsg *ipc_kmsg_alloc(mach_msg_size_t size);

/* The buffer alone; rights have been taken out. */
extern void ipc_kmsg_free(struct ipc_kmsg *kmsg);

/* Everything in it and itself, at the next ipc_reap(). */
extern void ipc_kmsg_destroy(struct ipc_kmsg *kmsg);

/* Destroy what waits for it. May block: call it last. */
extern void ipc_reap(void);

/* A user's message into a buffer, unchanged. May block. */
extern mach_msg_return_t ipc_kmsg_get(
    vm_address_t user, mach_msg_size_t size, struct ipc_kmsg **kmsg);

/*
 * Names to rights. On a header error nothing has happened; on an error in the
 * body, all rights and memory taken so far are lost and the buffer is
 * destroyed (*consumed). The body may block.
 */
extern mach_msg_return_t ipc_kmsg_copyin_header(
    struct ipc_kmsg *kmsg, struct ipc_space *space);
extern mach_msg_return_t ipc_kmsg_copyin_body(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map);

/* As the body's, of a message the kernel made: rights are handles. */
extern mach_msg_return_t ipc_kmsg_copyin_from_kernel(struct ipc_kmsg *kmsg);

/*
 * Rights to names, header turned to the receiver's way round. Errors are
 * MACH_RCV_HEADER_ERROR (no rights received, body destroyed, header only) and
 * MACH_RCV_BODY_ERROR (what failed is null in the message), with the
 * MACH_MSG_MASK bits. The body may block.
 */
extern mach_msg_return_t ipc_kmsg_copyout(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map);
extern mach_msg_return_t ipc_kmsg_copyout_header(
    struct ipc_kmsg *kmsg, struct ipc_space *space);
extern mach_msg_return_t ipc_kmsg_copyout_body(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map);

/*
 * A message that could not be sent goes back to the sender: names again, but
 * remote stays the destination.
 */
extern mach_msg_return_t ipc_kmsg_copyout_pseudo(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map);

/* After copyout: the receiver cannot have it after all. Takes all back. */
extern void ipc_kmsg_undo_copyout(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map);

/* The same as kernel servers see it: handles, but the receiver's way round. */
extern void ipc_kmsg_swap_header(struct ipc_kmsg *kmsg);

/* Release rights and memory of descriptors; `base` is a kernel's message. */
extern void ipc_body_clean(mach_msg_base_t *base);

/* The descriptors and what they say must lie in the message. */
extern bool ipc_body_fits(const mach_msg_base_t *base, mach_msg_size_t size);

extern mach_msg_size_t ipc_trailer_size(mach_msg_option_t option);

/* Write message and trailer to the user and free the buffer. May block. */
extern mach_msg_return_t ipc_kmsg_put(
    struct ipc_kmsg *kmsg, vm_address_t user, mach_msg_option_t option);

extern void ipc_kmsg_init(void);

#endif
