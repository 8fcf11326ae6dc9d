/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notifications for which there is no room: the task may have no more in queues
 * than four small messages, and a notification is one from when it is asked
 * for. MACH_SEND_NOTIFY, MACH_RCV_NOTIFY and mach_port_request_notification
 * each say so, and nothing is lost. The limit stays, so this is a program of
 * its own.
 */
#include "body.h"
#include "waiter.h"

#define SIZE sizeof(mach_msg_header_t)
#define ROOM 4 /* small messages in a KiB */

static mach_port_t port;   /* that is received from */
static mach_port_t notify; /* that would be told */
static mach_port_t heap;   /* where messages wait */
static struct waiter waiter;

static mach_msg_return_t
sent_to(mach_port_t name)
{
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(COPY_SEND, 0),
	    .msgh_remote_port = name,
	};

	return space_send(&header, SIZE);
}

static void
fill(mach_port_t name, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		is_int(sent_to(name), MACH_MSG_SUCCESS, "a message waits");
}

static void
empty(mach_port_t name, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		is_int(space_receive(&message.header, sizeof(message), name),
		    MACH_MSG_SUCCESS, "it comes");
	is_int(space_receive(&message.header, sizeof(message), name),
	    MACH_RCV_TIMED_OUT, "no more");
}

/* Room for the message, none to tell that it was accepted. */
static void
test_send(void)
{
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(COPY_SEND, 0),
	    .msgh_remote_port = port,
	    .msgh_id = 5,
	};

	(void)mach_port_set_qlimit(self, port, ROOM - 1);
	fill(port, ROOM - 1);
	is_int(mach_msg(&header,
		   MACH_SEND_MSG | MACH_SEND_TIMEOUT | MACH_SEND_NOTIFY, SIZE,
		   0, MACH_PORT_NULL, 0, notify),
	    MACH_SEND_NO_NOTIFY, "beyond the limit, and not to be told of");
	is_int(header.msgh_bits, MACH_MSGH_BITS(MOVE_SEND, 0), "given back");
	is_int(header.msgh_remote_port, port, "as what it is");
	is_int(header.msgh_id, 5, "whole");
	is_int(space_refs(port, SEND), 2, "with its right");
	is_int(space_type(port) & MACH_PORT_TYPE_MAREQUEST, 0, "no request");
	is_int(space_status(notify).mps_sorights, 0, "no right to tell");
	(void)mach_port_deallocate(self, port);
	empty(notify, 0);
	empty(port, ROOM - 1);
	(void)mach_port_set_qlimit(self, port, MACH_PORT_QLIMIT_DEFAULT);
}

/* A call that its receiver waits for costs nothing, to watch its reply does. */
static void
test_receive(void)
{
	mach_port_t reply = space_port_with_send();
	mach_msg_return_t code;

	waiter = (struct waiter){.option = MACH_RCV_MSG | MACH_RCV_NOTIFY,
	    .rcv_size = sizeof(waiter.message),
	    .name = port,
	    .notify = notify};
	ok(waiter_start(&waiter), "a receiver waits");
	fill(heap, ROOM);
	is_int(sent_to(heap), MACH_SEND_NO_BUFFER, "that is all there may be");
	start(&message.header, 1);
	message.header.msgh_bits |= MACH_MSGH_BITS(0, MAKE_SEND_ONCE);
	message.header.msgh_remote_port = port;
	message.header.msgh_local_port = reply;
	message.header.msgh_id = 6;
	message.first.port = (mach_msg_port_descriptor_t){
	    .name = reply, .disposition = COPY_SEND};
	is_int(sent(sizeof(message.first.port)), MACH_MSG_SUCCESS, "a call");
	code = waiter_end(&waiter);
	is_int(code, MACH_RCV_HEADER_ERROR | MACH_MSG_IPC_KERNEL,
	    "its reply right cannot be watched");
	is_int(waiter.message.header.msgh_size, SIZE, "a header comes");
	is_int(waiter.message.header.msgh_bits, MACH_MSGH_BITS(0, MOVE_SEND),
	    "and no more");
	is_int(
	    waiter.message.header.msgh_remote_port, MACH_PORT_NULL, "no port");
	is_int(waiter.message.header.msgh_local_port, port, "where it came");
	is_int(waiter.message.header.msgh_id, 6, "its id");
	is_int(space_refs(reply, SEND), 1, "what it carried is gone");
	is_int(space_status(reply).mps_sorights, 1, "and the right to reply");
	is_int(space_receive(&message.header, sizeof(message), reply),
	    MACH_MSG_SUCCESS, "of which is told");
	is_int(message.header.msgh_id, 71, "as of any that ends unused");
	is_int(space_status(notify).mps_sorights, 0, "no right to tell");
	empty(heap, ROOM);
	(void)mach_port_destroy(self, reply);
}

static void
test_request(void)
{
	mach_port_t previous = NOBODY;

	fill(heap, ROOM);
	is_int(mach_port_request_notification(
		   self, port, 72, 0, notify, &previous),
	    KERN_RESOURCE_SHORTAGE, "no room for a request");
	is_int(space_type(port) & MACH_PORT_TYPE_DNREQUEST, 0, "none is there");
	empty(heap, ROOM);
	is_int(mach_port_request_notification(
		   self, port, 72, 0, notify, &previous),
	    KERN_SUCCESS, "with room it is asked for");
	is_int(previous, MACH_PORT_NULL, "the first");
	fill(heap, ROOM - 1);
	is_int(sent_to(heap), MACH_SEND_NO_BUFFER, "and has its place");
	empty(heap, ROOM - 1);
}

int
main(void)
{
	task_limits_t limits;
	int names;

	self = mach_task_self();
	port = space_port_with_send();
	notify = space_allocate(RECEIVE);
	heap = space_port_with_send();
	queue = port;
	is_int(task_get_limits(self, &limits), KERN_SUCCESS, "limits");
	limits.queued = 1;
	is_int(task_set_limits(self, limits, MACH_PORT_NULL), KERN_SUCCESS,
	    "a KiB of messages");
	/* A thread leaves a name or two that the next one has. */
	ok(waiter_receive(&waiter, port, MACH_RCV_TIMEOUT) ||
		waiter.code == MACH_RCV_TIMED_OUT,
	    "a thread");
	(void)waiter_end(&waiter);
	names = space_names();
	test_send();
	test_receive();
	test_request();
	is_int(space_names(), names, "no name is left");
	return test_done();
}
