/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The short way of an RPC. A request: COPY_SEND to a port somebody receives
 * from, with a send-once right to the caller's reply port, on which it then
 * waits. A reply: MOVE_SEND_ONCE to a port the caller of the RPC waits on,
 * after which the server waits again. Both: simple messages, nothing queued,
 * nothing blocks, no memory is allocated, the processor is handed over.
 *
 * Each function checks, and then, below its mark, does what cannot fail.
 * The first thing unusual ends in a return, and the general path does it all.
 * The message is put into the receiver's names here (thread->ipc.translated),
 * so no right has to be counted on the way.
 */
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

/* The live port of an entry with that right, held by a task; else NULL. */
static inline struct ipc_port *
port_with(const struct ipc_entry *entry, mach_port_type_t right)
{
	struct ipc_port *port;

	if (entry == NULL || !(entry->bits & right))
		return NULL;
	port = ipc_object_port(entry->object);
	if (port->receiver == NULL || port->receiver == &ipc_space_kernel)
		return NULL;
	return port;
}

/* What an entry receives from, if there is nothing to receive; else NULL. */
static inline struct ipc_object *
object_to_receive(const struct ipc_entry *entry)
{
	struct ipc_object *object;

	if (entry == NULL ||
	    !(entry->bits & (MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_PORT_SET)))
		return NULL;
	object = entry->object;
	if (object->type == IPC_OBJECT_PSET)
		return list_empty(&ipc_object_pset(object)->ready) ? object
								   : NULL;
	return ipc_object_port(object)->msgcount == 0 &&
		       ipc_object_port(object)->pset == NULL
		   ? object
		   : NULL;
}

/* A thread that waits for the port's messages and has room for this one. */
static inline struct thread *
receiver_for(const struct ipc_port *port, const struct ipc_kmsg *kmsg)
{
	struct thread *thread = ipc_mqueue_receiver(port);

	if (thread == NULL ||
	    kmsg->header.msgh_size + ipc_trailer_size(thread->ipc.option) >
		thread->ipc.rcv_size)
		return NULL;
	return thread;
}

/* Hand message and processor to `receiver`, and wait for an answer. */
static void
switch_to(struct thread *receiver, struct ipc_kmsg *kmsg,
    struct ipc_object *object, const struct mach_msg_call *call)
{
	struct ipc_thread *self = &current_thread()->ipc;

	receiver->ipc.kmsg = kmsg;
	receiver->ipc.state = MACH_MSG_SUCCESS;
	receiver->ipc.translated = true;
	self->buffer = call->buffer;
	self->option = call->option;
	self->rcv_size = call->rcv_size;
	ipc_mqueue_wait(object, WAIT_FOREVER);
	(void)thread_handoff(mach_msg_receive_continue, receiver);
}

static void
request(struct ipc_kmsg *kmsg, const struct mach_msg_call *call)
{
	mach_msg_header_t *header = &kmsg->header;
	struct ipc_space *space = current_task()->space;
	struct ipc_port *port;
	struct ipc_port *reply;
	struct ipc_entry *entry;
	struct thread *receiver;

	if (header->msgh_local_port != call->rcv_name)
		return;
	port = port_with(ipc_entry_lookup(space, header->msgh_remote_port),
	    MACH_PORT_TYPE_SEND);
	reply = port_with(
	    ipc_entry_lookup(space, call->rcv_name), MACH_PORT_TYPE_RECEIVE);
	if (port == NULL || reply == NULL || port == reply ||
	    reply->pset != NULL || reply->msgcount != 0)
		return;
	receiver = receiver_for(port, kmsg);
	entry = port->receiver->free;
	if (receiver == NULL || entry == NULL || !port->receiver->active)
		return;

	/* Nothing fails from here on. */
	ipc_entry_take(port->receiver, entry);
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
	switch_to(receiver, kmsg, &reply->object, call);
}

static void
reply(struct ipc_kmsg *kmsg, const struct mach_msg_call *call)
{
	mach_msg_header_t *header = &kmsg->header;
	struct ipc_space *space = current_task()->space;
	struct ipc_entry *entry;
	struct ipc_object *object;
	struct ipc_port *port;
	struct thread *receiver;

	object = object_to_receive(ipc_entry_lookup(space, call->rcv_name));
	if (header->msgh_local_port != MACH_PORT_NULL || object == NULL)
		return;
	entry = ipc_entry_lookup(space, header->msgh_remote_port);
	port = port_with(entry, MACH_PORT_TYPE_SEND_ONCE);
	if (port == NULL || &port->object == object || entry->request != NULL)
		return;
	receiver = receiver_for(port, kmsg);
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
	switch_to(receiver, kmsg, object, call);
}

void
mach_msg_fastpath(struct ipc_kmsg *kmsg, const struct mach_msg_call *call)
{
	if (kmsg->header.msgh_bits == REQUEST_BITS)
		request(kmsg, call);
	else if (kmsg->header.msgh_bits == REPLY_BITS)
		reply(kmsg, call);
}
