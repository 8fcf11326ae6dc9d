/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ports and names, by trap where there is one, else by a call of the kernel.
 */
#include <mach/mach_port_user.h>
#include <mach/notify.h>

#include <libmach/mach.h>

#include "bench.h"

static mach_port_t port;
static mach_port_t set;

static bool
make_port(void)
{
	port = bench_port();
	return mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_PORT_SET,
		   &set) == KERN_SUCCESS;
}

static void
destroy_port(void)
{
	(void)mach_port_destroy(mach_task_self(), port);
	(void)mach_port_destroy(mach_task_self(), set);
}

static void
allocate_destroy(void)
{
	mach_port_t name;

	(void)mach_port_allocate(
	    mach_task_self(), MACH_PORT_RIGHT_RECEIVE, &name);
	(void)mach_port_mod_refs(
	    mach_task_self(), name, MACH_PORT_RIGHT_RECEIVE, -1);
}

static void
reply_port(void)
{
	(void)mach_port_destroy(mach_task_self(), mach_reply_port());
}

static void
allocate_set(void)
{
	mach_port_t name;

	(void)mach_port_allocate(
	    mach_task_self(), MACH_PORT_RIGHT_PORT_SET, &name);
	(void)mach_port_destroy(mach_task_self(), name);
}

static void
mod_refs(void)
{
	(void)mach_port_mod_refs(
	    mach_task_self(), port, MACH_PORT_RIGHT_SEND, 1);
	(void)mach_port_mod_refs(
	    mach_task_self(), port, MACH_PORT_RIGHT_SEND, -1);
}

static void
insert_deallocate(void)
{
	(void)mach_port_insert_right(
	    mach_task_self(), port, port, MACH_MSG_TYPE_MAKE_SEND);
	(void)mach_port_deallocate(mach_task_self(), port);
}

static void
move_member(void)
{
	(void)mach_port_move_member(mach_task_self(), port, set);
	(void)mach_port_move_member(mach_task_self(), port, MACH_PORT_NULL);
}

static void
rename_back(void)
{
	mach_port_t other = port + (1U << 8);

	(void)mach_port_rename(mach_task_self(), port, other);
	(void)mach_port_rename(mach_task_self(), other, port);
}

static void
type(void)
{
	mach_port_type_t result;

	(void)mach_port_type(mach_task_self(), port, &result);
}

static void
get_refs(void)
{
	mach_port_urefs_t result;

	(void)mach_port_get_refs(
	    mach_task_self(), port, MACH_PORT_RIGHT_SEND, &result);
}

/* One that nobody has. */
static void
allocate_name(void)
{
	mach_port_t name = port + (50U << 8);

	(void)mach_port_allocate_name(
	    mach_task_self(), MACH_PORT_RIGHT_RECEIVE, name);
	(void)mach_port_destroy(mach_task_self(), name);
}

static void
receive_status(void)
{
	mach_port_status_t status;

	(void)mach_port_get_receive_status(mach_task_self(), port, &status);
}

/* Asked for and taken back. */
static void
request(mach_msg_id_t id)
{
	mach_port_t previous = MACH_PORT_NULL;

	(void)mach_port_request_notification(
	    mach_task_self(), port, id, 1, port, &previous);
	previous = MACH_PORT_NULL;
	(void)mach_port_request_notification(
	    mach_task_self(), port, id, 1, MACH_PORT_NULL, &previous);
	if (previous != MACH_PORT_NULL)
		(void)mach_port_deallocate(mach_task_self(), previous);
}

static void
request_no_senders(void)
{
	request(MACH_NOTIFY_NO_SENDERS);
}

static void
request_dead_name(void)
{
	request(MACH_NOTIFY_DEAD_NAME);
}

static void
request_destroyed(void)
{
	request(MACH_NOTIFY_PORT_DESTROYED);
}

const struct bench_row bench_port_rows[] = {
    {"port allocate + destroy", 1000, 500, allocate_destroy, NULL, NULL, 0},
    {"mach_reply_port + destroy", 1000, 0, reply_port, NULL, NULL, 0},
    {"port set allocate + destroy", 1000, 0, allocate_set, NULL, NULL, 0},
    {"port mod_refs, twice", 1000, 0, mod_refs, make_port, destroy_port, 0},
    {"port insert_right + deallocate", 1000, 0, insert_deallocate, make_port,
	destroy_port, 0},
    {"port move_member, in + out", 1000, 0, move_member, make_port,
	destroy_port, 0},
    {"port rename, twice", 1000, 0, rename_back, make_port, destroy_port, 0},
    {"port type", 1000, 0, type, make_port, destroy_port, 0},
    {"port allocate_name + destroy", 1000, 0, allocate_name, make_port,
	destroy_port, 0},
    {"port get_receive_status", 1000, 0, receive_status, make_port,
	destroy_port, 0},
    {"port get_refs", 1000, 0, get_refs, make_port, destroy_port, 0},
    {"notification, no senders", 500, 0, request_no_senders, make_port,
	destroy_port, 0},
    {"notification, dead name", 500, 0, request_dead_name, make_port,
	destroy_port, 0},
    {"notification, port destroyed", 500, 0, request_destroyed, make_port,
	destroy_port, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
