/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waits of mach_msg and what ends them: time-outs, thread_abort, the death and
 * the moves of ports, messages without room. A message that was not sent is the
 * sender's again (a pseudo-receive) and can be sent as it is.
 */
#include "body.h"
#include "waiter.h"

#define SIZE        sizeof(mach_msg_header_t)
#define MILLISECOND 1000000UL

static struct waiter waiter;

static mach_msg_return_t
sent_simple(mach_port_t name)
{
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
	    .msgh_remote_port = name,
	    .msgh_id = 42,
	};

	return space_send(&header, SIZE);
}

static void
fill(mach_port_t name)
{
	(void)mach_port_set_qlimit(self, name, 1);
	is_int(sent_simple(name), MACH_MSG_SUCCESS, "the queue is full");
}

static void
test_timeouts(void)
{
	uint64_t start_time = clock_get_ns(0);

	is_int(mach_msg(&message.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
		   sizeof(message), queue, 30, MACH_PORT_NULL),
	    MACH_RCV_TIMED_OUT, "nothing in 30 ms");
	ok(clock_get_ns(0) - start_time >= 30 * MILLISECOND, "it waited");
	fill(queue);
	message.header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
	    .msgh_remote_port = queue,
	};
	start_time = clock_get_ns(0);
	is_int(mach_msg(&message.header, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
		   SIZE, 0, MACH_PORT_NULL, 30, MACH_PORT_NULL),
	    MACH_SEND_TIMED_OUT, "no room in 30 ms");
	ok(clock_get_ns(0) - start_time >= 30 * MILLISECOND, "it waited");
	is_int(message.header.msgh_bits,
	    MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND, 0), "its right is one now");
	is_int(space_refs(queue, SEND), 1, "and here");
	is_int(received(), MACH_MSG_SUCCESS, "the other one");
	is_int(received(), MACH_RCV_TIMED_OUT, "no more");
	(void)mach_port_deallocate(self, queue);
}

static void
test_abort_receive(bool safely)
{
	kern_return_t (*end)(thread_t) =
	    safely ? thread_abort_safely : thread_abort;
	mach_port_t thread;

	ok(waiter_receive(&waiter, queue, MACH_RCV_INTERRUPT), "it waits");
	is_int(end(mach_thread_port(waiter.thread)), KERN_SUCCESS, "abort");
	is_int(waiter_end(&waiter), MACH_RCV_INTERRUPTED, "interrupted");
	ok(waiter_receive(&waiter, queue, 0), "it waits");
	thread = mach_thread_port(waiter.thread);
	is_int(end(thread), KERN_SUCCESS, "abort");
	ok(waiter_waits(&waiter), "it waits again, not asked to tell");
	is_int(sent_simple(queue), MACH_MSG_SUCCESS, "what it waits for");
	is_int(waiter_end(&waiter), MACH_MSG_SUCCESS, "comes");
	is_int(waiter.message.header.msgh_id, 42, "whole");
	waiter = (struct waiter){.raw = true,
	    .option = MACH_RCV_MSG,
	    .rcv_size = sizeof(waiter.message),
	    .name = queue};
	ok(waiter_start(&waiter), "it waits in the trap");
	is_int(end(mach_thread_port(waiter.thread)), KERN_SUCCESS, "abort");
	is_int(waiter_end(&waiter), MACH_RCV_INTERRUPTED,
	    "the trap itself always tells");
}

static void
test_abort_send(void)
{
	fill(queue);
	ok(waiter_send(&waiter, queue, MACH_SEND_INTERRUPT), "a sender waits");
	(void)thread_abort(mach_thread_port(waiter.thread));
	is_int(waiter_end(&waiter), MACH_SEND_INTERRUPTED, "interrupted");
	is_int(waiter.message.header.msgh_remote_port, queue, "to where");
	is_int(waiter.message.header.msgh_id, 77, "its id");
	is_int(space_refs(queue, SEND), 1, "its right is back");
	is_int(received(), MACH_MSG_SUCCESS, "room");
	is_int(space_send(&waiter.message.header, SIZE), MACH_MSG_SUCCESS,
	    "the same buffer is sent");
	is_int(space_refs(queue, SEND), 0, "and its right");
	is_int(received(), MACH_MSG_SUCCESS, "it comes");
	is_int(message.header.msgh_id, 77, "it is the one");
	fill(queue);
	ok(waiter_send(&waiter, queue, 0), "one who does not want to know");
	(void)thread_abort(mach_thread_port(waiter.thread));
	ok(waiter_waits(&waiter), "waits again");
	is_int(received(), MACH_MSG_SUCCESS, "until there is room");
	is_int(waiter_end(&waiter), MACH_MSG_SUCCESS, "sent");
	is_int(received(), MACH_MSG_SUCCESS, "it comes");
	is_int(message.header.msgh_id, 77, "it is the one");
	is_int(received(), MACH_RCV_TIMED_OUT, "once");
	is_int(space_status(queue).mps_srights, FALSE, "no right is left");
	(void)mach_port_set_qlimit(self, queue, MACH_PORT_QLIMIT_DEFAULT);
}

