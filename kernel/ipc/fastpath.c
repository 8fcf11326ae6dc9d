/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The short way of an RPC. A request: COPY_SEND to a port somebody receives
 * from, with a send-once right to the caller's reply port, on which it then
 * waits. A reply: MOVE_SEND_ONCE to a port the caller of the RPC waits on,
 * after which the server waits again. Both: simple messages, nothing queued,
 * nothing blocks, no memory is allocated; the caller leaves processor, quantum
 * and kernel stack to the receiver, which finds its message in its buffer.
 *
 * The message is on that stack from the sender's copyin to the receiver's
 * copyout, and in the receiver's names from the start, so no right has to be
 * counted on the way.
 *
 * Each function checks, and then, below its mark, does what cannot fail.
 * The first thing unusual ends in a return, and the general path does it all.
 * What the receiver's copyout may still do is wait for a page, as the receiver,
 * or fail, which is the receiver's loss as on the general path.
 */
#include <arch/copy.h>
#include <arch/trap.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <ipc/ipc_space.h>
#include <ipc/mach_msg.h>
#include <kern/task.h>
#include <kern/thread.h>

#define REQUEST_BITS \
	MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE)
#define REPLY_BITS MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0)

/* The largest message that goes this way: a page and what is around it. */
#define FAST_SIZE (VM_PAGE_SIZE + 256U)

struct fast_message {
	struct ipc_kmsg kmsg; /* link and capacity are not set */
	uint8_t body[FAST_SIZE - sizeof(mach_msg_header_t)];
	mach_msg_max_trailer_t trailer; /* room for one */
};

/*
 * A user that waits for the port's messages and has room for this one. So the
 * port is alive, and a task's.
 */
static inline struct thread *
receiver_for(const struct ipc_port *port, mach_msg_size_t size)
{
	struct thread *thread = ipc_mqueue_receiver(port);

	if (thread == NULL ||
	    thread->continuation != mach_msg_receive_continue ||
	    thread->ipc.room < size)
		return NULL;
	return thread;
}

/* What an entry receives from, if it may and there is nothing; else NULL. */
static inline struct ipc_object *
object_to_receive(const struct ipc_entry *entry)
{
	struct ipc_object *object = entry->object;
	const struct ipc_port *port = ipc_object_port(object);

	if (object->type == IPC_OBJECT_PSET)
		return list_empty(&ipc_object_pset(object)->ready) ? object
								   : NULL;
	return port->msgcount == 0 && port->pset == NULL ? object : NULL;
}

/* The current thread is the receiver now: its message, and its return. */
static inline _Noreturn void
finish(struct ipc_kmsg *kmsg, struct thread *self)
{
	mach_msg_return_t mr = MACH_MSG_SUCCESS;

	if ((self->ipc.call.option & MACH_RCV_TRAILER_MASK) != 0)
		mr = ipc_kmsg_put(
		    kmsg, self->ipc.call.buffer, self->ipc.call.option);
	else if (!copyout(&kmsg->header, self->ipc.call.buffer,
		     kmsg->header.msgh_size))
		mr = MACH_RCV_INVALID_DATA;
	if (mr != MACH_MSG_SUCCESS) {
		ipc_kmsg_undo_copyout(kmsg, self->task->space, self->task->map);
		ipc_reap();
	}
	trap_return_value((uint64_t)mr);
}

/* Wait for an answer and go on as the receiver, which has the message. */
static inline _Noreturn void
switch_to(struct thread *self, struct thread *receiver,
    struct ipc_object *object, struct ipc_kmsg *kmsg)
{
	self->ipc.room = ipc_room(&self->ipc.call);
	self->ipc.large = (self->ipc.call.option & MACH_RCV_LARGE) != 0;
	self->ipc.object = object;
	ipc_object_reference(object);
	thread_wait_on(self, &object->receivers, WAIT_INTERRUPTIBLE);

