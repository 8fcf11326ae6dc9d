/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Receive rights in messages to themselves, directly and over others, which
 * nobody could ever receive: the ports die, and with them all that waits in
 * them. Long chains of ports in ports, which are no circle, come out whole.
 */
#include <mach/notify.h>

#include "body.h"

#define CHAIN 300U

static const mach_msg_type_name_t receive_right = MACH_MSG_TYPE_MOVE_RECEIVE;

/* A port with a message to it and a send right here. */
static mach_port_t
make(void)
{
	return space_port_with_send();
}

static mach_msg_return_t
into(mach_port_t to, mach_port_t what)
{
	mach_port_t keep = queue;
	mach_msg_return_t code;

	queue = to;
	start(&message.header, 1);
	message.header.msgh_bits =
	    MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	message.first.port = (mach_msg_port_descriptor_t){
	    .name = what, .disposition = (uint8_t)receive_right};
	code = sent(sizeof(message.first.port));
	queue = keep;
	return code;
}

static void
test_itself(void)
{
	mach_port_t port = make();

	is_int(into(port, port), MACH_MSG_SUCCESS, "into itself");
	is_int(space_type(port), MACH_PORT_TYPE_DEAD_NAME, "it is dead");
	is_int(space_refs(port, DEAD), 1, "the send right that was");
	is_int(into(port, port), MACH_SEND_INVALID_DEST, "no more");
	(void)mach_port_deallocate(self, port);
}

/* Two in each other, `count` in a ring, the last of which closes it. */
static void
test_ring(unsigned count)
{
	mach_port_t ports[8];
	unsigned dead = 0;

	for (unsigned i = 0; i < count; i++)
		ports[i] = make();
	for (unsigned i = 0; i + 1 < count; i++)
		is_int(into(ports[i + 1], ports[i]), MACH_MSG_SUCCESS,
		    "into the next");
	for (unsigned i = 0; i < count; i++)
		dead += space_type(ports[i]) == MACH_PORT_TYPE_DEAD_NAME;
	is_int(dead, 0, "all are alive");
	is_int(into(ports[0], ports[count - 1]), MACH_MSG_SUCCESS,
	    "the last into the first");
	for (unsigned i = 0; i < count; i++) {
		dead += space_type(ports[i]) == MACH_PORT_TYPE_DEAD_NAME;
		(void)mach_port_deallocate(self, ports[i]);
	}
	is_int(dead, count, "all are dead");
}

/* In an array, with more that goes with it, before it or after. */
static void
test_array(bool before)
{
	mach_port_t port = make();
	mach_port_t more = make();
	mach_port_t told = space_allocate(RECEIVE);
	mach_port_t array[] = {
	    before ? more : port, MACH_PORT_NULL, before ? port : more};
	mach_port_t previous;

	(void)mach_port_request_notification(
	    self, more, MACH_NOTIFY_DEAD_NAME, 0, told, &previous);
	start(&message.header, 1);
	message.header.msgh_bits =
	    MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND, 0);
	message.header.msgh_remote_port = port;
	message.first.ool_ports = (mach_msg_ool_ports_descriptor_t){
	    .address = (uintptr_t)array,
	    .disposition = (uint8_t)receive_right,
	    .type = MACH_MSG_OOL_PORTS_DESCRIPTOR,
	    .count = 3,
	};
	is_int(sent(sizeof(message.first.ool_ports)), MACH_MSG_SUCCESS,
	    "into itself by an array");
	is_int(space_type(port), 0, "nothing of it is left");
	is_int(space_type(more), MACH_PORT_TYPE_DEAD_NAME, "the other is dead");
	is_int(space_receive(&message.header, sizeof(message), told),
	    MACH_MSG_SUCCESS, "which is told");
	is_int(message.header.msgh_id, MACH_NOTIFY_DEAD_NAME, "as it is");
	(void)mach_port_destroy(self, more);
	(void)mach_port_destroy(self, told);
}

/* One came out in between: no circle any more. */
static void
test_opened(void)
{
	mach_port_t first = make();
	mach_port_t second = make();

	is_int(into(second, first), MACH_MSG_SUCCESS, "the first in the other");
	is_int(space_receive(&message.header, sizeof(message), second),
	    MACH_MSG_SUCCESS, "comes out");
	is_int(message.first.port.name, first, "to its send right");
	is_int(into(first, second), MACH_MSG_SUCCESS, "the other way round");
	is_int(space_type(second), MACH_PORT_TYPE_SEND, "it is alive");
	is_int(space_receive(&message.header, sizeof(message), first),
	    MACH_MSG_SUCCESS, "and comes out");
	(void)mach_port_destroy(self, first);
	(void)mach_port_destroy(self, second);
}

/* A port in a port in a port..., taken out one by one or dropped at once. */
static void
test_chain(bool drop)
{
	mach_port_t ports[CHAIN];
	unsigned good = 0;

	for (unsigned i = 0; i < CHAIN; i++) {
		ports[i] = make();
		if (i != 0)
			good +=
			    into(ports[i], ports[i - 1]) == MACH_MSG_SUCCESS;
	}
	is_int(good, CHAIN - 1, "a chain");
	for (unsigned i = CHAIN - 1; i > 0 && !drop; i--)
		if (space_receive(&message.header, sizeof(message), ports[i]) ==
			MACH_MSG_SUCCESS &&
		    message.first.port.name == ports[i - 1])
			good--;
	is_int(good, drop ? CHAIN - 1 : 0, "taken out whole or not at all");
	(void)mach_port_mod_refs(self, ports[CHAIN - 1], RECEIVE, -1);
	good = 0;
	for (unsigned i = 0; i < CHAIN; i++) {
		good += space_type(ports[i]) == MACH_PORT_TYPE_DEAD_NAME;
		(void)mach_port_destroy(self, ports[i]);
	}
	is_int(good, drop ? CHAIN : 1, "who dies with the last");
}

int
main(void)
{
	int names;

	self = mach_task_self();
	queue = space_allocate(RECEIVE);
	names = space_names();
	test_itself();
	for (unsigned i = 2; i <= 8; i++)
		test_ring(i);
	test_array(true);
	test_array(false);
	test_opened();
	test_chain(false);
	test_chain(true);
	is_int(space_names(), names, "no name is left");
	(void)mach_port_destroy(self, queue);
	return test_done();
}
