/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls and answers between threads that wait for them, which the kernel does
 * in a shorter way: what it does to rights must be the same as for messages in
 * queues, with every disposition on everything a name may be, in requests and
 * in replies.
 */
#include <mach/notify.h>

#include <libmach/thread.h>

#include "held.h"

#define SIZE  sizeof(mach_msg_header_t)
#define CALLS 500U

enum { CALL = 500, ANSWER, ANSWER_WITH_PORT, QUIT };

/*
 * One thread answers calls on a port. It and main() take turns, so neither has
 * to lock.
 */
static struct {
	mach_port_t port;
	struct mach_thread *thread;
	struct port_message got;        /* the last request */
	mach_msg_port_descriptor_t put; /* into replies */
	mach_msg_return_t sent;         /* what became of the last such */
} server;

static mach_port_t reply_port;
static struct port_message message;

static mach_msg_return_t
again(
    struct port_message *buffer, mach_msg_option_t option, mach_msg_size_t size)
{
	return mach_msg(&buffer->header, option, size, sizeof(*buffer),
	    server.port, 0, MACH_PORT_NULL);
}

static void
serve(void *argument)
{
	struct port_message buffer;
	mach_msg_option_t option;
	mach_msg_return_t code;
	mach_msg_size_t size;
	mach_msg_id_t id;

	(void)argument;
	code = again(&buffer, MACH_RCV_MSG, 0);
	while (code == MACH_MSG_SUCCESS) {
		server.got = buffer;
		id = buffer.header.msgh_id;
		size = SIZE;
		buffer.header.msgh_bits = MACH_MSGH_BITS(MOVE_SEND_ONCE, 0);
		buffer.header.msgh_local_port = MACH_PORT_NULL;
		buffer.header.msgh_id = ANSWER;
		if (id == ANSWER_WITH_PORT) {
			buffer.header.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
			buffer.body.msgh_descriptor_count = 1;
			buffer.port = server.put;
			size = PORT_MESSAGE_SIZE;
		}
		option = MACH_SEND_MSG | (id == QUIT ? 0 : MACH_RCV_MSG);
		code = again(&buffer, option, size);
		server.sent = code;
		if (id == QUIT)
			return;
		if (code != MACH_MSG_SUCCESS)
			code = again(&buffer, MACH_RCV_MSG, 0);
	}
}

static mach_msg_return_t
call(mach_msg_id_t id, mach_msg_bits_t complex, mach_msg_size_t size)
{
	message.header = (mach_msg_header_t){
	    .msgh_bits = complex | MACH_MSGH_BITS(COPY_SEND, MAKE_SEND_ONCE),
	    .msgh_remote_port = server.port,
	    .msgh_local_port = reply_port,
	    .msgh_id = id,
	};
	server.sent = MACH_MSG_SUCCESS;
	return mach_msg(&message.header, MACH_SEND_MSG | MACH_RCV_MSG, size,
	    sizeof(message), reply_port, 0, MACH_PORT_NULL);
}

/* Sender and receiver are one task: names that stay are shared. */
static void
check_both(const struct row *row, mach_port_t name,
    const mach_msg_port_descriptor_t *arrived)
{
	is_int(arrived->disposition, received_as(row->disposition),
	    describe(row->held, row->disposition, "as what"));
	check_arrived(row, arrived->name);
	if (arrived->name != name)
		check_name(name, row->left, row->left_refs,
		    describe(row->held, row->disposition, "left"));
	if (MACH_PORT_VALID(arrived->name))
		(void)mach_port_destroy(self, arrived->name);
}

static void
test_request(enum held kind, mach_msg_type_name_t disposition)
{
	const struct row *row = find_row(kind, disposition);
	mach_port_t name = hold(kind);

	message.body.msgh_descriptor_count = 1;
	message.port = (mach_msg_port_descriptor_t){
	    .name = name, .disposition = (uint8_t)disposition};
	is_int(call(CALL, MACH_MSGH_BITS_COMPLEX, PORT_MESSAGE_SIZE),
	    row != NULL ? MACH_MSG_SUCCESS : MACH_SEND_INVALID_RIGHT,
	    describe(kind, disposition, "called with"));
	if (row != NULL) {
		is_int(message.header.msgh_id, ANSWER, "an answer");
		check_both(row, name, &server.got.port);
	} else {
		check_name(name, held[kind].type, held[kind].refs, "left");
		(void)space_receive(
		    &message.header, sizeof(message), reply_port);
		is_int(message.header.msgh_id, MACH_NOTIFY_SEND_ONCE,
		    "the right to reply is gone");
	}
	let_go(name);
}

