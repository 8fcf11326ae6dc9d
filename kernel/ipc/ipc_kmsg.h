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
#include <ipc/ipc_port.h>
#include <ipc/ipc_thread.h>
#include <kern/list.h>

struct ipc_port;
struct ipc_space;
struct task;
struct vm_map;

struct ipc_kmsg {
	struct list link;         /* port->messages or the list of the dead */
	mach_msg_size_t capacity; /* bytes from `header` on */
	mach_port_seqno_t seqno;  /* given when it leaves the queue */
	uint64_t context;         /* of its port, then */
	struct ipc_quota *payer;  /* while it is queued, or NULL */
	struct ipc_marequest *accepted; /* who is told then, or NULL */
	security_token_t token;
	natural_t groups; /* as the token, of the sending task */
	natural_t unused;
	mach_msg_header_t header; /* header.msgh_size bytes */
};

/* Small messages, trailer included, come from a cache of their own. */
#define IPC_KMSG_SMALL_SIZE 320U

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

/*
 * A buffer for a message of `size` bytes and its trailer; only msgh_size and
 * the sender's token (the kernel's) are set. NULL: no memory.
 */
extern struct ipc_kmsg *ipc_kmsg_alloc(mach_msg_size_t size);

/* The buffer alone; rights have been taken out. */
extern void ipc_kmsg_free(struct ipc_kmsg *kmsg);

/* It waits in no queue, or no more: its payer and who asked to be told know. */
extern void ipc_kmsg_left(struct ipc_kmsg *kmsg);

/* Everything in it and itself, at the next ipc_reap(). */
extern void ipc_kmsg_destroy(struct ipc_kmsg *kmsg);

/* Destroy what waits for it. May block: nothing may be held across it. */
extern struct list ipc_dead_messages;
extern void ipc_reap_all(void);

/* What else may take long, and is called then; it waits among the messages. */
struct ipc_reaped {
	struct list link; /* a list of nothing, while it does not wait */
	mach_msg_size_t capacity; /* 0, where a message has its own */
	void (*function)(void);
};

#define IPC_REAPED(name, function)                           \
	{                                                    \
		LIST_INITIALIZER((name).link), 0, (function) \
	}

_Static_assert(offsetof(struct ipc_reaped, capacity) ==
		   offsetof(struct ipc_kmsg, capacity),
    "it is told from a message by that");

extern void ipc_reap_other(struct ipc_reaped *other);

static inline void
ipc_reap(void)
{
	if (!list_empty(&ipc_dead_messages))
		ipc_reap_all();
}

/*
 * The current task's message into a buffer, unchanged. May block.
 * MACH_SEND_MSG_TOO_SMALL, MACH_SEND_NO_BUFFER, MACH_SEND_INVALID_DATA.
 */
extern mach_msg_return_t ipc_kmsg_get(
    vm_address_t user, mach_msg_size_t size, struct ipc_kmsg **kmsg);

/*
 * Write message and, as `option` asks, trailer to the current task. The buffer
 * stays the caller's. May block. MACH_RCV_INVALID_DATA.
 */
extern mach_msg_return_t ipc_kmsg_put(
    struct ipc_kmsg *kmsg, vm_address_t user, mach_msg_option_t option);

/* What a receive with `option` wants behind the message. */
extern mach_msg_size_t ipc_trailer_size_of(mach_msg_option_t option);

static inline mach_msg_size_t
ipc_trailer_size(mach_msg_option_t option)
{
	return option & MACH_RCV_TRAILER_MASK ? ipc_trailer_size_of(option) : 0;
}

/* The size of the largest message a receive has room for. */
static inline mach_msg_size_t
ipc_room(const struct mach_msg_call *call)
{
	mach_msg_size_t extra = ipc_trailer_size(call->option);

	return call->rcv_size >= extra ? call->rcv_size - extra : 0;
}

/*
 * Header, ipc_header.c: names to rights, which fails without effect, and back.
 * A header error of copyout costs the reply right and the body.
 */
extern mach_msg_return_t ipc_kmsg_copyin_header(
    struct ipc_kmsg *kmsg, struct ipc_space *space);
extern mach_msg_return_t ipc_kmsg_copyout_header(
    struct ipc_kmsg *kmsg, struct ipc_space *space);

/*
 * The same for a kernel receiver: header the receiver's way round, with the
 * reply right as a handle; the right it was sent to is used up.
 */
extern void ipc_kmsg_accept(struct ipc_kmsg *kmsg);

/*
 * A message that could not be sent goes back to the sender: names again, but
 * remote stays the destination. Returns MACH_MSG_MASK bits. May block.
 */
