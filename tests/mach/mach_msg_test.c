/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_msg of messages without descriptors: a message sent and received, its
 * sequence number and reply right, and what fails at either end.
 */
#include <mach/mach_port_user.h>

#include <libmach/mach.h>
#include <libtest/test.h>

#define NOBODY ((mach_port_t)0xfffff700U)
#define SIZE   sizeof(mach_msg_header_t)

struct buffer {
	mach_msg_header_t header;
	char room[256];
};

static mach_port_t self;
static mach_port_t port;
static mach_port_t set;

/* At once or not at all, so that no failure hangs the test. */
static mach_msg_return_t
sent(mach_port_t to, unsigned disposition, unsigned size)
{
	struct buffer message = {0};

	message.header.msgh_bits = MACH_MSGH_BITS(disposition, 0);
	message.header.msgh_remote_port = to;
	message.header.msgh_id = 1234;
	return mach_msg(&message.header, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    size, 0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
}

static mach_msg_return_t
received(struct buffer *message, mach_port_t from, unsigned size, int option)
{
	return mach_msg(&message->header,
	    MACH_RCV_MSG | MACH_RCV_TIMEOUT | option, 0, size, from, 0,
	    MACH_PORT_NULL);
}

static void
test_errors(void)
{
	struct buffer message = {0};

	is_int(sent(port, MACH_MSG_TYPE_MAKE_SEND, SIZE - 4),
	    MACH_SEND_MSG_TOO_SMALL, "less than a header");
	is_int(sent(NOBODY, MACH_MSG_TYPE_COPY_SEND, SIZE),
	    MACH_SEND_INVALID_DEST, "to no name");
	is_int(sent(MACH_PORT_NULL, MACH_MSG_TYPE_COPY_SEND, SIZE),
	    MACH_SEND_INVALID_DEST, "to the null port");
	is_int(sent(port, MACH_MSG_TYPE_COPY_SEND, SIZE),
	    MACH_SEND_INVALID_DEST, "without a send right");
	is_int(sent(port, 1, SIZE), MACH_SEND_INVALID_HEADER,
	    "with what is no disposition");
	is_int(received(&message, NOBODY, sizeof(message), 0),
	    MACH_RCV_INVALID_NAME, "from no name");
	is_int(received(&message, port, sizeof(message), 0), MACH_RCV_TIMED_OUT,
	    "from an empty queue");
}

static void
test_queue(void)
{
	struct buffer message = {0};

	for (unsigned i = 0; i < MACH_PORT_QLIMIT_DEFAULT; i++)
		is_int(sent(port, MACH_MSG_TYPE_MAKE_SEND, SIZE),
		    MACH_MSG_SUCCESS, "a message into the queue");
	is_int(sent(port, MACH_MSG_TYPE_MAKE_SEND, SIZE), MACH_SEND_TIMED_OUT,
	    "none into a full one");
	is_int(received(&message, port, sizeof(message), 0), MACH_MSG_SUCCESS,
	    "the first");
	is_int(message.header.msgh_id, 1234, "its id");
	is_int(message.header.msgh_size, SIZE, "its size");
	is_int(message.header.msgh_local_port, port, "where it came");
	is_int(received(&message, port, 8, MACH_RCV_LARGE), MACH_RCV_TOO_LARGE,
	    "too large a message stays with MACH_RCV_LARGE");
	is_int(received(&message, port, 8, 0), MACH_RCV_TOO_LARGE,
	    "and is lost without");
	for (unsigned i = 2; i < MACH_PORT_QLIMIT_DEFAULT; i++)
		is_int(received(&message, port, sizeof(message), 0),
		    MACH_MSG_SUCCESS, "the others");
	is_int(received(&message, port, sizeof(message), 0), MACH_RCV_TIMED_OUT,
	    "no more");
}

static void
test_set(void)
{
	struct buffer message = {0};

	is_int(mach_port_move_member(self, port, set), KERN_SUCCESS, "a set");
	is_int(received(&message, port, sizeof(message), 0), MACH_RCV_IN_SET,
	    "not from a member");
	is_int(sent(port, MACH_MSG_TYPE_MAKE_SEND, SIZE), MACH_MSG_SUCCESS,
	    "to a member");
	is_int(received(&message, set, sizeof(message), 0), MACH_MSG_SUCCESS,
	    "comes from the set");
	is_int(message.header.msgh_local_port, port, "with the member's name");
}

int
main(void)
{
	self = mach_task_self();
	(void)mach_port_allocate(self, MACH_PORT_RIGHT_RECEIVE, &port);
	(void)mach_port_allocate(self, MACH_PORT_RIGHT_PORT_SET, &set);
	test_errors();
	test_queue();
	test_set();
	(void)mach_port_destroy(self, set);
	(void)mach_port_destroy(self, port);
	return test_done();
}