static void
test_reply(enum held kind, mach_msg_type_name_t disposition)
{
	const struct row *row = find_row(kind, disposition);
	mach_port_t name = hold(kind);

	server.put = (mach_msg_port_descriptor_t){
	    .name = name, .disposition = (uint8_t)disposition};
	is_int(call(ANSWER_WITH_PORT, 0, SIZE), MACH_MSG_SUCCESS,
	    describe(kind, disposition, "answered with"));
	if (row != NULL) {
		is_int(message.header.msgh_id, ANSWER, "an answer");
		check_both(row, name, &message.port);
	} else {
		/* The right to reply went with the message. */
		is_int(message.header.msgh_id, MACH_NOTIFY_SEND_ONCE, "none");
		check_name(name, held[kind].type, held[kind].refs, "left");
	}
	let_go(name);
}

/* Null and dead ports go as they are. */
static void
test_none(mach_msg_type_name_t disposition)
{
	static const mach_port_t none[] = {MACH_PORT_NULL, MACH_PORT_DEAD};

	for (unsigned i = 0; i < 2; i++) {
		server.put = (mach_msg_port_descriptor_t){
		    .name = none[i], .disposition = (uint8_t)disposition};
		message.body.msgh_descriptor_count = 1;
		message.port = server.put;
		is_int(call(ANSWER_WITH_PORT, MACH_MSGH_BITS_COMPLEX,
			   PORT_MESSAGE_SIZE),
		    MACH_MSG_SUCCESS, "called and answered with none");
		is_int(server.got.port.name, none[i], "it came");
		is_int(message.port.name, none[i], "and went");
		is_int(message.port.disposition, received_as(disposition),
		    "as what");
	}
}

/* Many calls, after which everything is as before but the numbers. */
static void
test_calls(void)
{
	mach_port_seqno_t there = space_status(server.port).mps_seqno;
	mach_port_seqno_t here = space_status(reply_port).mps_seqno;
	unsigned good = 0;

	for (unsigned i = 0; i < CALLS; i++)
		if (call(CALL, 0, SIZE) == MACH_MSG_SUCCESS &&
		    message.header.msgh_bits ==
			MACH_MSGH_BITS(0, MOVE_SEND_ONCE) &&
		    message.header.msgh_local_port == reply_port &&
		    message.header.msgh_remote_port == MACH_PORT_NULL &&
		    server.got.header.msgh_bits ==
			MACH_MSGH_BITS(MOVE_SEND_ONCE, MOVE_SEND) &&
		    server.got.header.msgh_local_port == server.port)
			good++;
	is_int(good, CALLS, "calls");
	is_int(space_refs(server.port, SEND), 1, "the right is still there");
	is_int(space_status(server.port).mps_seqno, there + CALLS, "counted");
	is_int(space_status(reply_port).mps_seqno, here + CALLS, "counted");
	is_int(space_status(reply_port).mps_sorights, 0, "no right is left");
}

int
main(void)
{
	int names;

	self = mach_task_self();
	is_int(task_create(self, FALSE, &other), KERN_SUCCESS, "a task");
	server.port = space_port_with_send();
	reply_port = space_allocate(RECEIVE);
	is_int(
	    mach_thread_create(&server.thread, serve, NULL, MACH_THREAD_STACK),
	    KERN_SUCCESS, "a server");
	(void)clock_sleep(20000000); /* it waits by now */
	names = space_names();
	test_calls();
	for (unsigned i = 0; i < H_COUNT; i++)
		for (mach_msg_type_name_t j = MOVE_RECEIVE; j <= MAKE_SEND_ONCE;
		     j++) {
			test_request((enum held)i, j);
			test_reply((enum held)i, j);
		}
	for (mach_msg_type_name_t j = MOVE_RECEIVE; j <= MAKE_SEND_ONCE; j++)
		test_none(j);
	is_int(space_names(), names, "no name is left");
	is_int(call(QUIT, 0, SIZE), MACH_MSG_SUCCESS, "the last");
	mach_thread_join(server.thread);
	(void)task_terminate(other);
	return test_done();
}