extern mach_msg_return_t ipc_kmsg_copyout_pseudo(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map);

/* After copyout: the receiver cannot have it. Takes the rights back. */
extern void ipc_kmsg_undo_copyout(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map);

/*
 * Body, ipc_body.c. May block. When copyin fails, what was taken so far is
 * lost: the message is destroyed. MACH_SEND_MSG_TOO_SMALL,
 * MACH_SEND_INVALID_TYPE, _RIGHT, _MEMORY, _NO_BUFFER.
 */
extern mach_msg_return_t ipc_kmsg_copyin_body(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map);

/* MACH_MSG_MASK bits: what failed is null in the message. */
extern mach_msg_return_t ipc_kmsg_copyout_body(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map);
/*
 * Copyin of the body that most complex messages have: one port, of which a send
 * or send-once right is carried, or memory that moves as it is. Does not block.
 * False: it is another, or it is not to be had; nothing happened.
 */
extern bool ipc_body_take(mach_msg_base_t *base, const struct task *task);

/*
 * Copyout of the same: a send right to a port the space has one to, or memory.
 * Does not block. False: that is not so, or there is no room; nothing happened.
 */
extern bool ipc_body_give(mach_msg_base_t *base, const struct task *task);

/*
 * MACH_RCV_OVERWRITE, ipc_scatter.c: what of the body the list at `user` has
 * memory for goes there, and its descriptor has MACH_MSG_OVERWRITE then, so
 * that ipc_kmsg_copyout_body() lets it be. Checked first, without effect:
 * MACH_RCV_INVALID_TYPE, MACH_RCV_SCATTER_SMALL, MACH_RCV_INVALID_DATA. Both
 * may block.
 */
extern mach_msg_return_t ipc_scatter_check(
    struct ipc_kmsg *kmsg, vm_address_t user, mach_msg_size_t size);
extern mach_msg_return_t ipc_scatter_copyout(struct ipc_kmsg *kmsg,
    vm_address_t user, mach_msg_size_t size, struct ipc_space *space,
    struct vm_map *map);

/* Handles in a kernel array to names, as far as there is room; and back. */
extern mach_msg_return_t ipc_body_copyout_names(struct ipc_space *space,
    mach_port_t *handles, uint32_t count, mach_msg_type_name_t type);
extern void ipc_body_undo_names(struct ipc_space *space,
    const mach_port_t *names, uint32_t count, mach_msg_type_name_t type);

static inline mach_msg_descriptor_t *
ipc_body_first(mach_msg_base_t *base)
{
	return (void *)(base + 1);
}

static inline size_t
ipc_body_size(const mach_msg_descriptor_t *d)
{
	return d->type.type == MACH_MSG_PORT_DESCRIPTOR
		   ? sizeof(mach_msg_port_descriptor_t)
		   : sizeof(mach_msg_ool_descriptor_t);
}

static inline mach_msg_descriptor_t *
ipc_body_next(mach_msg_descriptor_t *d)
{
	return (void *)((char *)d + ipc_body_size(d));
}

extern void ipc_body_undo_copyout(
    mach_msg_base_t *base, struct ipc_space *space, struct vm_map *map);

/*
 * A message the kernel made: each handle becomes the right its disposition
 * says. Header and body; does not fail, does not block.
 */
extern void ipc_copyin_from_kernel(mach_msg_header_t *header);

/*
 * The message has left its port: receive rights in it are not on their way to
 * it any more. Before the right in the header is used up.
 */
extern void ipc_body_arrived(mach_msg_base_t *base);

/* Release what the descriptors of a message in the kernel carry. */
extern void ipc_body_clean(mach_msg_base_t *base);

/* Take back a right that copyout gave to the space. ipc_right_delta.c */
extern void ipc_right_undo_copyout(
    struct ipc_space *space, mach_port_name_t name, mach_msg_type_name_t type);

/* The MACH_MSG_MASK bit for a failed ipc_right_copyout(). */
static inline mach_msg_return_t
ipc_copyout_error(kern_return_t kr)
{
	return kr == KERN_RESOURCE_SHORTAGE ? MACH_MSG_IPC_KERNEL
					    : MACH_MSG_IPC_SPACE;
}

extern void ipc_kmsg_init(void);

/* Give the freed buffers kept at hand back to the allocator. */
extern void ipc_kmsg_drain(void);

/* The message leaves its port's queue: what the trailer says of that. */
static inline void
ipc_kmsg_stamp(struct ipc_kmsg *kmsg, struct ipc_port *port)
{
	kmsg->seqno = port->seqno++;
	kmsg->context = port->context;
}

#endif
