/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rights into and out of tasks: mach_port_insert_right and _extract_right, of
 * each right, into free and taken names, and what else is an error. A right
 * that is not inserted is gone, as any right in a call that fails.
 */
#include "space.h"

#define FREE ((mach_port_t)0x2305U) /* a name of the other task's */

static mach_port_t other;

static mach_port_type_t
other_type(mach_port_t name)
{
	mach_port_type_t type = 0;

	return mach_port_type(other, name, &type) == KERN_SUCCESS ? type : 0;
}

static mach_port_urefs_t
other_refs(mach_port_t name, mach_port_right_t right)
{
	mach_port_urefs_t refs = 0;

	(void)mach_port_get_refs(other, name, right, &refs);
	return refs;
}

static void
test_insert(void)
{
	mach_port_t port = space_port_with_send();

	is_int(mach_port_insert_right(other, ELSEWHERE, port, COPY_SEND),
	    KERN_SUCCESS, "a send right");
	is_int(other_type(ELSEWHERE), MACH_PORT_TYPE_SEND, "is there");
	is_int(space_refs(port, SEND), 1, "and here");
	is_int(mach_port_insert_right(other, ELSEWHERE, port, MAKE_SEND),
	    KERN_SUCCESS, "one more");
	is_int(other_refs(ELSEWHERE, SEND), 2, "joins it");
	is_int(space_status(port).mps_mscount, 2, "made of the receive right");
	is_int(mach_port_insert_right(other, FREE, port, COPY_SEND),
	    KERN_RIGHT_EXISTS, "not under another name");
	is_int(mach_port_insert_right(other, FREE, port, MAKE_SEND_ONCE),
	    KERN_SUCCESS, "but a send-once right");
	is_int(other_type(FREE), MACH_PORT_TYPE_SEND_ONCE, "is there");
	is_int(mach_port_insert_right(other, FREE, port, MAKE_SEND_ONCE),
	    KERN_NAME_EXISTS, "which shares its name with none");
	is_int(space_status(port).mps_msgcount, 1, "whose end is told");
	is_int(space_status(port).mps_sorights, 2, "by the right itself");
	is_int(mach_port_insert_right(other, ELSEWHERE, port, MAKE_SEND_ONCE),
	    KERN_NAME_EXISTS, "nor with a send right");
	is_int(mach_port_insert_right(other, ELSEWHERE, port, MOVE_SEND),
	    KERN_SUCCESS, "the one here goes there");
	is_int(other_refs(ELSEWHERE, SEND), 3, "all of them");
	is_int(space_type(port), MACH_PORT_TYPE_RECEIVE, "none is here");
	is_int(
	    mach_port_mod_refs(other, ELSEWHERE, SEND, MACH_PORT_UREFS_MAX - 3),
	    KERN_SUCCESS, "the most there may be");
	is_int(mach_port_insert_right(other, ELSEWHERE, port, MAKE_SEND),
	    KERN_UREFS_OVERFLOW, "no more");
	is_int(mach_port_insert_right(other, ELSEWHERE, port, MOVE_RECEIVE),
	    KERN_SUCCESS, "the receive right");
	is_int(other_type(ELSEWHERE),
	    MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_SEND, "joins them");
	is_int(space_type(port), 0, "nothing is here");
	is_int(mach_port_destroy(other, ELSEWHERE), KERN_SUCCESS, "destroyed");
	is_int(other_type(FREE), MACH_PORT_TYPE_DEAD_NAME, "dead");
	is_int(mach_port_destroy(other, FREE), KERN_SUCCESS, "destroyed");
}

