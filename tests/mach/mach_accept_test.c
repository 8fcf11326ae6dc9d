/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_msg with a port to be told: MACH_SEND_NOTIFY to a full queue, what it
 * says when the message is taken, is destroyed, or its name has ended,
 * MACH_SEND_CANCEL, and MACH_RCV_NOTIFY, which watches the reply right.
 */
#include <mach/mach_port_user.h>
#include <mach/mig_errors.h>
#include <mach/notify.h>

#include <libmach/mach.h>
#include <libtest/test.h>

#define RECEIVE MACH_PORT_RIGHT_RECEIVE
#define DEAD    MACH_PORT_RIGHT_DEAD_NAME
#define NOBODY  ((mach_port_t)0xfffff700U)
#define LIMIT   2

struct told {
	mach_msg_header_t header;
	NDR_record_t ndr;
	mach_port_name_t name;
	mach_msg_max_trailer_t trailer;
};

static mach_port_t self;
static mach_port_t port;   /* with LIMIT messages at most */
static mach_port_t notify; /* what is told */

static mach_msg_return_t
send_to(mach_port_t to, int option, mach_port_t told)
{
	mach_msg_header_t message = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
	    .msgh_remote_port = to,
	    .msgh_id = 77};

	return mach_msg(&message, MACH_SEND_MSG | MACH_SEND_TIMEOUT | option,
	    sizeof(message), 0, MACH_PORT_NULL, 0, told);
}

static mach_msg_return_t
receive_from(mach_port_t from, struct told *message)
{
	*message = (struct told){0};
	return mach_msg(&message->header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(*message), from, 0, MACH_PORT_NULL);
}

static void
fill(void)
{
	int i;

	for (i = 0; i < LIMIT; i++)
		is_int(send_to(port, 0, MACH_PORT_NULL), MACH_MSG_SUCCESS,
		    "a message");
	is_int(send_to(port, 0, MACH_PORT_NULL), MACH_SEND_TIMED_OUT,
	    "the queue is full");
}

static mach_port_type_t
type_of(mach_port_t name)
{
	mach_port_type_t type = 0;

	is_int(mach_port_type(self, name, &type), KERN_SUCCESS, "its type");
	return type;
}

static void
test_accepted(void)
{
	struct told message;
	int i;

	is_int(send_to(port, MACH_SEND_NOTIFY, NOBODY),
	    MACH_SEND_INVALID_NOTIFY, "nobody to be told");
	is_int(send_to(port, MACH_SEND_NOTIFY, self), MACH_SEND_INVALID_NOTIFY,
	    "nor by a send right");
	is_int(send_to(port, MACH_SEND_NOTIFY, notify), MACH_SEND_WILL_NOTIFY,
	    "beyond the limit");
	ok((type_of(port) & MACH_PORT_TYPE_MAREQUEST) != 0, "the name says so");
	is_int(send_to(port, MACH_SEND_NOTIFY, notify),
	    MACH_SEND_NOTIFY_IN_PROGRESS, "one at a time");
	is_int(receive_from(notify, &message), MACH_RCV_TIMED_OUT,
	    "nothing is told yet");
	for (i = 0; i < LIMIT; i++)
		is_int(receive_from(port, &message), MACH_MSG_SUCCESS,
		    "those before it");
	is_int(receive_from(notify, &message), MACH_RCV_TIMED_OUT, "nor now");
	is_int(receive_from(port, &message), MACH_MSG_SUCCESS,
	    "the message itself");
	is_int(message.header.msgh_id, 77, "is it");
	is_int(
	    receive_from(notify, &message), MACH_MSG_SUCCESS, "now it is told");
	is_int(message.header.msgh_id, MACH_NOTIFY_MSG_ACCEPTED, "accepted");
	is_int(message.name, port, "by this name");
	ok((type_of(port) & MACH_PORT_TYPE_MAREQUEST) == 0, "and is over");
	is_int(send_to(port, MACH_SEND_NOTIFY, notify), MACH_MSG_SUCCESS,
	    "with room it is just sent");
	is_int(receive_from(port, &message), MACH_MSG_SUCCESS, "received");
	is_int(receive_from(notify, &message), MACH_RCV_TIMED_OUT,
	    "and nothing told");
}

static void
test_cancel(void)
{
	struct told message;
	int i;

	fill();
	is_int(send_to(port, MACH_SEND_NOTIFY, notify), MACH_SEND_WILL_NOTIFY,
	    "one more");
	is_int(send_to(port, MACH_SEND_NOTIFY | MACH_SEND_CANCEL, notify),
	    MACH_SEND_WILL_NOTIFY, "and one in its place");
	for (i = 0; i < LIMIT + 2; i++)
		is_int(receive_from(port, &message), MACH_MSG_SUCCESS,
		    "all of them");
	is_int(receive_from(notify, &message), MACH_MSG_SUCCESS, "told");
	is_int(message.name, MACH_PORT_NULL, "of the first, without a name");
	is_int(receive_from(notify, &message), MACH_MSG_SUCCESS, "told");
	is_int(message.name, port, "of the second");
}

