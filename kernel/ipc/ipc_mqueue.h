/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sending to and receiving from a port's queue.
 *
 * A waiting receiver is given its message by the sender (thread->ipc.kmsg) and
 * wakes as its owner. A sender that meets a full queue waits with its message
 * in thread->ipc.kmsg; who makes room moves the message into the queue. So
 * order is kept, and neither finds anything to re-validate but what
 * thread->ipc.state says.
 */
#ifndef IPC_IPC_MQUEUE_H
#define IPC_IPC_MQUEUE_H

#include <mach/message.h>

#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <kern/thread.h>

struct ipc_kmsg;
struct ipc_space;

/*
 * Deliver or queue. Blocks while the queue is full, for at most timeout with
 * MACH_SEND_TIMEOUT. Consumes the message on success (also when the port is
 * dead, or the message is circular: then it is destroyed), keeps it on
 * MACH_SEND_TIMED_OUT, MACH_SEND_INTERRUPTED, MACH_SEND_NO_BUFFER.
 */
extern mach_msg_return_t ipc_mqueue_send(struct ipc_kmsg *kmsg,
    mach_msg_option_t option, mach_msg_timeout_t timeout);

/* The queue's limit does not count and nothing fails. */
extern void ipc_mqueue_send_always(struct ipc_kmsg *kmsg);

/* The same of a port in sets, who wait for messages to one of these. */
extern struct thread *ipc_pset_receiver(const struct ipc_port *port);

/* A receiver waiting for a message to the port, or NULL. */
static inline __attribute__((always_inline)) struct thread *
ipc_mqueue_receiver(const struct ipc_port *port)
{
	const struct list *queue = &port->object.receivers.threads;

	if (!list_empty(queue))
		return list_entry(queue->next, struct thread, wait_link);
	return ipc_port_in_set(port) ? ipc_pset_receiver(port) : NULL;
}

/*
 * The port or set of a name to receive from. MACH_RCV_INVALID_NAME,
 * MACH_RCV_IN_SET.
 */
extern mach_msg_return_t ipc_mqueue_lookup(
    struct ipc_space *space, mach_port_name_t name, struct ipc_object **object);

/* The port that has the next message of an object; NULL if there is none. */
extern struct ipc_port *ipc_mqueue_ready(struct ipc_object *object);

/*
 * The first message, if there is room for it, without waiting; *kmsg NULL when
 * there is none. MACH_RCV_TOO_LARGE: the message is destroyed, or, if it is to
 * be kept, stays where it is and thread->ipc.large_size is its size.
 */
extern mach_msg_return_t ipc_mqueue_dequeue(struct ipc_object *object,
    mach_msg_size_t room, bool keep, struct ipc_kmsg **kmsg);

/*
 * Put the current thread on the object's queue. What it wants is in
 * thread->ipc.call if it goes on in mach_msg_receive_continue(), else in
 * thread->ipc.room; thread->ipc.short_room says what fastpath.c may give it.
 * Then thread_block().
 */
extern void ipc_mqueue_wait(struct ipc_object *object, uint64_t deadline);

/* After the wait: the message in *kmsg, or why there is none. */
extern mach_msg_return_t ipc_mqueue_wait_done(struct ipc_kmsg **kmsg);

/* What a thread waits for a message on; NULL: it does not. */
static inline struct ipc_object *
ipc_mqueue_waited_on(const struct thread *thread)
{
	if (thread->state != THREAD_WAITING ||
	    !(thread->wait_flags & WAIT_MESSAGE))
		return NULL;
	return list_entry(thread->wait_queue, struct ipc_object, receivers);
}

/* The port has joined a set: what is queued goes to the set's receivers. */
extern void ipc_mqueue_feed(struct ipc_port *port);

/* Wake every receiver of an object with an error. */
extern void ipc_mqueue_changed(
    struct ipc_object *object, mach_msg_return_t state);

/* Let blocked senders in while there is room. */
extern void ipc_mqueue_admit(struct ipc_port *port);

/* The port is dead: its messages and its senders' are destroyed. */
extern void ipc_mqueue_flush(struct ipc_port *port);

/* Uptime of a timeout in ms from now. */
extern uint64_t ipc_deadline(mach_msg_timeout_t timeout);

#endif
