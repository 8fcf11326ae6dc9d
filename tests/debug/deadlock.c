/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two tasks, each of which sends the other a request and waits for the reply,
 * for ever: what `waits` of the kernel's debugger is for.
 */
#include <mach/mach_port_user.h>

#include <libmach/mach.h>
#include <stdio.h>
#include <unistd.h>

struct call {
	mach_msg_header_t header;
	char trailer[128];
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
	struct call call = {
	    .header.msgh_bits =
		MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, reply_right),
	    .header.msgh_size = sizeof(call.header),
	    .header.msgh_remote_port = to,
	    .header.msgh_local_port = reply,
	    .header.msgh_id = 100,
	};

	return mach_msg(&call.header, MACH_SEND_MSG | MACH_RCV_MSG,
	    sizeof(call.header), sizeof(call), reply, 0, MACH_PORT_NULL);
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
	struct call hello = {.header.msgh_size = 0};

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
