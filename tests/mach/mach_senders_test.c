/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notifications of receive rights: no-senders with its make-send counts, also
 * when senders are other tasks or messages, and port-destroyed; send-once
 * rights that end unused; all of them when a task ends.
 */
#include "note.h"

static mach_port_t port;

static void
ask(int id, mach_port_mscount_t sync)
{
	mach_port_t previous = NOBODY;

	is_int(mach_port_request_notification(
		   self, port, id, sync, told, &previous),
	    KERN_SUCCESS, "a request");
	is_int(previous, MACH_PORT_NULL, "the only one");
}

static void
make_send(void)
{
	(void)mach_port_insert_right(self, port, port, MACH_MSG_TYPE_MAKE_SEND);
}

static void
is_count(mach_port_mscount_t count, const char *what)
{
	is_int(within(0), SENDERS, what);
	is_int(note.header.msgh_size, 36, "its size");
	is_int(note.word.value, count, "its make-send count");
}

static void
test_senders(void)
{
	ask(SENDERS, 0);
	is_count(0, "there are none");
	ask(SENDERS, 1);
	is_int(within(0), NOTHING, "not until one was made");
	is_int(space_status(port).mps_nsrequest, TRUE, "it is known");
	make_send();
	make_send();
	is_int(space_status(port).mps_mscount, 2, "two were made");
	(void)mach_port_deallocate(self, port);
	is_int(within(0), NOTHING, "one is left");
	(void)mach_port_deallocate(self, port);
	is_count(2, "none is");
	is_int(space_status(port).mps_nsrequest, FALSE, "once");
	make_send();
	(void)mach_port_deallocate(self, port);
	is_int(within(0), NOTHING, "nobody asked");
	ask(SENDERS, 3);
	is_count(3, "none of the three is left");
	ask(SENDERS, 4);
	is_int(within(0), NOTHING, "a fourth is expected");
	(void)mach_port_set_mscount(self, port, 9);
	is_int(within(0), NOTHING, "a count that is set is none made");
	make_send();
	(void)mach_port_deallocate(self, port);
	is_count(10, "the next one goes");
	(void)mach_port_set_mscount(self, port, 0);
}

/* A message in a queue is a sender. */
static void
test_in_message(void)
{
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_MAKE_SEND, MACH_MSG_TYPE_MAKE_SEND),
	    .msgh_remote_port = port,
	    .msgh_local_port = port,
	};

	ask(SENDERS, 1);
	is_int(space_send(&header, sizeof(header)), MACH_MSG_SUCCESS, "sent");
	is_int(within(0), NOTHING, "two rights are in the queue");
	is_int(space_receive(&note.header, sizeof(note), port),
	    MACH_MSG_SUCCESS, "received");
	is_int(within(0), NOTHING, "one is the receiver's");
	(void)mach_port_deallocate(self, port);
	is_count(2, "and gone");
	(void)mach_port_set_mscount(self, port, 0);
}

/* The receive right moves: the request ends, the count starts again. */
static void
test_moved(mach_port_t other)
{
	make_send();
	ask(SENDERS, 0);
	is_int(mach_port_insert_right(
		   other, ELSEWHERE, port, MACH_MSG_TYPE_MOVE_RECEIVE),
	    KERN_SUCCESS, "the receive right goes");
	is_int(within(0), ONCE, "and the request with it");
	is_int(space_extract(other, ELSEWHERE, MACH_MSG_TYPE_MOVE_RECEIVE),
	    port, "it comes back");
	is_int(space_status(port).mps_nsrequest, FALSE, "without a request");
	is_int(space_status(port).mps_mscount, 0, "with none made");
	(void)mach_port_deallocate(self, port);
	is_int(within(0), NOTHING, "nobody asked");
}

