/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is done to a name of each right: mach_port_mod_refs, _rename, _destroy,
 * _set_qlimit, _set_mscount and _set_seqno, with each error.
 */
#include <mach/notify.h>

#include "waiter.h"

/* The next name nobody had: what was freed is given to others. */
#define INTO_FIRST MACH_PORT_MAKE(0x41U, 7U)
#define INTO_NEXT  MACH_PORT_MAKE(1U, 0U)

static const mach_port_right_t rights[] = {RECEIVE, SEND, SEND_ONCE, SET, DEAD};
#define RIGHTS (sizeof(rights) / sizeof(rights[0]))

static mach_port_t into = INTO_FIRST;
static mach_port_t other;
static mach_port_t port; /* what the send and send-once rights are to */

static mach_port_t
hold(mach_port_right_t right)
{
	if (right == SEND)
		return space_extract(other, ELSEWHERE, MACH_MSG_TYPE_MAKE_SEND);
	if (right == SEND_ONCE)
		return space_extract(self, port, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	return space_allocate(right);
}

static int
received(mach_port_t name)
{
	static struct {
		mach_msg_header_t header;
		char room[128];
	} message;
	mach_msg_return_t code =
	    space_receive(&message.header, sizeof(message), name);

	return code == MACH_MSG_SUCCESS ? message.header.msgh_id : code;
}

/* One more, one less, none, all; of the right it is and of others. */
static void
test_mod_refs(mach_port_right_t right)
{
	bool counts = right == SEND || right == DEAD;
	mach_port_t name = hold(right);

	is_int(space_type(name), MACH_PORT_TYPE(right), "a right");
	for (unsigned i = 0; i < RIGHTS; i++)
		if (rights[i] != right)
			is_int(mach_port_mod_refs(self, name, rights[i], -1),
			    KERN_INVALID_RIGHT, "not the one it is");
	is_int(mach_port_mod_refs(self, name, 5, -1), KERN_INVALID_VALUE,
	    "none there is");
	is_int(mach_port_mod_refs(self, name, right, 0), KERN_SUCCESS, "as is");
	is_int(mach_port_mod_refs(self, name, right, -2), KERN_INVALID_VALUE,
	    "fewer than none");
	is_int(mach_port_mod_refs(self, name, right, 1),
	    counts ? KERN_SUCCESS : KERN_INVALID_VALUE, "one more");
	is_int(space_refs(name, right), counts ? 2 : 1, "its references");
	if (counts) {
		is_int(mach_port_mod_refs(
			   self, name, right, (int)MACH_PORT_UREFS_MAX - 1),
		    KERN_UREFS_OVERFLOW, "more than there may be");
		is_int(mach_port_mod_refs(
			   self, name, right, (int)MACH_PORT_UREFS_MAX - 2),
		    KERN_SUCCESS, "as many");
		is_int(space_refs(name, right), MACH_PORT_UREFS_MAX, "all");
		is_int(mach_port_mod_refs(
			   self, name, right, 1 - (int)MACH_PORT_UREFS_MAX),
		    KERN_SUCCESS, "but one");
	}
	is_int(mach_port_mod_refs(self, name, right, -1), KERN_SUCCESS,
	    "the last");
	is_int(space_type(name), 0, "the name is gone");
	if (right == SEND_ONCE)
		is_int(received(port), MACH_NOTIFY_SEND_ONCE, "its port knows");
	is_int(mach_port_mod_refs(self, name, right, -1), KERN_INVALID_NAME,
	    "it is no name");
}

/* All of it goes with the name. */
static void
test_destroy(mach_port_right_t right)
{
	mach_port_t name = hold(right);

	if (right == SEND || right == DEAD)
		(void)mach_port_mod_refs(self, name, right, 5);
	is_int(mach_port_destroy(self, name), KERN_SUCCESS, "destroyed");
	is_int(space_type(name), 0, "the name is gone");
	if (right == SEND_ONCE)
		is_int(received(port), MACH_NOTIFY_SEND_ONCE, "its port knows");
	is_int(
	    mach_port_destroy(self, name), KERN_INVALID_NAME, "it is no name");
}

static void
test_rename(mach_port_right_t right)
{
	mach_port_t name = hold(right);

	is_int(mach_port_rename(self, name, MACH_PORT_NULL), KERN_INVALID_VALUE,
	    "null is no name");
	is_int(mach_port_rename(self, name, MACH_PORT_DEAD), KERN_INVALID_VALUE,
	    "nor is dead");
	is_int(mach_port_rename(self, name, port), KERN_NAME_EXISTS, "taken");
	is_int(mach_port_rename(self, name, name), KERN_NAME_EXISTS, "its own");
	is_int(mach_port_rename(self, NOBODY, into), KERN_INVALID_NAME,
	    "of nobody");
	is_int(mach_port_rename(self, name, into), KERN_SUCCESS, "a new one");
	is_int(space_type(name), 0, "not the old one");
	is_int(space_type(into), MACH_PORT_TYPE(right), "has the right");
	is_int(space_refs(into, right), 1, "and its reference");
	if (right == SEND) {
		is_int(hold(SEND), into, "others come to this name");
		is_int(space_refs(into, SEND), 2, "and are counted");
	}
	is_int(mach_port_destroy(self, into), KERN_SUCCESS, "destroyed");
	into += INTO_NEXT;
	if (right == SEND_ONCE)
		is_int(received(port), MACH_NOTIFY_SEND_ONCE, "its port knows");
}

/* What a port and its set know their names for. */
static void
test_rename_members(void)
{
	mach_port_t name = space_port_with_send();
	mach_port_t set = space_allocate(SET);
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
	    .msgh_remote_port = into,
	    .msgh_id = 33,
	};

	(void)mach_port_move_member(self, name, set);
	is_int(mach_port_rename(self, name, into), KERN_SUCCESS, "a member");
	is_int(mach_port_rename(self, set, name), KERN_SUCCESS, "and its set");
	is_int(space_status(into).mps_pset, name, "it knows");
	is_int(space_send(&header, sizeof(header)), MACH_MSG_SUCCESS, "sent");
	is_int(space_receive(&header, sizeof(header), name), MACH_MSG_SUCCESS,
	    "received");
	is_int(header.msgh_local_port, into, "with the new name");
	is_int(space_extract(self, into, MACH_MSG_TYPE_MAKE_SEND), into,
	    "rights come to it");
	(void)mach_port_destroy(self, name);
	is_int(space_status(into).mps_pset, MACH_PORT_NULL, "a set no more");
	(void)mach_port_destroy(self, into);
}

