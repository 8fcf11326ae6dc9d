/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every disposition on everything a name may be, as a message's destination, as
 * its reply port and in its body: whether it is sent, what the sender has left
 * and what the receiver gets.
 */
#include "held.h"

static mach_port_t queue;

static void
test_body(enum held kind, mach_msg_type_name_t disposition)
{
	const struct row *row = find_row(kind, disposition);
	mach_port_t name = hold(kind);
	struct port_message message = {
	    .header = {.msgh_bits = MACH_MSGH_BITS_COMPLEX |
				    MACH_MSGH_BITS(MAKE_SEND, 0),
		.msgh_remote_port = queue},
	    .body = {1},
	    .port = {.name = name, .disposition = (uint8_t)disposition},
	};

	if (check_sent(kind, disposition, name,
		space_send(&message.header, PORT_MESSAGE_SIZE),
		row != NULL ? MACH_MSG_SUCCESS : MACH_SEND_INVALID_RIGHT)) {
		is_int(space_receive(&message.header, sizeof(message), queue),
		    MACH_MSG_SUCCESS, describe(kind, disposition, "received"));
		is_int(message.port.disposition, received_as(disposition),
		    describe(kind, disposition, "as what"));
		check_arrived(row, message.port.name);
		if (MACH_PORT_VALID(message.port.name))
			(void)mach_port_destroy(self, message.port.name);
	}
	let_go(name);
}

static void
test_reply(enum held kind, mach_msg_type_name_t disposition)
{
	const struct row *row = find_row(kind, disposition);
	mach_port_t name = hold(kind);
	struct port_message message = {
	    .header = {.msgh_bits = MACH_MSGH_BITS(MAKE_SEND, disposition),
		.msgh_remote_port = queue,
		.msgh_local_port = name},
	};
	mach_msg_return_t wanted = disposition == MOVE_RECEIVE
				       ? MACH_SEND_INVALID_HEADER
				   : row == NULL ? MACH_SEND_INVALID_REPLY
						 : MACH_MSG_SUCCESS;

	if (check_sent(kind, disposition, name,
		space_send(&message.header, sizeof(message.header)), wanted)) {
		is_int(space_receive(&message.header, sizeof(message), queue),
		    MACH_MSG_SUCCESS, describe(kind, disposition, "received"));
		is_int(message.header.msgh_bits,
		    MACH_MSGH_BITS(received_as(disposition), MOVE_SEND),
		    describe(kind, disposition, "as what"));
		is_int(message.header.msgh_local_port, queue, "where it came");
		check_arrived(row, message.header.msgh_remote_port);
		if (MACH_PORT_VALID(message.header.msgh_remote_port))
			(void)mach_port_destroy(
			    self, message.header.msgh_remote_port);
	}
	let_go(name);
}

/* The right the message was sent with: there until it is received. */
static void
test_arrival(const struct row *row, mach_port_t name)
{
	mach_msg_type_name_t as = received_as(row->disposition);
	struct port_message message = {0};
	mach_port_status_t now;
	mach_port_t port = name;

	if (!(held[row->held].type & T_RECEIVE))
		port = space_extract(other, ELSEWHERE, MOVE_RECEIVE);
	now = space_status(port);
	is_int(now.mps_msgcount, 1, "it is queued");
	is_int(now.mps_srights, as == MOVE_SEND || (row->left & T_SEND) != 0,
	    describe(row->held, row->disposition, "a send right"));
	is_int(now.mps_sorights, as == MOVE_SEND_ONCE,
	    describe(row->held, row->disposition, "a send-once right"));
	is_int(space_receive(&message.header, sizeof(message), port),
	    MACH_MSG_SUCCESS, "it is received");
	is_int(message.header.msgh_bits, MACH_MSGH_BITS(0, as), "as what");
	is_int(message.header.msgh_local_port, port, "where it came");
	is_int(message.header.msgh_remote_port, MACH_PORT_NULL, "no reply");
	now = space_status(port);
	is_int(now.mps_srights, (row->left & T_SEND) != 0,
	    describe(row->held, row->disposition, "used up"));
	is_int(now.mps_sorights, 0, "used up");
	(void)mach_port_destroy(self, port);
}

static void
test_destination(enum held kind, mach_msg_type_name_t disposition)
{
	const struct row *row = find_row(kind, disposition);
	mach_port_t name = hold(kind);
	struct port_message message = {
	    .header = {.msgh_bits = MACH_MSGH_BITS(disposition, 0),
		.msgh_remote_port = name},
	};
	mach_msg_return_t wanted =
	    disposition == MOVE_RECEIVE             ? MACH_SEND_INVALID_HEADER
	    : row == NULL || row->arrived == T_DEAD ? MACH_SEND_INVALID_DEST
						    : MACH_MSG_SUCCESS;

	if (check_sent(kind, disposition, name,
		space_send(&message.header, sizeof(message.header)), wanted))
		test_arrival(row, name);
	let_go(name);
}

int
main(void)
{
	int names;

	self = mach_task_self();
	is_int(task_create(self, FALSE, &other), KERN_SUCCESS, "a task");
	queue = space_allocate(RECEIVE);
	names = space_names();
	for (unsigned i = 0; i < H_COUNT; i++) {
		for (mach_msg_type_name_t j = MOVE_RECEIVE; j <= MAKE_SEND_ONCE;
		     j++) {
			test_body((enum held)i, j);
			test_reply((enum held)i, j);
			test_destination((enum held)i, j);
		}
		is_int(space_names(), names, "no name more");
	}
	is_int(space_status(queue).mps_srights, FALSE, "no right is left");
	(void)mach_port_destroy(self, queue);
	(void)task_terminate(other);
	return test_done();
}
