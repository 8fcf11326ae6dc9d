/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arithmetic on one entry: what a name may do, and how rights enter and leave
 * it. In a handle (mach_port_t in the kernel) MACH_PORT_DEAD stands for a
 * right to a port that is gone. None of these block.
 */
#ifndef IPC_IPC_RIGHT_H
#define IPC_IPC_RIGHT_H

#include <mach/message.h>

#include <ipc/ipc_entry.h>

struct ipc_kmsg;

/*
 * The notifications somebody waits for of a name that can be sent to: of one
 * kind or both. It is on port->requests and in the entry; the port's death or
 * the name's end takes it off both.
 */
enum ipc_request_kind {
	IPC_REQUEST_DEAD_NAME,
	IPC_REQUEST_SEND_POSSIBLE,
	IPC_REQUEST_KINDS,
};

struct ipc_request {
	struct list link;
	struct ipc_entry *entry;
	struct ipc_kmsg *kmsg[IPC_REQUEST_KINDS]; /* or NULL */
};

/* The entry of a name; rights to dead ports have become dead names. */
extern struct ipc_entry *ipc_right_lookup(
    struct ipc_space *space, mach_port_name_t name);

/* The port of a send right of that name, no reference; NULL: it is none. */
extern struct ipc_port *ipc_right_send_port(
    struct ipc_space *space, mach_port_name_t name);

/*
 * A right to a port that is dead becomes a dead name; with its request, if it
 * has one.
 */
extern void ipc_right_make_dead(struct ipc_entry *entry);
extern void ipc_right_died(struct ipc_entry *entry);

/*
 * The send (or receive) right has been taken out of the entry: the name stays
 * if it has another right, and ends if not.
 */
extern void ipc_right_clear_send(
    struct ipc_space *space, struct ipc_entry *entry);
extern void ipc_right_clear_receive(
    struct ipc_space *space, struct ipc_entry *entry);

/* The name ends, rights and hash link are gone already. */
extern void ipc_right_end_name(
    struct ipc_space *space, struct ipc_entry *entry);

/*
 * May a right of that disposition be taken from the entry? A dead name
 * passes for MOVE_SEND, MOVE_SEND_ONCE and COPY_SEND.
 */
extern bool ipc_right_copyin_check(
    const struct ipc_entry *entry, mach_msg_type_name_t disposition);

/* Does the name's receive right go only by its guard? */
extern bool ipc_right_guarded(const struct ipc_entry *entry);

/*
 * Take the right, which the check allowed. The result is a handle with the
 * right in it. A receive right leaves its space; the caller says where it goes.
 */
extern mach_port_t ipc_right_copyin(struct ipc_space *space,
    struct ipc_entry *entry, mach_msg_type_name_t disposition);

/* Check and take by name. KERN_INVALID_NAME, KERN_INVALID_RIGHT. */
extern kern_return_t ipc_right_copyin_name(struct ipc_space *space,
    mach_port_name_t name, mach_msg_type_name_t disposition,
    mach_port_t *handle);

/*
 * Give the space a right (PORT_SEND...), consumed on success and on a dead
 * port, whose name is MACH_PORT_DEAD. User references stay at the most there
 * may be. KERN_NO_SPACE, KERN_RESOURCE_SHORTAGE: nothing happened.
 */
extern kern_return_t ipc_right_copyout(struct ipc_space *space,
    mach_port_t handle, mach_msg_type_name_t type, mach_port_name_t *name);

/* The same under a name of the caller's choice. KERN_NAME_EXISTS... */
extern kern_return_t ipc_right_copyout_name(struct ipc_space *space,
    mach_port_t handle, mach_msg_type_name_t type, mach_port_name_t name);

/* Let go of a right that is in no space. */
extern void ipc_right_release(mach_port_t handle, mach_msg_type_name_t type);

/* Make the right a kernel disposition asks for: MAKE_SEND, COPY_SEND... */
extern mach_port_t ipc_right_from_kernel(
    mach_port_t handle, mach_msg_type_name_t disposition);

/* What a disposition is when it arrives. */
extern mach_msg_type_name_t ipc_right_type(mach_msg_type_name_t disposition);

/* One user reference less, of whatever right that has them. */
extern kern_return_t ipc_right_dealloc(
    struct ipc_space *space, struct ipc_entry *entry);
extern kern_return_t ipc_right_delta(struct ipc_space *space,
    struct ipc_entry *entry, mach_port_right_t right, mach_port_delta_t delta);

/* The name and every right it has. */
extern void ipc_right_destroy(struct ipc_space *space, struct ipc_entry *entry);

extern mach_port_type_t ipc_right_info(const struct ipc_entry *entry);

/* The rights of `entry` under `new`, a fresh entry; `entry` becomes free. */
extern void ipc_right_rename(
    struct ipc_space *space, struct ipc_entry *entry, struct ipc_entry *new);

/* Is there such a request for the name? */
static inline bool
ipc_right_requested(const struct ipc_entry *entry, enum ipc_request_kind kind)
{
	return entry->request != NULL && entry->request->kmsg[kind] != NULL;
}

/* The port's queue has room: who asked is told. */
extern void ipc_right_send_possible(struct ipc_port *port);

/*
 * Ask for a notification, `kmsg` made by ipc_notify_alloc(), or NULL
 * for none; *previous is what was asked for before, or NULL.
 */
extern kern_return_t ipc_right_request(struct ipc_entry *entry,
    enum ipc_request_kind kind, struct ipc_kmsg *kmsg,
    struct ipc_kmsg **previous);

/*
 * The name ends: whoever asked gets a port-deleted notification, or, if the
 * port is dead, and this is sooner than ipc_reap(), a dead-name one.
 */
extern void ipc_right_request_end(struct ipc_entry *entry);

/* The port died: everyone who asked is told, now or by ipc_reap(). */
extern void ipc_right_port_died(struct ipc_port *port);

extern void ipc_right_init(void);

#endif