/* The port dies with the messages, which are told of all the same. */
static void
test_death(void)
{
	mach_port_t previous = MACH_PORT_NULL;
	struct told message;
	mach_port_t dying;
	int heard = 0;
	int i;

	is_int(
	    mach_port_allocate(self, RECEIVE, &dying), KERN_SUCCESS, "a port");
	is_int(
	    mach_port_insert_right(self, dying, dying, MACH_MSG_TYPE_MAKE_SEND),
	    KERN_SUCCESS, "to send to");
	is_int(mach_port_set_qlimit(self, dying, 1), KERN_SUCCESS, "for one");
	for (i = 0; i < 2; i++)
		is_int(send_to(dying, MACH_SEND_NOTIFY, notify),
		    i == 0 ? MACH_MSG_SUCCESS : MACH_SEND_WILL_NOTIFY,
		    "a message");
	is_int(mach_port_request_notification(
		   self, dying, MACH_NOTIFY_DEAD_NAME, 0, notify, &previous),
	    KERN_SUCCESS, "its death is to be told, too");
	is_int(mach_port_mod_refs(self, dying, RECEIVE, -1), KERN_SUCCESS,
	    "the port dies");
	for (i = 0; i < 2; i++) {
		is_int(
		    receive_from(notify, &message), MACH_MSG_SUCCESS, "told");
		heard += message.header.msgh_id;
		is_int(message.name, dying, "by the name");
	}
	is_int(heard, MACH_NOTIFY_MSG_ACCEPTED + MACH_NOTIFY_DEAD_NAME,
	    "that it left the queue, and of the death");
	is_int(type_of(dying), MACH_PORT_TYPE_DEAD_NAME, "nothing is open");
	is_int(mach_port_mod_refs(self, dying, DEAD, -2), KERN_SUCCESS,
	    "the name, with the reference that was told");
}

/* A message with a reply right, received with MACH_RCV_NOTIFY. */
static void
test_reply(void)
{
	struct told message;
	mach_port_t reply;
	mach_msg_header_t request = {
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND)};

	is_int(mach_port_allocate(self, RECEIVE, &reply), KERN_SUCCESS,
	    "a reply port");
	request.msgh_remote_port = port;
	request.msgh_local_port = reply;
	is_int(mach_msg(&request, MACH_SEND_MSG, sizeof(request), 0,
		   MACH_PORT_NULL, 0, MACH_PORT_NULL),
	    MACH_MSG_SUCCESS, "a request");
	is_int(mach_msg(&message.header,
		   MACH_RCV_MSG | MACH_RCV_TIMEOUT | MACH_RCV_NOTIFY, 0,
		   sizeof(message), port, 0, NOBODY),
	    MACH_RCV_INVALID_NOTIFY, "nobody to be told");
	is_int(mach_msg(&message.header,
		   MACH_RCV_MSG | MACH_RCV_TIMEOUT | MACH_RCV_NOTIFY, 0,
		   sizeof(message), port, 0, notify),
	    MACH_MSG_SUCCESS, "received");
	is_int(message.header.msgh_remote_port, reply, "its reply right");
	ok((type_of(reply) & MACH_PORT_TYPE_DNREQUEST) != 0, "is watched");
	is_int(mach_port_mod_refs(self, reply, RECEIVE, -1), KERN_SUCCESS,
	    "who waits for the reply goes away");
	is_int(receive_from(notify, &message), MACH_MSG_SUCCESS, "told");
	is_int(message.header.msgh_id, MACH_NOTIFY_DEAD_NAME, "of the death");
	is_int(message.name, reply, "of this name");
	is_int(mach_port_destroy(self, reply), KERN_SUCCESS, "the name goes");
}

int
main(void)
{
	self = mach_task_self();
	is_int(
	    mach_port_allocate(self, RECEIVE, &port), KERN_SUCCESS, "a port");
	is_int(
	    mach_port_insert_right(self, port, port, MACH_MSG_TYPE_MAKE_SEND),
	    KERN_SUCCESS, "to send to");
	is_int(mach_port_set_qlimit(self, port, LIMIT), KERN_SUCCESS,
	    "for two messages");
	is_int(mach_port_allocate(self, RECEIVE, &notify), KERN_SUCCESS,
	    "to be told");
	fill();
	test_accepted();
	test_cancel();
	test_death();
	test_reply();
	is_int(mach_port_destroy(self, port), KERN_SUCCESS, "the port goes");
	is_int(mach_port_destroy(self, notify), KERN_SUCCESS, "the other");
	return test_done();
}
