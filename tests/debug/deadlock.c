/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two tasks, each of which sends the other a request and waits for the reply,
 * for ever: what `waits` of the kernel's debugger is for.
 */
#include <mach/mach_port_user.h>

#include <libmach/mach.h>
#include <stdio.h>
#include <unistd.h>

/* One of each that a message may carry. */
struct call {
	mach_msg_header_t header;
	mach_msg_body_t body;
	mach_msg_port_descriptor_t port;
	mach_msg_ool_descriptor_t memory;
	mach_msg_ool_ports_descriptor_t ports;
};

struct received {
	mach_msg_header_t header;
	char room[256];
};

static mach_port_t
new_port(void)
{
	mach_port_t name = MACH_PORT_NULL;

	(void)mach_port_allocate(
	    mach_task_self(), MACH_PORT_RIGHT_RECEIVE, &name);
	return name;
}

/* A request to `to`, a reply to `reply`. */
static mach_msg_return_t
call(mach_port_t to, mach_port_t reply, mach_msg_type_name_t reply_right)
{
	static char text[100];
	const mach_port_t array[] = {to, MACH_PORT_NULL};
	union {
		struct call call;
		struct received received;
	} message = {
	    .call = {
		.header.msgh_bits =
		    MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, reply_right) |
		    MACH_MSGH_BITS_COMPLEX,
		.header.msgh_size = sizeof(message.call),
		.header.msgh_remote_port = to,
		.header.msgh_local_port = reply,
		.header.msgh_id = 100,
		.body.msgh_descriptor_count = 3,
		.port = {.name = reply,
		    .disposition = MACH_MSG_TYPE_MAKE_SEND,
		    .type = MACH_MSG_PORT_DESCRIPTOR},
		.memory = {.address = (vm_address_t)text,
		    .size = sizeof(text),
		    .type = MACH_MSG_OOL_DESCRIPTOR},
		.ports = {.address = (vm_address_t)array,
		    .count = 2,
		    .disposition = MACH_MSG_TYPE_COPY_SEND,
		    .type = MACH_MSG_OOL_PORTS_DESCRIPTOR},
	    }};

	return mach_msg(&message.call.header, MACH_SEND_MSG | MACH_RCV_MSG,
	    sizeof(message.call), sizeof(message), reply, 0, MACH_PORT_NULL);
}

/* The child gets the parent's port by fork, and sends it one of its own. */
static mach_msg_return_t
child(mach_port_t parent)
{
	mach_port_t mine = new_port();
	mach_msg_header_t hello = {
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND),
	    .msgh_size = sizeof(hello),
	    .msgh_remote_port = parent,
	    .msgh_local_port = mine,
	};

	(void)mach_msg(&hello, MACH_SEND_MSG, sizeof(hello), 0, MACH_PORT_NULL,
	    0, MACH_PORT_NULL);
	return call(parent, new_port(), MACH_MSG_TYPE_MAKE_SEND_ONCE);
}

int
main(void)
{
	mach_port_t port = new_port();
	struct received hello = {.header.msgh_size = 0};

	if (mach_port_insert_right(mach_task_self(), port, port,
		MACH_MSG_TYPE_MAKE_SEND) != KERN_SUCCESS)
		return 1;
	switch (fork()) {
	case -1:
		perror("fork");
		return 1;
	case 0:
		return child(port) != MACH_MSG_SUCCESS;
	default:
		break;
	}
	if (mach_msg(&hello.header, MACH_RCV_MSG, 0, sizeof(hello), port, 0,
		MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		return 1;
	printf("deadlock: begins\n");
	fflush(stdout);
	return call(hello.header.msgh_remote_port, new_port(),
		   MACH_MSG_TYPE_MAKE_SEND_ONCE) != MACH_MSG_SUCCESS;
}
