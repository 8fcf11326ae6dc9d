/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notifications: dead-name, port-deleted, no-senders, port-destroyed and
 * send-once; when they come, when they do not, what they say; requests that are
 * replaced, cancelled or refused; ports that tell themselves.
 */
#include <mach/traps.h>

#include "note.h"

static mach_port_t other; /* a task */
static mach_port_t previous;

static kern_return_t
ask(mach_port_t name, int id, mach_port_mscount_t sync)
{
	previous = NOBODY;
	return mach_port_request_notification(
	    self, name, id, sync, told, &previous);
}

static kern_return_t
cancel(mach_port_t name, int id)
{
	previous = NOBODY;
	return mach_port_request_notification(
	    self, name, id, 0, MACH_PORT_NULL, &previous);
}

/* One that carries a word comes. */
static void
is_word(int id, natural_t value, const char *what)
{
	is_int(within(0), id, what);
	is_int(note.header.msgh_size, 36, "its size");
	is_int(note.header.msgh_bits,
	    MACH_MSGH_BITS(0, MACH_MSG_TYPE_MOVE_SEND_ONCE), "its rights");
	is_int(note.word.value, value, "its word");
}

/* A send right to a port whose receive right the other task has. */
static mach_port_t
remote(void)
{
	mach_port_t name = space_port_with_send();

	(void)mach_port_insert_right(
	    other, ELSEWHERE, name, MACH_MSG_TYPE_MOVE_RECEIVE);
	return name;
}

