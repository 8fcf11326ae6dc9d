/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Queues of messages and of threads: who gets what, and in which order.
 */
#include <arch/timer.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <ipc/ipc_quota.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <ipc/mach_msg.h>
#include <kern/panic.h>
#include <kern/sched.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <kern/thread_init.h>

uint64_t
ipc_deadline(mach_msg_timeout_t timeout)
{
	return clock_uptime_ns() + timeout * 1000000UL;
}

struct thread *
ipc_pset_receiver(const struct ipc_port *port)
{
	list_for_each (node, &port->sets) {
		const struct ipc_member *member =
		    list_entry(node, struct ipc_member, of_port);
		const struct list *queue =
		    &member->pset->object.receivers.threads;

		if (!list_empty(queue))
			return list_entry(
			    queue->next, struct thread, wait_link);
	}
	return NULL;
}

/* Has the waiting thread room for the message? */
static bool
has_room(const struct thread *thread, const struct ipc_kmsg *kmsg)
{
	return kmsg->header.msgh_size <= (mach_msg_receives(thread)
						 ? ipc_room(&thread->ipc.call)
						 : thread->ipc.room);
}

/* Is the message that it has no room for to stay for another receive? */
static bool
keeps_large(const struct thread *thread)
{
	return mach_msg_receives(thread) &&
	       (thread->ipc.call.option & MACH_RCV_LARGE) != 0;
}

/*
 * Give the message to a waiting receiver. One without room is woken with
 * MACH_RCV_TOO_LARGE, and costs the message unless it has MACH_RCV_LARGE.
 */
static bool
deliver(struct ipc_port *port, struct ipc_kmsg *kmsg)
{
	struct thread *thread;

	while ((thread = ipc_mqueue_receiver(port)) != NULL) {
		struct ipc_thread *ipc = &thread->ipc;
		bool fit = has_room(thread, kmsg);

		ipc->state = fit ? MACH_MSG_SUCCESS : MACH_RCV_TOO_LARGE;
		ipc->large_size = kmsg->header.msgh_size;
		ipc->kmsg = fit ? kmsg : NULL;
		thread_wake(thread, WAIT_AWAKENED);
		if (!fit && keeps_large(thread))
			continue;
		ipc_kmsg_stamp(kmsg, port);
		if (fit)
			ipc_kmsg_left(kmsg);
		else
			ipc_kmsg_destroy(kmsg);
		return true;
	}
	return false;
}

/* The port has messages: its sets have, too. */
static inline void
set_ready(struct ipc_port *port)
{
	list_for_each (node, &port->sets) {
		struct ipc_member *member =
		    list_entry(node, struct ipc_member, of_port);

		if (list_empty(&member->ready))
			list_append(&member->pset->ready, &member->ready);
	}
}

static void
unset_ready(struct ipc_port *port)
{
	list_for_each (node, &port->sets)
		list_remove(
		    &list_entry(node, struct ipc_member, of_port)->ready);
}

static void
enqueue(struct ipc_port *port, struct ipc_kmsg *kmsg)
{
	list_append(&port->messages, &kmsg->link);
	port->msgcount++;
	set_ready(port);
}

/* Take a message off the queue; a ready port goes to the back of its set. */
static void
take(struct ipc_port *port, struct ipc_kmsg *kmsg)
{
	list_remove(&kmsg->link);
	port->msgcount--;
	unset_ready(port);
	if (!list_empty(&port->messages))
		set_ready(port);
	ipc_kmsg_left(kmsg);
}

void
ipc_mqueue_admit(struct ipc_port *port)
{
	struct thread *thread;

	while (port->msgcount < port->qlimit &&
	       (thread = wait_queue_first(&port->senders)) != NULL) {
		struct ipc_kmsg *kmsg = thread->ipc.kmsg;

		thread->ipc.kmsg = NULL;
		thread_wake(thread, WAIT_AWAKENED);
		enqueue(port, kmsg);
	}
	if (port->wants_room && port->msgcount < port->qlimit)
		ipc_right_send_possible(port);
}

