/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Send-possible notifications: asked for of a full queue, told when it has
 * room, when the port dies, when the name goes; at once where asked so.
 */
#include "note.h"

#define POSSIBLE MACH_NOTIFY_SEND_POSSIBLE

static mach_port_t port;

static kern_return_t
ask(mach_port_t name, mach_port_mscount_t sync)
{
	mach_port_t previous = MACH_PORT_NULL;
	kern_return_t kr = mach_port_request_notification(
	    self, name, POSSIBLE, sync, told, &previous);

	if (previous != MACH_PORT_NULL)
		(void)mach_port_deallocate(self, previous);
	return kr;
}

static mach_msg_return_t
send_one(void)
{
	mach_msg_header_t message = {
	    .msgh_bits = MACH_MSGH_BITS(COPY_SEND, 0),
	    .msgh_remote_port = port,
	};

	return space_send(&message, sizeof(message));
}

static void
receive_one(void)
{
	struct {
		mach_msg_header_t header;
		mach_msg_trailer_t trailer;
	} message;

	is_int(space_receive(&message.header, sizeof(message), port),
	    MACH_MSG_SUCCESS, "a message leaves the queue");
}

static void
make_full(void)
{
	port = space_port_with_send();
	while (send_one() == MACH_MSG_SUCCESS)
		;
	is_int(send_one(), MACH_SEND_TIMED_OUT, "the queue is full");
}

static void
test_room(void)
{
	make_full();
	is_int(ask(port, 1), KERN_SUCCESS, "asked");
	is_int(within(0), NOTHING, "not yet");
	receive_one();
	is_int(within(0), POSSIBLE, "there is room");
	is_int((int)note.word.value, (int)port, "of this port");
	receive_one();
	is_int(within(0), NOTHING, "told once");
	is_int(send_one(), MACH_MSG_SUCCESS, "and it is so");
	is_int(ask(port, 1), KERN_SUCCESS, "asked where there is room");
	is_int(within(0), POSSIBLE, "told at once");
	is_int(ask(port, 0), KERN_SUCCESS, "for the next time only");
	is_int(within(0), NOTHING, "not at once");
	(void)mach_port_destroy(self, port);
	is_int(within(0), DELETED, "the name goes before");
}

static void
test_limit(void)
{
	make_full();
	is_int(ask(port, 1), KERN_SUCCESS, "asked");
	is_int(mach_port_set_qlimit(self, port, 100), KERN_SUCCESS,
	    "a longer queue");
	is_int(within(0), POSSIBLE, "has room");
	(void)mach_port_destroy(self, port);
}

/* The port's death ends both kinds, each with a reference of the dead name. */
static void
test_death(void)
{
	mach_port_t previous = MACH_PORT_NULL;

	make_full();
	is_int(ask(port, 0), KERN_SUCCESS, "asked");
	is_int((int)(space_type(port) & MACH_PORT_TYPE_DNREQUEST), 0,
	    "that is no dead-name request");
	is_int(mach_port_request_notification(
		   self, port, DEAD_NAME, 0, told, &previous),
	    KERN_SUCCESS, "which is asked for too");
	ok(previous == MACH_PORT_NULL, "the two do not meet");
	(void)mach_port_mod_refs(self, port, RECEIVE, -1);
	is_int(within(0), DEAD_NAME, "it dies");
	is_int(within(0), DEAD_NAME, "for both");
	is_int((int)space_refs(port, DEAD), 5,
	    "a reference for each, and two of messages given back");
	is_int(ask(port, 0), KERN_INVALID_ARGUMENT, "a dead name has no room");
	is_int(within(0), ONCE, "the right is given up");
	is_int(ask(port, 1), KERN_SUCCESS, "unless asked at once");
	is_int(within(0), DEAD_NAME, "it is dead");
	(void)mach_port_mod_refs(self, port, DEAD, -6);
	is_int((int)space_type(port), 0, "and gone");
}

static void
test_taken_back(void)
{
	mach_port_t previous = MACH_PORT_NULL;

	make_full();
	is_int(ask(port, 1), KERN_SUCCESS, "asked");
	is_int(mach_port_request_notification(
		   self, port, POSSIBLE, 0, MACH_PORT_NULL, &previous),
	    KERN_SUCCESS, "taken back");
	is_int((int)space_type(previous), (int)MACH_PORT_TYPE_SEND_ONCE,
	    "with the right");
	(void)mach_port_deallocate(self, previous);
	is_int(within(0), ONCE, "which is the only one told");
	receive_one();
	is_int(within(0), NOTHING, "of room nobody is");
	(void)mach_port_destroy(self, port);
}

static void
test_errors(void)
{
	mach_port_t set = space_allocate(SET);
	mach_port_t plain = space_allocate(RECEIVE);

	is_int(ask(NOBODY, 0), KERN_INVALID_NAME, "no name");
	is_int(ask(set, 0), KERN_INVALID_RIGHT, "a port set");
	is_int(ask(plain, 0), KERN_INVALID_RIGHT, "no send right");
	(void)mach_port_destroy(self, set);
	(void)mach_port_destroy(self, plain);
	while (within(0) == ONCE)
		;
}

int
main(void)
{
	int names;

	self = mach_task_self();
	told = space_allocate(RECEIVE);
	names = space_names();
	test_room();
	test_limit();
	test_death();
	test_taken_back();
	test_errors();
	is_int(space_names(), names, "no name is left");
	return test_done();
}