/* A call is sent once, whatever happens to the wait for its answer. */
static void
test_abort_call(mach_msg_option_t option)
{
	mach_port_t reply = space_allocate(RECEIVE);

	waiter =
	    (struct waiter){.option = MACH_SEND_MSG | MACH_RCV_MSG | option,
		.send_size = SIZE,
		.rcv_size = sizeof(waiter.message),
		.name = reply};
	waiter.message.header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_MAKE_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_remote_port = queue,
	    .msgh_local_port = reply,
	};
	ok(waiter_start(&waiter), "a call");
	(void)thread_abort(mach_thread_port(waiter.thread));
	if (option == 0)
		ok(waiter_waits(&waiter), "waits again");
	else
		is_int(waiter_end(&waiter), MACH_RCV_INTERRUPTED,
		    "is interrupted");
	is_int(received(), MACH_MSG_SUCCESS, "the request");
	message.header.msgh_bits =
	    MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0);
	message.header.msgh_local_port = MACH_PORT_NULL;
	message.header.msgh_id = 99;
	is_int(space_send(&message.header, SIZE), MACH_MSG_SUCCESS, "reply");
	if (option == 0) {
		is_int(waiter_end(&waiter), MACH_MSG_SUCCESS, "comes");
		is_int(waiter.message.header.msgh_id, 99, "whole");
	}
	is_int(received(), MACH_RCV_TIMED_OUT, "one request");
	(void)mach_port_destroy(self, reply);
}

/* What happens to what a thread waits for. */
static void
test_changes(void)
{
	mach_port_t port = space_allocate(RECEIVE);
	mach_port_t set = space_allocate(SET);

	ok(waiter_receive(&waiter, set, 0), "it waits for a set");
	(void)mach_port_destroy(self, set);
	is_int(waiter_end(&waiter), MACH_RCV_PORT_DIED, "which dies");
	set = space_allocate(SET);
	ok(waiter_receive(&waiter, port, 0), "it waits for a port");
	is_int(mach_port_move_member(self, port, set), KERN_SUCCESS, "a set's");
	is_int(waiter_end(&waiter), MACH_RCV_PORT_CHANGED, "now");
	(void)mach_port_destroy(self, set);
	ok(waiter_receive(&waiter, port, 0), "it waits for a port");
	is_int(sent_port(port, MACH_MSG_TYPE_MOVE_RECEIVE), MACH_MSG_SUCCESS,
	    "that goes elsewhere");
	is_int(waiter_end(&waiter), MACH_RCV_PORT_CHANGED, "it is told");
	is_int(received(), MACH_MSG_SUCCESS, "it comes back");
	port = message.first.port.name;
	ok(waiter_receive(&waiter, port, 0), "it waits again");
	(void)mach_port_destroy(self, port);
	is_int(waiter_end(&waiter), MACH_RCV_PORT_DIED, "the port dies");
	port = space_allocate(RECEIVE);
	fill(port);
	ok(waiter_send(&waiter, port, 0), "a sender waits");
	(void)mach_port_destroy(self, port);
	is_int(waiter_end(&waiter), MACH_MSG_SUCCESS,
	    "who sends to what died has sent");
}

static void
test_no_room(void)
{
	waiter = (struct waiter){
	    .option = MACH_RCV_MSG | MACH_RCV_LARGE, .rcv_size = 20};
	waiter.name = queue;
	ok(waiter_start(&waiter), "a receiver of little room");
	is_int(sent_simple(queue), MACH_MSG_SUCCESS, "a message for more");
	is_int(waiter_end(&waiter), MACH_RCV_TOO_LARGE, "too large");
	is_int(waiter.message.header.msgh_size, SIZE, "its size");
	is_int(received(), MACH_MSG_SUCCESS, "it is still there");
	waiter.option = MACH_RCV_MSG;
	ok(waiter_start(&waiter), "once more, without MACH_RCV_LARGE");
	is_int(sent_simple(queue), MACH_MSG_SUCCESS, "a message for more");
	is_int(waiter_end(&waiter), MACH_RCV_TOO_LARGE, "too large");
	is_int(received(), MACH_RCV_TIMED_OUT, "and lost");
}

int
main(void)
{
	int names;

	self = mach_task_self();
	queue = space_allocate(RECEIVE);
	ok(waiter_receive(&waiter, queue, MACH_RCV_TIMEOUT) ||
		waiter.code == MACH_RCV_TIMED_OUT,
	    "a thread");
	(void)waiter_end(&waiter);
	names = space_names();
	test_timeouts();
	test_abort_receive(false);
	test_abort_receive(true);
	test_abort_send();
	test_abort_call(0);
	test_abort_call(MACH_RCV_INTERRUPT);
	test_changes();
	test_no_room();
	is_int(space_names(), names, "no name is left");
	is_int(space_status(queue).mps_srights, FALSE, "no right is left");
	(void)mach_port_destroy(self, queue);
	return test_done();
}