void
ipc_mqueue_feed(struct ipc_port *port)
{
	struct list *first;

	while ((first = list_first(&port->messages)) != NULL) {
		struct ipc_kmsg *kmsg = ipc_kmsg_entry(first);

		if (ipc_mqueue_receiver(port) == NULL)
			break;
		take(port, kmsg);
		if (!deliver(port, kmsg)) {
			list_prepend(&port->messages, &kmsg->link);
			port->msgcount++;
			break;
		}
	}
	if (!list_empty(&port->messages))
		set_ready(port);
	ipc_mqueue_admit(port);
}

/* Wait until somebody moves this thread's message into the queue. */
static mach_msg_return_t
wait_for_room(struct ipc_port *port, struct ipc_kmsg *kmsg,
    mach_msg_option_t option, mach_msg_timeout_t timeout)
{
	struct ipc_thread *ipc = &current_thread()->ipc;
	uint64_t deadline = WAIT_FOREVER;
	enum wait_result result;

	if (option & MACH_SEND_TIMEOUT) {
		if (timeout == 0)
			return MACH_SEND_TIMED_OUT;
		deadline = ipc_deadline(timeout);
	}
	ipc->kmsg = kmsg;
	thread_wait(&port->senders, WAIT_INTERRUPTIBLE, deadline);
	result = thread_block(NULL);
	ipc->kmsg = NULL;
	switch (result) {
	case WAIT_AWAKENED:
		return MACH_MSG_SUCCESS;
	case WAIT_TIMED_OUT:
		return MACH_SEND_TIMED_OUT;
	case WAIT_INTERRUPTED:
	default:
		return MACH_SEND_INTERRUPTED;
	}
}

/* Nobody waits to receive: who would must not be kept from it by others. */
static void
hurry(const struct ipc_port *port)
{
	struct task *task =
	    port->receiver != NULL ? port->receiver->task : NULL;
	struct thread *self = current_thread();

	if (task != NULL && task != self->task &&
	    self->priority < task->base_priority)
		sched_boost_task(task, self);
}

mach_msg_return_t
ipc_mqueue_send(
    struct ipc_kmsg *kmsg, mach_msg_option_t option, mach_msg_timeout_t timeout)
{
	mach_msg_bits_t bits = kmsg->header.msgh_bits;
	struct ipc_port *port = ipc_kmsg_remote(kmsg);
	mach_msg_return_t mr;

	if (port == NULL || !port->object.active ||
	    (bits & MACH_MSGH_BITS_CIRCULAR)) {
		ipc_kmsg_destroy(kmsg);
		return MACH_MSG_SUCCESS;
	}
	if (deliver(port, kmsg))
		return MACH_MSG_SUCCESS;
	if (port->msgcount >= IPC_PORT_QUEUE_MAX && kmsg->payer == NULL)
		return MACH_SEND_NO_BUFFER;
	if (!(option & MACH_SEND_ALWAYS) && !ipc_quota_pay(kmsg))
		return MACH_SEND_NO_BUFFER;
	if (port->msgcount >= port->qlimit && !(option & MACH_SEND_ALWAYS) &&
	    MACH_MSGH_BITS_REMOTE(bits) != MACH_MSG_TYPE_PORT_SEND_ONCE) {
		mr = wait_for_room(port, kmsg, option, timeout);
		if (mr != MACH_MSG_SUCCESS)
			ipc_quota_discharge(kmsg);
		return mr;
	}
	enqueue(port, kmsg);
	if (!(option & MACH_SEND_ALWAYS))
		hurry(port);
	return MACH_MSG_SUCCESS;
}

void
ipc_mqueue_send_always(struct ipc_kmsg *kmsg)
{
	const struct ipc_port *port = ipc_kmsg_remote(kmsg);

	if ((port != NULL && ipc_port_is_kobject(port)) ||
	    ipc_mqueue_send(kmsg, MACH_SEND_ALWAYS, 0) != MACH_MSG_SUCCESS)
		ipc_kmsg_destroy(kmsg);
}