	thread_take_off(receiver);
	receiver->ipc.object->references--; /* not the last: it lives */
	receiver->ipc.object = NULL;
	kmsg->token = self->task->token;
	thread_become(self, receiver, mach_msg_receive_continue);
	finish(kmsg, receiver);
}

static inline void
request(struct thread *self, struct ipc_kmsg *kmsg)
{
	mach_msg_header_t *header = &kmsg->header;
	struct ipc_space *space = self->task->space;
	struct ipc_entry *entry;
	struct ipc_port *port;
	struct ipc_port *reply;
	struct thread *receiver;

	if (header->msgh_local_port != self->ipc.call.rcv_name)
		return;
	entry = ipc_entry_with(
	    space, header->msgh_local_port, MACH_PORT_TYPE_RECEIVE);
	if (entry == NULL)
		return;
	reply = ipc_object_port(entry->object);
	entry = ipc_entry_with(
	    space, header->msgh_remote_port, MACH_PORT_TYPE_SEND);
	if (entry == NULL || reply->pset != NULL || reply->msgcount != 0)
		return;
	port = ipc_object_port(entry->object);
	receiver = receiver_for(port, header->msgh_size);
	if (receiver == NULL)
		return;
	space = port->receiver;
	entry = space->free;
	if (entry == NULL)
		return;

	/* Nothing fails from here on. */
	ipc_entry_take(space, entry);
	entry->object = &reply->object;
	entry->bits |= MACH_PORT_TYPE_SEND_ONCE;
	entry->urefs = 1;
	reply->sorights++;
	header->msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_PORT_SEND_ONCE, MACH_MSG_TYPE_PORT_SEND);
	header->msgh_remote_port = ipc_entry_name(entry);
	header->msgh_local_port = port->receiver_name;
	header->msgh_reserved = 0;
	kmsg->seqno = port->seqno++;
	switch_to(self, receiver, &reply->object, kmsg);
}

static inline void
reply(struct thread *self, struct ipc_kmsg *kmsg)
{
	mach_msg_header_t *header = &kmsg->header;
	struct ipc_space *space = self->task->space;
	struct ipc_entry *entry;
	struct ipc_object *object;
	struct ipc_port *port;
	struct thread *receiver;

	entry = ipc_entry_with(space, self->ipc.call.rcv_name,
	    MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_PORT_SET);
	if (entry == NULL || header->msgh_local_port != MACH_PORT_NULL)
		return;
	object = object_to_receive(entry);
	entry = ipc_entry_with(
	    space, header->msgh_remote_port, MACH_PORT_TYPE_SEND_ONCE);
	if (object == NULL || entry == NULL || entry->request != NULL)
		return;
	port = ipc_object_port(entry->object);
	receiver = receiver_for(port, header->msgh_size);
	if (receiver == NULL)
		return;

	/* Nothing fails from here on. */
	ipc_entry_free(space, entry);
	port->sorights--;
	header->msgh_bits = MACH_MSGH_BITS(0, MACH_MSG_TYPE_PORT_SEND_ONCE);
	header->msgh_remote_port = MACH_PORT_NULL;
	header->msgh_local_port = port->receiver_name;
	header->msgh_reserved = 0;
	kmsg->seqno = port->seqno++;
	switch_to(self, receiver, object, kmsg);
}

void
mach_msg_fastpath(struct thread *self)
{
	struct fast_message message;
	struct ipc_kmsg *kmsg = &message.kmsg;
	mach_msg_size_t size = self->ipc.call.send_size;

	if (size < sizeof(mach_msg_header_t) || size > FAST_SIZE ||
	    size % 4 != 0 || self->abort_pending ||
	    !copyin(self->ipc.call.buffer, &kmsg->header, size))
		return;
	kmsg->header.msgh_size = size;
	if (kmsg->header.msgh_bits == REQUEST_BITS)
		request(self, kmsg);
	else if (kmsg->header.msgh_bits == REPLY_BITS)
		reply(self, kmsg);
}