static void
test_dead_name(void)
{
	mach_port_t name = remote();
	mach_port_t port;
	mach_port_t once;

	(void)mach_port_mod_refs(self, name, SEND, 1);
	is_int(ask(name, DEAD_NAME, 0), KERN_SUCCESS, "of a send right");
	is_int(previous, MACH_PORT_NULL, "the first request");
	is_int(space_type(name), MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_DNREQUEST,
	    "its type tells");
	is_int(within(0), NOTHING, "nothing yet");
	(void)mach_port_destroy(other, ELSEWHERE);
	is_word(DEAD_NAME, name, "the port dies");
	is_int(space_type(name), MACH_PORT_TYPE_DEAD_NAME, "a dead name");
	is_int(space_refs(name, DEAD), 3, "with a reference more");
	is_int(within(0), NOTHING, "once");
	is_int(ask(name, DEAD_NAME, 0), KERN_INVALID_ARGUMENT, "dead already");
	is_int(within(0), ONCE, "the refused right is gone");
	is_int(ask(name, DEAD_NAME, 1), KERN_SUCCESS, "told at once");
	is_word(DEAD_NAME, name, "it comes");
	is_int(space_refs(name, DEAD), 4, "with a reference more");
	(void)mach_port_mod_refs(self, name, DEAD, MACH_PORT_UREFS_MAX - 4);
	is_int(ask(name, DEAD_NAME, 1), KERN_UREFS_OVERFLOW, "too many");
	is_int(within(0), ONCE, "the refused right is gone");
	(void)mach_port_destroy(self, name);

	name = space_port_with_send();
	is_int(ask(name, DEAD_NAME, 0), KERN_SUCCESS, "with a receive right");
	(void)mach_port_mod_refs(self, name, RECEIVE, -1);
	is_word(DEAD_NAME, name, "its port dies");
	is_int(space_refs(name, DEAD), 2, "with a reference more");
	(void)mach_port_destroy(self, name);

	port = space_allocate(RECEIVE);
	once = space_extract(self, port, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	is_int(ask(once, DEAD_NAME, 0), KERN_SUCCESS, "of a send-once right");
	(void)mach_port_destroy(self, port);
	is_word(DEAD_NAME, once, "its port dies");
	is_int(space_refs(once, DEAD), 2, "with a reference more");
	(void)mach_port_destroy(self, once);
}

/* The name goes before its port does. */
static void
test_deleted(void)
{
	mach_port_t port = space_allocate(RECEIVE);
	mach_port_t name = remote();
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0)};

	(void)ask(name, DEAD_NAME, 0);
	(void)mach_port_deallocate(self, name);
	is_word(DELETED, name, "the last reference");
	(void)mach_port_destroy(other, ELSEWHERE);
	is_int(within(0), NOTHING, "its death is nobody's concern");

	name = remote();
	(void)mach_port_mod_refs(self, name, SEND, 1);
	(void)ask(name, DEAD_NAME, 0);
	(void)mach_port_deallocate(self, name);
	is_int(within(0), NOTHING, "not the last reference");
	(void)mach_port_destroy(self, name);
	is_word(DELETED, name, "all rights");
	(void)mach_port_destroy(other, ELSEWHERE);

	(void)ask(port, DEAD_NAME, 0);
	(void)mach_port_destroy(self, port);
	is_word(DELETED, port, "a receive right by itself");

	port = space_allocate(RECEIVE);
	name = space_extract(self, port, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	(void)ask(name, DEAD_NAME, 0);
	header.msgh_remote_port = name;
	is_int(space_send(&header, sizeof(header)), MACH_MSG_SUCCESS, "used");
	is_word(DELETED, name, "a send-once right is used");

	name = space_extract(self, port, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	(void)ask(name, DEAD_NAME, 0);
	(void)mach_port_rename(self, name, 0x4005);
	is_int(space_type(0x4005),
	    MACH_PORT_TYPE_SEND_ONCE | MACH_PORT_TYPE_DNREQUEST,
	    "a new name has the request");
	(void)mach_port_destroy(self, port);
	is_word(DEAD_NAME, 0x4005, "and it is told");
	(void)mach_port_destroy(self, 0x4005);
}

/* Requests of each kind, replaced and taken back. */
static void
test_replaced(mach_port_t name, int id, const char *what)
{
	mach_port_t first;

	is_int(ask(name, id, 0), KERN_SUCCESS, what);
	is_int(previous, MACH_PORT_NULL, "the first");
	is_int(space_status(told).mps_sorights, 1, "has a right");
	is_int(ask(name, id, 0), KERN_SUCCESS, "the second");
	first = previous;
	is_int(space_type(first), MACH_PORT_TYPE_SEND_ONCE,
	    "gives the first's right back");
	is_int(space_status(told).mps_sorights, 2, "and has one");
	is_int(cancel(name, id), KERN_SUCCESS, "taken back");
	is_int(space_type(previous), MACH_PORT_TYPE_SEND_ONCE, "its right");
	ok(previous != first, "is another");
	is_int(within(0), NOTHING, "nobody is told");
	(void)mach_port_deallocate(self, first);
	is_int(within(0), ONCE, "that the right is gone");
	(void)mach_port_deallocate(self, previous);
	is_int(within(0), ONCE, "and the other");
	is_int(cancel(name, id), KERN_SUCCESS, "taken back again");
	is_int(previous, MACH_PORT_NULL, "nothing");
}

static void
test_refused(void)
{
	mach_port_t set = space_allocate(SET);
	mach_port_t name = remote();

	is_int(ask(NOBODY, DEAD_NAME, 0), KERN_INVALID_NAME, "no name");
	is_int(within(0), ONCE, "the right is gone");
	is_int(ask(set, DEAD_NAME, 0), KERN_INVALID_RIGHT, "of a set");
	is_int(ask(set, SENDERS, 0), KERN_INVALID_RIGHT, "its senders");
	is_int(ask(name, SENDERS, 0), KERN_INVALID_RIGHT, "a send right's");
	is_int(ask(name, DESTROYED, 0), KERN_INVALID_RIGHT, "its destruction");
	is_int(ask(told, DESTROYED, 1), KERN_INVALID_VALUE, "no count for it");
	is_int(ask(told, MACH_NOTIFY_FIRST, 0), KERN_INVALID_VALUE, "no kind");
	is_int(ask(told, DELETED, 0), KERN_INVALID_VALUE, "not to be asked");
	is_int(ask(told, ONCE, 0), KERN_INVALID_VALUE, "nor this");
	is_int(mach_port_request_notification(
		   self, name, DEAD_NAME, 0, MACH_PORT_DEAD, &previous),
	    KERN_INVALID_CAPABILITY, "to nobody");
	is_int(mach_port_request_notification(
		   mach_host_self(), name, DEAD_NAME, 0, told, &previous),
	    KERN_INVALID_TASK, "of what is no task");
	for (unsigned i = 0; i < 9; i++)
		is_int(within(0), ONCE, "each right is gone");
	is_int(within(0), NOTHING, "and no more");
	(void)mach_port_destroy(self, set);
	(void)mach_port_destroy(self, name);
	(void)mach_port_destroy(other, ELSEWHERE);
}

/* The port of a server's object, and of the next: by traps. */
static void
test_object(void)
{
	mach_port_t before = told;
	mach_port_t set = space_allocate(SET);
	mach_port_t port = MACH_PORT_NULL;

	told = set;
	is_int(syscall_mach_port_construct(self, set, &port), KERN_SUCCESS,
	    "an object's port");
	is_int(syscall_mach_port_renew(self, set, 0), KERN_INVALID_RIGHT,
	    "a set is none");
	is_int(syscall_mach_port_renew(port, port, 0), KERN_INVALID_RIGHT,
	    "nor is anybody's but a task's");
	is_int(syscall_mach_port_make_send(self, port), KERN_SUCCESS,
	    "a right to it");
	is_int(syscall_mach_port_renew(self, port, 1), KERN_FAILURE,
	    "it is the object's while there is one");
	(void)syscall_mach_port_deallocate(self, port);
	is_word(SENDERS, 1, "it is told that there is none");
	is_int(syscall_mach_port_renew(self, port, 0), KERN_FAILURE,
	    "not so many were made");
	is_word(SENDERS, 1, "told again");
	is_int(syscall_mach_port_renew(self, port, 1), KERN_SUCCESS,
	    "the next object's");
	is_int(space_type(port), MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_RECEIVE,
	    "with a right");
	(void)syscall_mach_port_deallocate(self, port);
	is_word(SENDERS, 1, "told that there is none of that");
	is_int(
	    syscall_mach_port_destruct(self, port, 1), KERN_SUCCESS, "its end");
	told = before;
	(void)mach_port_destroy(self, set);
}

/* The trap behind it: what it leaves to the message, and what it refuses. */
static void
test_trap(mach_port_t port)
{
	mach_port_t got = NOBODY;
	mach_port_t once;

	is_int(syscall_mach_port_request_notification(
		   port, port, SENDERS, 0, told, &got),
	    KERN_INVALID_TASK, "the trap: no task");
	is_int(syscall_mach_port_request_notification(
		   self, port, SENDERS, 0, other, &got),
	    KERN_INVALID_TASK, "a right of another's to be told");
	is_int(syscall_mach_port_request_notification(
		   self, port, SENDERS, 0, NOBODY, &got),
	    KERN_INVALID_TASK, "none");
	is_int(got, NOBODY, "nothing is said");
	is_int(ask(port, SENDERS, 0), KERN_SUCCESS, "a request");
	is_int(syscall_mach_port_request_notification(
		   self, port, SENDERS, 0, MACH_PORT_NULL, (mach_port_t *)8),
	    KERN_INVALID_ADDRESS, "nowhere to put what was there");
	is_int(within(0), ONCE, "it is gone");
	is_int(ask(port, SENDERS, 0), KERN_SUCCESS, "a request");
	is_int(syscall_mach_port_request_notification(
		   self, port, SENDERS, 0, MACH_PORT_NULL, &once),
	    KERN_SUCCESS, "taken back");
	is_int(space_type(once), MACH_PORT_TYPE_SEND_ONCE, "as it was");
	(void)mach_port_deallocate(self, once);
	is_int(within(0), ONCE, "and ended");
}

int
main(void)
{
	mach_port_t port;
	int names;

	self = mach_task_self();
	is_int(task_create(self, FALSE, &other), KERN_SUCCESS, "a task");
	told = space_allocate(RECEIVE);
	(void)mach_port_set_qlimit(self, told, 1);
	(void)mach_host_self();
	names = space_names();
	test_dead_name();
	test_deleted();
	port = space_port_with_send();
	test_replaced(port, DEAD_NAME, "a dead-name request");
	test_replaced(port, SENDERS, "a no-senders request");
	test_replaced(port, DESTROYED, "a port-destroyed request");
	test_trap(port);
	(void)mach_port_destroy(self, port);
	test_refused();
	test_object();
	is_int(space_names(), names, "no name is left");
	is_int(space_status(told).mps_sorights, 0, "no right is left");
	(void)task_terminate(other);
	return test_done();
}