static void
test_destroyed(void)
{
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
	    .msgh_id = 55,
	};
	mach_port_t name;

	make_send();
	header.msgh_remote_port = port;
	(void)mach_port_set_seqno(self, port, 7);
	(void)mach_port_set_qlimit(self, port, 3);
	is_int(space_send(&header, sizeof(header)), MACH_MSG_SUCCESS, "sent");
	ask(DESTROYED, 0);
	is_int(space_status(port).mps_pdrequest, TRUE, "it is known");
	is_int(mach_port_mod_refs(self, port, RECEIVE, -1), KERN_SUCCESS,
	    "destroyed");
	is_int(space_type(port), MACH_PORT_TYPE_SEND, "the port is alive");
	(void)mach_port_destroy(self, port);
	is_int(within(0), DESTROYED, "the notification");
	is_int(note.header.msgh_size, 40, "its size");
	is_int(note.port.base.body.msgh_descriptor_count, 1, "one descriptor");
	is_int(note.port.right.disposition, MACH_MSG_TYPE_PORT_RECEIVE,
	    "a receive right");
	name = note.port.right.name;
	is_int(space_type(name), MACH_PORT_TYPE_RECEIVE, "of a new name");
	is_int(space_status(name).mps_pdrequest, FALSE, "with no request");
	is_int(space_status(name).mps_mscount, 0, "none made");
	is_int(space_status(name).mps_seqno, 0, "none received");
	is_int(space_status(name).mps_qlimit, 3, "the limit it had");
	is_int(space_receive(&note.header, sizeof(note), name),
	    MACH_MSG_SUCCESS, "and its message");
	is_int(note.header.msgh_id, 55, "the one");
	port = name;
}

/* Send-once rights that end otherwise than by a message. */
static void
test_send_once(void)
{
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_MAKE_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_remote_port = port,
	    .msgh_local_port = told,
	};
	mach_port_t once =
	    space_extract(self, told, MACH_MSG_TYPE_MAKE_SEND_ONCE);

	is_int(mach_port_deallocate(self, once), KERN_SUCCESS, "given up");
	is_int(within(0), ONCE, "it is told");
	is_int(note.header.msgh_size, 24, "its size");
	is_int(note.header.msgh_bits,
	    MACH_MSGH_BITS(0, MACH_MSG_TYPE_MOVE_SEND_ONCE), "its rights");
	is_int(note.header.msgh_local_port, told, "where it came");
	is_int(space_send(&header, sizeof(header)), MACH_MSG_SUCCESS,
	    "to reply to");
	is_int(within(0), NOTHING, "it is on its way");
	(void)mach_port_destroy(self, port);
	is_int(within(0), ONCE, "nobody will reply");
	is_int(within(0), NOTHING, "told once");
	is_int(space_status(told).mps_sorights, 0, "no right is left");
}

/* What a task leaves behind. */
static void
test_task(mach_port_t other)
{
	mach_port_t name;

	port = space_allocate(RECEIVE);
	ask(SENDERS, 1);
	(void)mach_port_insert_right(
	    other, 0x2201, port, MACH_MSG_TYPE_MAKE_SEND);
	(void)mach_port_insert_right(
	    other, 0x2301, told, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	name = port;
	port = space_allocate(RECEIVE);
	ask(DESTROYED, 0);
	(void)mach_port_insert_right(
	    other, 0x2401, port, MACH_MSG_TYPE_MOVE_RECEIVE);
	is_int(within(0), NOTHING, "the task has them");
	is_int(task_terminate(other), KERN_SUCCESS, "it ends");
	is_int(within(1000), SENDERS, "its send right is gone");
	is_int(note.word.value, 1, "the one that was made");
	is_int(within(1000), ONCE, "its send-once right");
	is_int(within(1000), DESTROYED, "its receive right");
	(void)mach_port_destroy(self, note.port.right.name);
	(void)mach_port_destroy(self, name);
}

int
main(void)
{
	mach_port_t other;
	int names;

	self = mach_task_self();
	told = space_allocate(RECEIVE);
	names = space_names();
	is_int(task_create(self, FALSE, &other), KERN_SUCCESS, "a task");
	port = space_allocate(RECEIVE);
	test_senders();
	test_in_message();
	test_moved(other);
	test_destroyed();
	test_send_once();
	test_task(other);
	(void)mach_port_deallocate(self, other);
	is_int(space_names(), names, "no name is left");
	is_int(space_status(told).mps_sorights, 0, "no right is left");
	(void)mach_port_destroy(self, told);
	return test_done();
}
