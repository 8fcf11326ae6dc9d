/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Receiving when the task may have no more names: rights that need one are
 * given up and null, the codes say so, and nothing else is lost. The limit
 * stays, so this is a program of its own.
 */
#include <mach/notify.h>

#include "body.h"

#define SPACE MACH_MSG_IPC_SPACE
#define LIMIT 254U /* names; they come 127 at a time */

static mach_port_t other; /* a task */
static mach_port_t told;  /* whose rights are sent */
static mach_port_t names[LIMIT];
static unsigned taken;

static void
fill(void)
{
	while (taken < LIMIT &&
	       mach_port_allocate(self, DEAD, &names[taken]) == KERN_SUCCESS)
		taken++;
}

/* A send right that only the message has. */
static mach_port_t
send_right(void)
{
	mach_port_t port = space_port_with_send();

	(void)mach_port_destroy(other, ELSEWHERE);
	(void)mach_port_insert_right(
	    other, ELSEWHERE, port, MACH_MSG_TYPE_MOVE_RECEIVE);
	return port;
}

static bool
has_senders(void)
{
	mach_port_status_t status = {0};

	(void)mach_port_get_receive_status(other, ELSEWHERE, &status);
	return status.mps_srights;
}

static void
test_routines(void)
{
	mach_port_t name = NOBODY;
	mach_msg_type_name_t type;

	is_int(mach_port_allocate(self, DEAD, &name), KERN_NO_SPACE,
	    "no name to be had");
	is_int(mach_port_allocate_name(self, RECEIVE, 0x100501), KERN_NO_SPACE,
	    "nor by choice");
	is_int(mach_port_extract_right(
		   self, told, MACH_MSG_TYPE_MAKE_SEND_ONCE, &name, &type),
	    MACH_RCV_BODY_ERROR | SPACE, "nor for a right");
	is_int(received(), MACH_RCV_TIMED_OUT, "nothing here");
	is_int(space_receive(&message.header, sizeof(message), told),
	    MACH_MSG_SUCCESS, "the right");
	is_int(message.header.msgh_id, MACH_NOTIFY_SEND_ONCE, "is given up");
	is_int(
	    mach_port_insert_right(self, told, told, MACH_MSG_TYPE_MAKE_SEND),
	    KERN_SUCCESS, "what has a name needs none");
}

/* The body: one right is new, the other has its name. */
static void
test_body(void)
{
	mach_msg_port_descriptor_t *ports = &message.first.port;
	mach_port_t port = send_right();

	start(&message.header, 2);
	ports[0] = (mach_msg_port_descriptor_t){
	    .name = port, .disposition = MACH_MSG_TYPE_MOVE_SEND};
	ports[1] = (mach_msg_port_descriptor_t){
	    .name = told, .disposition = MACH_MSG_TYPE_COPY_SEND};
	is_int(sent(2 * sizeof(*ports)), MACH_MSG_SUCCESS, "two rights");
	fill();
	is_int(has_senders(), TRUE, "one of them new");
	is_int(received(), MACH_RCV_BODY_ERROR | SPACE, "no name for it");
	is_int(ports[0].name, MACH_PORT_NULL, "it is null");
	is_int(ports[1].name, told, "the other is there");
	is_int(space_refs(told, SEND), 2, "and counted");
	is_int(has_senders(), FALSE, "the one is given up");
	(void)mach_port_deallocate(self, told);
}

static void
test_array(void)
{
	mach_port_t array[4] = {told, MACH_PORT_NULL, told, MACH_PORT_DEAD};
	mach_port_t *got;

	(void)mach_port_deallocate(self, names[--taken]);
	array[1] = send_right();
	(void)mach_port_mod_refs(self, told, SEND, 2);
	is_int(
	    sent_array((vm_address_t)array, 4, FALSE, MACH_MSG_TYPE_MOVE_SEND),
	    MACH_MSG_SUCCESS, "an array");
	fill();
	is_int(received(), MACH_RCV_BODY_ERROR | SPACE, "no name for one");
	got = (mach_port_t *)message.first.ool_ports.address;
	is_int(message.first.ool_ports.count, 4, "they are four");
	is_int(got[0], told, "the first");
	is_int(got[1], MACH_PORT_NULL, "the one is null");
	is_int(got[2], told, "the third");
	is_int(got[3], MACH_PORT_DEAD, "the last");
	is_int(has_senders(), FALSE, "the one is given up");
	is_int(space_refs(told, SEND), 3, "the others are here");
	(void)vm_deallocate(self, (vm_address_t)got, 4 * sizeof(*got));
}

/* No name for the reply port: only a header comes. */
static void
test_header(void)
{
	start(&message.header, 1);
	message.header.msgh_bits |=
	    MACH_MSGH_BITS(0, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	message.header.msgh_local_port = told;
	message.header.msgh_id = 4711;
	message.first.port = (mach_msg_port_descriptor_t){
	    .name = told, .disposition = MACH_MSG_TYPE_MOVE_SEND};
	is_int(sent(sizeof(message.first.port)), MACH_MSG_SUCCESS, "a call");
	is_int(space_refs(told, SEND), 2, "with a right");
	is_int(received(), MACH_RCV_HEADER_ERROR | SPACE, "no name to reply");
	is_int(message.header.msgh_size, sizeof(message.header), "a header");
	is_int(message.header.msgh_bits,
	    MACH_MSGH_BITS(0, MACH_MSG_TYPE_PORT_SEND), "and no more");
	is_int(message.header.msgh_remote_port, MACH_PORT_NULL, "no port");
	is_int(message.header.msgh_local_port, queue, "where it came");
	is_int(message.header.msgh_id, 4711, "its id");
	is_int(space_refs(told, SEND), 2, "what it carried is gone");
	is_int(space_status(told).mps_sorights, 1, "and the right to reply");
	is_int(space_receive(&message.header, sizeof(message), told),
	    MACH_MSG_SUCCESS, "of which is told");
	is_int(message.header.msgh_id, MACH_NOTIFY_SEND_ONCE, "as it is");
}

/* A message not sent comes back but for what has no name now. */
static void
test_unsent(void)
{
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_MAKE_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_remote_port = queue,
	    .msgh_local_port = told,
	};

	(void)mach_port_set_qlimit(self, queue, 1);
	start(&message.header, 0);
	is_int(sent(0), MACH_MSG_SUCCESS, "the queue is full");
	is_int(space_send(&header, sizeof(header)), MACH_SEND_TIMED_OUT | SPACE,
	    "not sent, and no name");
	is_int(header.msgh_local_port, MACH_PORT_NULL, "for the reply right");
	is_int(space_receive(&message.header, sizeof(message), told),
	    MACH_MSG_SUCCESS, "of which is told");
	is_int(message.header.msgh_id, MACH_NOTIFY_SEND_ONCE, "as it is");
	is_int(header.msgh_remote_port, queue, "the other is back");
	is_int(space_refs(queue, SEND), 1, "under its name");
}

int
main(void)
{
	task_limits_t limits;

	self = mach_task_self();
	is_int(task_create(self, FALSE, &other), KERN_SUCCESS, "a task");
	queue = space_allocate(RECEIVE);
	told = space_port_with_send();
	(void)send_right();
	is_int(task_get_limits(self, &limits), KERN_SUCCESS, "limits");
	limits.names = LIMIT;
	is_int(task_set_limits(self, limits, MACH_PORT_NULL), KERN_SUCCESS,
	    "few names");
	test_body();
	test_array();
	test_routines();
	(void)mach_port_deallocate(self, told);
	test_header();
	test_unsent();
	(void)task_terminate(other);
	return test_done();
}
