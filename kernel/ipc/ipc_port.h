/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ports. The receive right is in one of four states:
 *   receiver != NULL, a task's space   the space has it as receiver_name
 *   receiver == &ipc_space_kernel      the kernel has it (kobject, reply port)
 *   receiver == NULL, active           in a message to `destination`
 *   !active                            gone: the port is dead
 * Each send and send-once right, wherever it is, is counted; so is each other
 * pointer kept (object.references). A dead port is freed when all are zero.
 *
 * A notification somebody asked for is a message made at the time of the
 * request, with the send-once right in it: sending it cannot fail.
 */
#ifndef IPC_IPC_PORT_H
#define IPC_IPC_PORT_H

#include <ipc/ipc_kobject.h>
#include <ipc/ipc_object.h>

struct ipc_kmsg;
struct ipc_space;

struct ipc_port {
	struct ipc_object object; /* first: cast from struct ipc_object */
	struct ipc_space *receiver;
	mach_port_name_t receiver_name;
	enum ipc_kobject_type kotype;
	void *kobject;
	struct ipc_port *destination; /* of the message it is in */
	uint64_t srights;
	uint64_t sorights;
	mach_port_mscount_t mscount; /* counts modulo 2^32, as seqno does */
	mach_port_seqno_t seqno;     /* of the next message received */
	mach_port_msgcount_t msgcount;
	uint32_t set_count; /* of `sets` */
	mach_port_msgcount_t qlimit;
	struct list messages;       /* struct ipc_kmsg.link */
	struct wait_queue senders;  /* threads with thread->ipc.kmsg to add */
	struct list sets;           /* struct ipc_member.of_port */
	struct ipc_kmsg *nsrequest; /* no-senders notification, or NULL */
	struct ipc_kmsg *pdrequest; /* port-destroyed notification, or NULL */
	struct list requests;       /* struct ipc_request.link */
	uint64_t context;  /* goes with every message received; or the guard */
	bool wants_room;   /* a request is for send-possible */
	bool guarded;      /* the receive right goes only by its guard */
	bool strict;       /* ... and may not even be moved */
	bool tells_itself; /* nsrequest is this port's own: mach_port_trap.c */
} __attribute__((aligned(64)));

_Static_assert(sizeof(struct ipc_port) % 64 == 0, "ports have handles");

/*
 * More messages than this wait on no port, even from send-once rights; but
 * notifications that were asked for, and paid for then, always find room.
 */
#define IPC_PORT_QUEUE_MAX 16384U

static inline struct ipc_port *
ipc_object_port(struct ipc_object *object)
{
	return (struct ipc_port *)(void *)object;
}

/* True also while it has not left a set that ends yet: see ipc_pset_of(). */
static inline bool
ipc_port_in_set(const struct ipc_port *port)
{
	return port->set_count != 0;
}

/* Is a message to this port a call of the kernel? */
static inline bool
ipc_port_is_kobject(const struct ipc_port *port)
{
	return port->kotype != IKOT_NONE;
}

/* A port whose receive right is `space`'s under `name`. NULL: no memory. */
extern struct ipc_port *ipc_port_create(
    struct ipc_space *space, mach_port_name_t name);

/*
 * The receive right is being destroyed. With a port-destroyed request it
 * goes to the requester; else the port dies: waiters are woken,
 * notifications sent, messages left for ipc_reap().
 */
extern void ipc_port_destroy(struct ipc_port *port);

/*
 * The same if there is nothing but the port itself: no rights, messages, waits,
 * requests, references. False: there is, and nothing happened.
 */
extern bool ipc_port_end(struct ipc_port *port);

/*
 * The receive right leaves its space: off its sets, receivers are told, a
 * no-senders request is cancelled.
 */
extern void ipc_port_clear_receiver(struct ipc_port *port);

/* Would a message to `destination` carrying `port` be out of reach? */
extern bool ipc_port_is_circular(
    const struct ipc_port *port, const struct ipc_port *destination);

/* Ask for a notification: the message replaces what was asked before. */
extern struct ipc_kmsg *ipc_port_swap_nsrequest(
    struct ipc_port *port, struct ipc_kmsg *request, mach_port_mscount_t sync);

/* Free the port if it is dead and nothing points to it. */
extern void ipc_port_check_free(struct ipc_port *port);

/* The last send right to a kernel object's port is gone. ipc_kobject.c */
extern void ipc_kobject_no_senders(struct ipc_port *port);

extern void ipc_port_init(void);

/* Give the ports kept for the next ones back to the allocator. */
extern void ipc_port_drain(void);

#endif