static void
test_taken(void)
{
	static const mach_port_right_t rights[] = {RECEIVE, SET, DEAD};
	mach_port_t port;

	for (unsigned i = 0; i < 3; i++) {
		port = space_port_with_send();
		is_int(mach_port_allocate_name(other, rights[i], FREE),
		    KERN_SUCCESS, "a name is taken");
		is_int(mach_port_insert_right(other, FREE, port, COPY_SEND),
		    KERN_NAME_EXISTS, "not for a send right");
		is_int(
		    mach_port_insert_right(other, FREE, port, MAKE_SEND_ONCE),
		    KERN_NAME_EXISTS, "nor a send-once right");
		is_int(mach_port_insert_right(other, FREE, port, MOVE_RECEIVE),
		    KERN_NAME_EXISTS, "nor a receive right");
		is_int(space_type(port), MACH_PORT_TYPE_DEAD_NAME,
		    "which was the last of it");
		is_int(other_type(FREE), MACH_PORT_TYPE(rights[i]),
		    "what is there stays");
		(void)mach_port_destroy(other, FREE);
		(void)mach_port_destroy(self, port);
	}
	port = space_port_with_send();
	(void)mach_port_insert_right(other, FREE, port, COPY_SEND);
	is_int(mach_port_insert_right(other, ELSEWHERE, port, MOVE_RECEIVE),
	    KERN_RIGHT_EXISTS, "a receive right not beside its send right");
	is_int(other_type(FREE), MACH_PORT_TYPE_DEAD_NAME, "now dead");
	(void)mach_port_destroy(other, FREE);
	(void)mach_port_destroy(self, port);
}

static void
test_insert_errors(void)
{
	mach_port_t port = space_port_with_send();
	mach_port_t dead = space_allocate(DEAD);

	is_int(mach_port_insert_right(mach_host_self(), FREE, port, COPY_SEND),
	    KERN_INVALID_TASK, "into what is no task");
	is_int(mach_port_insert_right(other, MACH_PORT_NULL, port, COPY_SEND),
	    KERN_INVALID_VALUE, "null is no name");
	is_int(mach_port_insert_right(other, MACH_PORT_DEAD, port, COPY_SEND),
	    KERN_INVALID_VALUE, "nor is dead");
	is_int(mach_port_insert_right(other, FREE, MACH_PORT_NULL, COPY_SEND),
	    KERN_INVALID_CAPABILITY, "null is no right");
	is_int(mach_port_insert_right(other, FREE, MACH_PORT_DEAD, COPY_SEND),
	    KERN_INVALID_CAPABILITY, "nor is dead");
	is_int(mach_port_insert_right(other, FREE, dead, MOVE_SEND),
	    KERN_INVALID_CAPABILITY, "nor a dead name");
	is_int(space_type(dead), 0, "which is gone");
	is_int(mach_port_insert_right(other, FREE, NOBODY, COPY_SEND),
	    MACH_SEND_INVALID_RIGHT, "nor nobody");
	is_int(mach_port_insert_right(other, FREE, port, 15),
	    MACH_SEND_INVALID_TYPE, "in no way");
	is_int(other_type(FREE), 0, "nothing came");
	is_int(space_refs(port, SEND), 1, "nothing went");
	(void)mach_port_destroy(self, port);
}

