/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Port sets and what is settable of a receive right: mach_port_move_member,
 * _set_qlimit, _set_mscount, _set_seqno and _get_receive_status; what they do
 * and what wrong names, rights and values give.
 */
#include <mach/mach_port_user.h>

#include <libmach/mach.h>
#include <libtest/test.h>

#define RECEIVE MACH_PORT_RIGHT_RECEIVE
#define SET     MACH_PORT_RIGHT_PORT_SET
#define NOBODY  ((mach_port_t)0xfffff700U)

static mach_port_t self;
static mach_port_t port;
static mach_port_t set;

static mach_port_status_t
status(void)
{
	mach_port_status_t now = {0};

	is_int(mach_port_get_receive_status(self, port, &now), KERN_SUCCESS,
	    "the status");
	return now;
}

static void
test_members(void)
{
	is_int(mach_port_move_member(self, port, MACH_PORT_NULL),
	    KERN_NOT_IN_SET, "out of no set");
	is_int(mach_port_move_member(self, port, NOBODY), KERN_INVALID_NAME,
	    "into no name");
	is_int(mach_port_move_member(self, port, port), KERN_INVALID_RIGHT,
	    "into what is no set");
	is_int(mach_port_move_member(self, set, set), KERN_INVALID_RIGHT,
	    "a set is no member");
	is_int(
	    mach_port_move_member(self, port, set), KERN_SUCCESS, "into one");
	is_int(status().mps_pset, set, "it is in it");
	is_int(mach_port_move_member(self, port, MACH_PORT_NULL), KERN_SUCCESS,
	    "and out again");
	is_int(status().mps_pset, MACH_PORT_NULL, "it is in none");
}

static void
test_attributes(void)
{
	mach_port_status_t now = status();

	is_int(now.mps_qlimit, MACH_PORT_QLIMIT_DEFAULT, "the default limit");
	is_int(mach_port_set_qlimit(self, port, 0), KERN_INVALID_VALUE,
	    "no limit of none");
	is_int(mach_port_set_qlimit(self, port, MACH_PORT_QLIMIT_MAX + 1),
	    KERN_INVALID_VALUE, "nor of more than the most");
	is_int(mach_port_set_qlimit(self, port, MACH_PORT_QLIMIT_MAX),
	    KERN_SUCCESS, "of the most");
	is_int(mach_port_set_mscount(self, port, 42), KERN_SUCCESS, "mscount");
	is_int(mach_port_set_seqno(self, port, 43), KERN_SUCCESS, "seqno");
	now = status();
	is_int(now.mps_qlimit, MACH_PORT_QLIMIT_MAX, "the limit is set");
	is_int(now.mps_mscount, 42, "the make-send count is set");
	is_int(now.mps_seqno, 43, "the sequence number is set");
	is_int(now.mps_srights, 0, "no send rights");
}

static void
test_wrong_right(void)
{
	mach_port_status_t now;

	is_int(mach_port_set_qlimit(self, set, 1), KERN_INVALID_RIGHT,
	    "a set has no limit");
	is_int(mach_port_set_mscount(self, set, 1), KERN_INVALID_RIGHT,
	    "no make-send count");
	is_int(mach_port_set_seqno(self, set, 1), KERN_INVALID_RIGHT,
	    "no sequence number");
	is_int(mach_port_get_receive_status(self, set, &now),
	    KERN_INVALID_RIGHT, "no status");
	is_int(mach_port_set_qlimit(self, NOBODY, 1), KERN_INVALID_NAME,
	    "nor has no name");
}

int
main(void)
{
	self = mach_task_self();
	is_int(
	    mach_port_allocate(self, RECEIVE, &port), KERN_SUCCESS, "a port");
	is_int(mach_port_allocate(self, SET, &set), KERN_SUCCESS, "a set");
	test_members();
	test_attributes();
	test_wrong_right();
	is_int(mach_port_destroy(self, set), KERN_SUCCESS, "the set goes");
	is_int(mach_port_destroy(self, port), KERN_SUCCESS, "the port goes");
	return test_done();
}