mach_msg_return_t
ipc_mqueue_lookup(
    struct ipc_space *space, mach_port_name_t name, struct ipc_object **object)
{
	const struct ipc_entry *entry = ipc_right_lookup(space, name);

	if (entry == NULL ||
	    !(entry->bits & (MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_PORT_SET)))
		return MACH_RCV_INVALID_NAME;
	if ((entry->bits & MACH_PORT_TYPE_RECEIVE) &&
	    ipc_pset_of(ipc_object_port(entry->object)) != NULL)
		return MACH_RCV_IN_SET;
	*object = entry->object;
	return MACH_MSG_SUCCESS;
}

struct ipc_port *
ipc_mqueue_ready(struct ipc_object *object)
{
	struct ipc_port *port = ipc_object_port(object);
	struct list *first;

	if (object->type == IPC_OBJECT_PORT)
		return list_empty(&port->messages) ? NULL : port;
	first = list_first(&ipc_object_pset(object)->ready);
	return first != NULL ? list_entry(first, struct ipc_member, ready)->port
			     : NULL;
}

mach_msg_return_t
ipc_mqueue_dequeue(struct ipc_object *object, mach_msg_size_t room, bool keep,
    struct ipc_kmsg **result)
{
	struct ipc_port *port = ipc_mqueue_ready(object);
	struct ipc_kmsg *kmsg;
	bool fit;

	*result = NULL;
	if (port == NULL)
		return MACH_MSG_SUCCESS;
	kmsg = ipc_kmsg_entry(port->messages.next);
	fit = kmsg->header.msgh_size <= room;
	current_thread()->ipc.large_size = kmsg->header.msgh_size;
	if (!fit && keep)
		return MACH_RCV_TOO_LARGE;
	take(port, kmsg);
	ipc_kmsg_stamp(kmsg, port);
	ipc_mqueue_admit(port);
	if (!fit) {
		ipc_kmsg_destroy(kmsg);
		return MACH_RCV_TOO_LARGE;
	}
	*result = kmsg;
	return MACH_MSG_SUCCESS;
}

void
ipc_mqueue_wait(struct ipc_object *object, uint64_t deadline)
{
	struct ipc_thread *ipc = &current_thread()->ipc;

	ipc->kmsg = NULL;
	ipc->state = MACH_RCV_IN_PROGRESS;
	thread_wait(
	    &object->receivers, WAIT_INTERRUPTIBLE | WAIT_MESSAGE, deadline);
}

mach_msg_return_t
ipc_mqueue_wait_done(struct ipc_kmsg **kmsg)
{
	struct thread *self = current_thread();

	*kmsg = self->ipc.kmsg;
	self->ipc.kmsg = NULL;
	switch (self->wait_result) {
	case WAIT_AWAKENED:
		return self->ipc.state;
	case WAIT_TIMED_OUT:
		return MACH_RCV_TIMED_OUT;
	case WAIT_INTERRUPTED:
	default:
		return MACH_RCV_INTERRUPTED;
	}
}

void
ipc_mqueue_changed(struct ipc_object *object, mach_msg_return_t state)
{
	struct thread *thread;

	while ((thread = wait_queue_first(&object->receivers)) != NULL) {
		thread->ipc.state = state;
		thread_wake(thread, WAIT_AWAKENED);
	}
}

void
ipc_mqueue_flush(struct ipc_port *port)
{
	struct thread *thread;

	list_join(&ipc_dead_messages, &port->messages);
	port->msgcount = 0;
	while ((thread = wait_queue_first(&port->senders)) != NULL) {
		ipc_kmsg_destroy(thread->ipc.kmsg);
		thread->ipc.kmsg = NULL;
		thread_wake(thread, WAIT_AWAKENED);
	}
}