static void
test_extract(void)
{
	mach_port_t port;
	mach_port_t got = NOBODY;
	mach_msg_type_name_t type = 0;

	(void)mach_port_allocate_name(other, RECEIVE, FREE);
	is_int(mach_port_extract_right(other, FREE, MAKE_SEND, &got, &type),
	    KERN_SUCCESS, "a send right is made");
	is_int(type, MACH_MSG_TYPE_PORT_SEND, "as what");
	is_int(space_type(got), MACH_PORT_TYPE_SEND, "is here");
	is_int(other_type(FREE), MACH_PORT_TYPE_RECEIVE, "none is there");
	port = got;
	is_int(
	    mach_port_extract_right(other, FREE, MAKE_SEND_ONCE, &got, &type),
	    KERN_SUCCESS, "a send-once right is made");
	is_int(type, MACH_MSG_TYPE_PORT_SEND_ONCE, "as what");
	is_int(space_type(got), MACH_PORT_TYPE_SEND_ONCE, "is here");
	(void)mach_port_destroy(self, got);
	is_int(mach_port_insert_right(other, FREE, port, COPY_SEND),
	    KERN_SUCCESS, "a send right there");
	is_int(mach_port_extract_right(other, FREE, COPY_SEND, &got, &type),
	    KERN_SUCCESS, "is copied");
	is_int(got, port, "to the one here");
	is_int(space_refs(port, SEND), 2, "a reference");
	is_int(mach_port_extract_right(other, FREE, MOVE_SEND, &got, &type),
	    KERN_SUCCESS, "is moved");
	is_int(space_refs(port, SEND), 3, "a reference");
	is_int(other_type(FREE), MACH_PORT_TYPE_RECEIVE, "none is there");
	is_int(mach_port_extract_right(other, FREE, MOVE_RECEIVE, &got, &type),
	    KERN_SUCCESS, "the receive right is moved");
	is_int(type, MACH_MSG_TYPE_PORT_RECEIVE, "as what");
	is_int(got, port, "to its send right");
	is_int(other_type(FREE), 0, "nothing is there");
	(void)mach_port_insert_right(other, FREE, port, MAKE_SEND_ONCE);
	is_int(
	    mach_port_extract_right(other, FREE, MOVE_SEND_ONCE, &got, &type),
	    KERN_SUCCESS, "a send-once right is moved");
	is_int(space_type(got), MACH_PORT_TYPE_SEND_ONCE, "is here");
	is_int(other_type(FREE), 0, "nothing is there");
	(void)mach_port_destroy(self, port);
	(void)mach_port_destroy(self, got);
}

/* What may be taken from a name of each kind. */
static void
test_extract_errors(void)
{
	static const struct {
		mach_port_right_t right;
		unsigned allowed; /* bits: dispositions from MOVE_RECEIVE on */
	} kinds[] = {{RECEIVE, 0x31}, {SEND, 0x0a}, {SEND_ONCE, 0x04}, {SET, 0},
	    {DEAD, 0}};
	mach_port_t port = space_allocate(RECEIVE);
	mach_msg_type_name_t type;
	mach_port_t got;

	for (unsigned i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (kinds[i].right == SEND)
			(void)mach_port_insert_right(
			    other, FREE, port, MAKE_SEND);
		else if (kinds[i].right == SEND_ONCE)
			(void)mach_port_insert_right(
			    other, FREE, port, MAKE_SEND_ONCE);
		else
			(void)mach_port_allocate_name(
			    other, kinds[i].right, FREE);
		for (unsigned j = 0; j < 6; j++)
			if (!(kinds[i].allowed >> j & 1))
				is_int(mach_port_extract_right(other, FREE,
					   MOVE_RECEIVE + j, &got, &type),
				    KERN_INVALID_RIGHT, "not of this right");
		is_int(mach_port_extract_right(other, FREE, 15, &got, &type),
		    KERN_INVALID_VALUE, "no disposition");
		is_int(mach_port_extract_right(other, FREE, 22, &got, &type),
		    KERN_INVALID_VALUE, "nor this");
		is_int(other_type(FREE), MACH_PORT_TYPE(kinds[i].right),
		    "it stays what it is");
		(void)mach_port_destroy(other, FREE);
	}
	is_int(mach_port_extract_right(other, NOBODY, MOVE_SEND, &got, &type),
	    KERN_INVALID_NAME, "of nobody");
	is_int(mach_port_extract_right(
		   mach_host_self(), port, MAKE_SEND, &got, &type),
	    KERN_INVALID_TASK, "of what is no task");
	(void)mach_port_destroy(self, port);
}

int
main(void)
{
	mach_port_t port;
	int names;

	self = mach_task_self();
	is_int(task_create(self, FALSE, &other), KERN_SUCCESS, "a task");
	(void)mach_host_self();
	names = space_names();
	test_insert();
	test_taken();
	test_insert_errors();
	test_extract();
	test_extract_errors();
	is_int(space_names(), names, "no name is left");
	port = space_port_with_send();
	is_int(task_terminate(other), KERN_SUCCESS, "the task ends");
	is_int(mach_port_insert_right(other, FREE, port, COPY_SEND),
	    MACH_SEND_INVALID_DEST, "its port is dead");
	is_int(space_refs(port, SEND), 1, "nothing went");
	(void)mach_port_destroy(self, port);
	return test_done();
}