/* Attributes are a receive right's. */
static void
test_set(mach_port_right_t right)
{
	kern_return_t code =
	    right == RECEIVE ? KERN_SUCCESS : KERN_INVALID_RIGHT;
	mach_port_t name = hold(right);

	is_int(mach_port_set_qlimit(self, name, 2), code, "a limit");
	is_int(mach_port_set_mscount(self, name, ~0U), code, "a count");
	is_int(mach_port_set_seqno(self, name, ~0U), code, "a number");
	if (right == RECEIVE) {
		mach_port_status_t now = space_status(name);

		is_int(now.mps_qlimit, 2, "is it");
		is_int(now.mps_mscount, ~0U, "is it");
		is_int(now.mps_seqno, ~0U, "is it");
		(void)space_extract(self, name, MACH_MSG_TYPE_MAKE_SEND);
		is_int(space_status(name).mps_mscount, 0, "it goes round");
	}
	(void)mach_port_destroy(self, name);
	if (right == SEND_ONCE)
		(void)received(port);
}

/* Of no task and of no name. */
static void
test_nothing(void)
{
	mach_port_t host = mach_host_self();

	is_int(mach_port_set_qlimit(self, NOBODY, 1), KERN_INVALID_NAME,
	    "set_qlimit of no name");
	is_int(mach_port_set_mscount(self, NOBODY, 1), KERN_INVALID_NAME,
	    "set_mscount of no name");
	is_int(mach_port_set_seqno(self, NOBODY, 1), KERN_INVALID_NAME,
	    "set_seqno of no name");
	is_int(mach_port_set_qlimit(host, port, 1), KERN_INVALID_TASK,
	    "set_qlimit of no task");
	is_int(mach_port_set_mscount(host, port, 1), KERN_INVALID_TASK,
	    "set_mscount of no task");
	is_int(mach_port_set_seqno(host, port, 1), KERN_INVALID_TASK,
	    "set_seqno of no task");
	is_int(mach_port_mod_refs(host, port, RECEIVE, -1), KERN_INVALID_TASK,
	    "mod_refs of no task");
	is_int(mach_port_rename(host, port, into), KERN_INVALID_TASK,
	    "rename of no task");
	is_int(mach_port_destroy(host, port), KERN_INVALID_TASK,
	    "destroy of no task");
	is_int(mach_port_deallocate(host, port), KERN_INVALID_TASK,
	    "deallocate of no task");
	(void)mach_port_deallocate(self, host);
}

