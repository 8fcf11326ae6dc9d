/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Descriptors in a message's body: ports, null and dead ones, many of them,
 * what is no descriptor, and what becomes of rights and memory when the message
 * is not sent or never received.
 */
#include "body.h"

#define MANY_PORTS 200U

/* Its descriptors are all ports. */
struct ports_message {
	mach_msg_header_t header;
	mach_msg_body_t body;
	mach_msg_port_descriptor_t ports[MANY_PORTS];
};

static struct ports_message many;

static void
test_ports(void)
{
	for (unsigned i = MACH_MSG_TYPE_MOVE_RECEIVE;
	     i <= MACH_MSG_TYPE_MAKE_SEND_ONCE; i++) {
		is_int(sent_port(MACH_PORT_NULL, i), MACH_MSG_SUCCESS,
		    "a null port");
		is_int(received(), MACH_MSG_SUCCESS, "received");
		is_int(message.first.port.name, MACH_PORT_NULL, "is null");
		is_int(sent_port(MACH_PORT_DEAD, i), MACH_MSG_SUCCESS,
		    "a dead port");
		is_int(received(), MACH_MSG_SUCCESS, "received");
		is_int(message.first.port.name, MACH_PORT_DEAD, "is dead");
	}
	is_int(sent_port(queue, 15), MACH_SEND_INVALID_TYPE, "no disposition");
	is_int(sent_port(queue, 22), MACH_SEND_INVALID_TYPE, "nor this");
	is_int(sent_port(MACH_PORT_NULL, 0), MACH_SEND_INVALID_TYPE,
	    "nor this, though null");
}

/* Many descriptors; then one of them bad. */
static void
test_many(void)
{
	mach_port_t name = space_port_with_send();
	mach_msg_port_descriptor_t port = {
	    .name = name, .disposition = MACH_MSG_TYPE_MOVE_SEND};
	int names = space_names();

	(void)mach_port_mod_refs(self, name, SEND, 2 * MANY_PORTS);
	for (unsigned i = 0; i < MANY_PORTS; i++)
		many.ports[i] = port;
	start(&many.header, MANY_PORTS);
	is_int(space_send(&many.header, sizeof(many)), MACH_MSG_SUCCESS,
	    "many ports");
	is_int(space_refs(name, SEND), MANY_PORTS + 1, "are moved");
	is_int(space_receive(&many.header, sizeof(many), queue),
	    MACH_MSG_SUCCESS, "received");
	is_int(space_refs(name, SEND), 2 * MANY_PORTS + 1, "are back");
	start(&many.header, MANY_PORTS);
	many.ports[MANY_PORTS / 2].name = NOBODY;
	is_int(space_send(&many.header, sizeof(many)), MACH_SEND_INVALID_RIGHT,
	    "many with a bad one");
	is_int(space_refs(name, SEND), 2 * MANY_PORTS + 1 - MANY_PORTS / 2,
	    "those before it are gone");
	start(&many.header, MANY_PORTS);
	many.ports[MANY_PORTS / 2].name = name;
	many.ports[MANY_PORTS - 1].type = 3;
	is_int(space_send(&many.header, sizeof(many)), MACH_SEND_INVALID_TYPE,
	    "many, the last no descriptor");
	is_int(space_refs(name, SEND), 2 * MANY_PORTS + 1 - MANY_PORTS / 2,
	    "nothing is taken");
	is_int(space_names(), names, "no name went or came");
	(void)mach_port_destroy(self, name);
}

static void
test_bad_body(void)
{
	mach_port_t name = space_port_with_send();

	start(&message.header, 1);
	is_int(space_send(&message.header, sizeof(mach_msg_header_t)),
	    MACH_SEND_MSG_TOO_SMALL, "complex, without a body");
	is_int(sent(0), MACH_SEND_MSG_TOO_SMALL, "one descriptor, none there");
	message.first.type.type = MACH_MSG_OOL_DESCRIPTOR;
	is_int(sent(sizeof(mach_msg_port_descriptor_t)),
	    MACH_SEND_MSG_TOO_SMALL, "memory in the room of a port");
	memset(&message, 0, sizeof(message));
	start(&message.header, ~0U);
	is_int(sent(200), MACH_SEND_MSG_TOO_SMALL, "more than any number");
	for (unsigned type = 3; type < 256; type += 63) {
		start(&message.header, 1);
		message.first.type.type = (uint8_t)type;
		is_int(sent(16), MACH_SEND_INVALID_TYPE, "no such type");
	}
	start(&message.header, 0);
	is_int(sent(16), MACH_MSG_SUCCESS, "complex, with no descriptor");
	is_int(received(), MACH_MSG_SUCCESS, "received");
	is_int(message.header.msgh_bits >> 31, 1, "complex");
	/* The header's right is gone all the same. */
	start(&message.header, 1);
	message.first.type.type = 3;
	message.header.msgh_bits =
	    MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND, 0);
	message.header.msgh_remote_port = name;
	is_int(sent(16), MACH_SEND_INVALID_TYPE, "no such type");
	is_int(space_type(name), MACH_PORT_TYPE_RECEIVE, "the send right went");
	(void)mach_port_destroy(self, name);
}

/* A message nobody receives takes what it carries along. */
static void
test_destroyed(void)
{
	vm_size_t before = space_memory();
	int names = space_names();
	mach_port_t keep = queue;
	mach_port_t name = space_port_with_send();
	vm_address_t region = get_memory(4 * PAGE);

	queue = space_allocate(RECEIVE);
	for (unsigned i = 0; i < 4; i++)
		((mach_port_t *)region)[i] = name;
	is_int(sent_array(region, 4, TRUE, MACH_MSG_TYPE_COPY_SEND),
	    MACH_MSG_SUCCESS, "an array");
	is_int(sent_memory(region + PAGE, 3 * PAGE, TRUE, 1), MACH_MSG_SUCCESS,
	    "memory");
	is_int(sent_port(name, MACH_MSG_TYPE_MOVE_SEND), MACH_MSG_SUCCESS,
	    "a send right");
	is_int(space_status(name).mps_srights, TRUE, "they are on their way");
	is_int(mach_port_destroy(self, queue), KERN_SUCCESS, "none arrives");
	is_int(space_status(name).mps_srights, FALSE, "no send right is left");
	(void)mach_port_destroy(self, name);
	is_int(space_memory(), before, "no memory is left");
	is_int(space_names(), names, "no name is left");
	queue = keep;
}

int
main(void)
{
	int names;

	self = mach_task_self();
	queue = space_allocate(RECEIVE);
	ok(queue != MACH_PORT_NULL, "a port");
	names = space_names();
	test_ports();
	test_many();
	test_bad_body();
	test_destroyed();
	is_int(space_names(), names, "no name is left");
	is_int(space_status(queue).mps_srights, FALSE, "no right is left");
	(void)mach_port_destroy(self, queue);
	return test_done();
}