/* A greater limit lets who waits in. */
static void
test_limit(void)
{
	struct waiter waiter;

	(void)mach_port_set_qlimit(self, port, 1);
	(void)mach_port_deallocate(self, hold(SEND_ONCE));
	ok(waiter_send(&waiter, port, 0), "a sender waits");
	is_int(mach_port_set_qlimit(self, port, 2), KERN_SUCCESS, "more room");
	is_int(waiter_end(&waiter), MACH_MSG_SUCCESS, "it waits no more");
	is_int(space_status(port).mps_msgcount, 2, "two messages");
	is_int(mach_port_set_qlimit(self, port, 1), KERN_SUCCESS, "less room");
	is_int(received(port), MACH_NOTIFY_SEND_ONCE, "the first");
	is_int(received(port), 77, "the second, for all that");
}

/* Given up unless something has come. */
static void
test_abandon(void)
{
	mach_port_t reply = space_allocate(RECEIVE);

	(void)mach_port_deallocate(
	    self, space_extract(self, reply, MACH_MSG_TYPE_MAKE_SEND_ONCE));
	is_int(syscall_mach_port_abandon(self, reply), KERN_FAILURE,
	    "a port is not abandoned while a message waits");
	is_int(received(reply), MACH_NOTIFY_SEND_ONCE, "which is received");
	is_int(syscall_mach_port_abandon(self, reply), KERN_SUCCESS,
	    "it is when none waits");
	is_int((int)space_type(reply), 0, "the name is free");
	is_int(syscall_mach_port_abandon(self, reply), KERN_INVALID_RIGHT,
	    "abandon of no name");
	reply = hold(SEND);
	is_int(syscall_mach_port_abandon(self, reply), KERN_INVALID_RIGHT,
	    "abandon of a send right");
	(void)mach_port_deallocate(self, reply);
	reply = mach_host_self();
	is_int(syscall_mach_port_abandon(reply, port), KERN_INVALID_RIGHT,
	    "abandon of no task");
	(void)mach_port_deallocate(self, reply);
}

int
main(void)
{
	int names;

	self = mach_task_self();
	port = space_allocate(RECEIVE);
	is_int(task_create(self, FALSE, &other), KERN_SUCCESS, "a task");
	is_int(mach_port_allocate_name(other, RECEIVE, ELSEWHERE), KERN_SUCCESS,
	    "its port");
	names = space_names();
	for (unsigned i = 0; i < RIGHTS; i++) {
		test_mod_refs(rights[i]);
		test_destroy(rights[i]);
		test_rename(rights[i]);
		test_set(rights[i]);
	}
	test_rename_members();
	test_nothing();
	test_limit();
	test_abandon();
	is_int(space_names(), names, "no name is left");
	is_int(space_status(port).mps_sorights, 0, "no right is left");
	(void)task_terminate(other);
	return test_done();
}
