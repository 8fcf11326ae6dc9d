/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ports of servers' objects, one object after the other; who is told, and how,
 * that there are no senders.
 */
#include <mach/notify.h>

#include <kern/traps.h>

#include "../../arch/host/user.h"
#include "ipc_host.h"

#define SPACE (current_task()->space)
#define MAX   8

/* A server: a task, its port set, its thread, what that has been told. */
static mach_port_name_t me;
static mach_port_name_t set;
static int ids[MAX];
static natural_t counts[MAX];
static int told;
static bool renews;
static bool client_first; /* went on before the server was told */

/* In another task: its own name, and the rights it is to give up. */
static mach_port_name_t client_me;
static mach_port_name_t rights[MAX];

#pragma pack(push, 4)
struct notice {
	mach_msg_header_t header;
	NDR_record_t ndr;
	natural_t count;
	mach_msg_max_trailer_t trailer;
};
#pragma pack(pop)

static mach_port_name_t
task_name(struct task *task, struct ipc_port **self)
{
	*self = ipc_kobject_alloc(IKOT_TASK, task);
	return ipc_port_copyout_send(ipc_port_make_send(*self), task->space);
}

static mach_port_name_t
construct(void)
{
	mach_port_name_t *name = host_buffer;

	if (trap_syscall_mach_port_construct(me, set, (uintptr_t)name) !=
	    KERN_SUCCESS)
		return MACH_PORT_NULL;
	return *name;
}

static kern_return_t
renew(mach_port_name_t name, mach_port_mscount_t count)
{
	return (kern_return_t)trap_syscall_mach_port_renew(me, name, count);
}

static const struct ipc_port *
port_of(mach_port_name_t name)
{
	return ipc_object_port(ipc_right_lookup(SPACE, name)->object);
}

static void
test_renew(void)
{
	mach_port_name_t port = construct();

	is_int(renew(set, 0), KERN_INVALID_RIGHT, "a set is no object's port");
	is_int((int)trap_syscall_mach_port_renew(port, port, 0),
	    KERN_INVALID_RIGHT, "of a task");
	is_int(renew(port, 0), KERN_SUCCESS, "one that had no sender");
	is_int(host_type(port), MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_SEND,
	    "has one");
	is_int(port_of(port)->mscount, 1, "the first");
	is_int(renew(port, 1), KERN_FAILURE, "not while there is a sender");
	(void)mach_port_deallocate(SPACE, port);
	is_int(host_receive(set), MACH_NOTIFY_NO_SENDERS, "it is told");
	(void)trap_syscall_mach_port_make_send(me, port);
	(void)mach_port_deallocate(SPACE, port);
	is_int(host_receive(set), MACH_RCV_TIMED_OUT, "once");
	is_int(renew(port, 1), KERN_FAILURE, "another was made since");
	is_int(host_receive(set), MACH_NOTIFY_NO_SENDERS, "told again");
	is_int(renew(port, 2), KERN_SUCCESS, "the next object's");
	(void)mach_port_deallocate(SPACE, port);
	is_int(host_receive(set), MACH_NOTIFY_NO_SENDERS, "told of that");
	is_int((int)trap_syscall_mach_port_destruct(me, port, 1), KERN_SUCCESS,
	    "and its end");
	is_int(renew(port, 1), KERN_INVALID_RIGHT, "which it is");
}

static void
serve(void *argument)
{
	struct notice *notice = host_user_alloc(4096);

	(void)argument;
	while (host_msg(notice,
		   MACH_RCV_MSG |
		       MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_SENDER),
		   0, 4096, set, 0) == MACH_MSG_SUCCESS) {
		ids[told % MAX] = notice->header.msgh_id;
		counts[told % MAX] = notice->count;
		told++;
		if (renews)
			(void)renew(
			    notice->header.msgh_local_port, notice->count);
	}
}

static void
give_up(void *argument)
{
	(void)argument;
	for (int i = 0; i < MAX && rights[i] != MACH_PORT_NULL; i++) {
		int before = told;

		if (host_trap(trap_syscall_mach_port_deallocate, client_me,
			rights[i]) != KERN_SUCCESS)
			rights[i] = MACH_PORT_DEAD;
		client_first = client_first || told == before;
	}
}

/* The client's rights go, with the server waiting. How many were handed on? */
static unsigned
run_client(struct task *other)
{
	unsigned before = host_handoffs();
	struct host_thread *client;

	client_first = false;
	client = host_spawn(other, give_up, NULL);
	host_run();
	host_join(client);
	return host_handoffs() - before;
}

static void
test_short_way(struct task *other)
{
	mach_port_name_t first = construct();
	mach_port_name_t second = construct();
	uint32_t names = other->space->names;

	rights[0] = host_give_send(first, other);
	rights[1] = host_give_send(second, other);
	is_int(run_client(other), 2, "two told the short way");
	is_int(told, 2, "each");
	is_int(ids[0], MACH_NOTIFY_NO_SENDERS, "of no senders");
	is_int(ids[1], MACH_NOTIFY_NO_SENDERS, "both");
	is_int(counts[0], 1, "of one that was made");
	ok(!client_first, "before the client goes on");
	is_int(other->space->names, names, "which has no name left");
	ok(port_of(first)->nsrequest != NULL, "it will be told again");
	is_int(host_type(first), MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_SEND,
	    "it is renewed");
	renews = false;
	(void)mach_port_destroy(SPACE, first);
	(void)mach_port_destroy(SPACE, second);
	host_run();
}

/* What was asked for as others ask, and of a port with one right more. */
static void
test_long_way(struct task *other)
{
	mach_port_name_t asked = host_port();
	mach_port_name_t named = construct();

	(void)mach_port_move_member(SPACE, asked, set);
	(void)host_request(asked, MACH_NOTIFY_NO_SENDERS, 1, asked);
	rights[0] = host_give_send(asked, other);
	rights[1] = host_give_send(named, other);
	(void)host_give_send(named, other);
	told = 0;
	is_int(run_client(other), 0, "none the short way");
	ok(client_first, "the client goes on");
	host_run();
	is_int(told, 1, "one is told");
	ok(port_of(asked)->nsrequest == NULL, "as often as it asked");
	(void)mach_port_destroy(SPACE, asked);
	(void)mach_port_destroy(SPACE, named);
	(void)mach_port_deallocate(other->space, rights[1]);
}

static void
test_told(void)
{
	struct ipc_port *other_self;
	struct task *other = host_task();
	struct host_thread *server;

	told = 0;
	renews = true;
	client_me = task_name(other, &other_self);
	server = host_spawn(current_task(), serve, NULL);
	host_run();
	test_short_way(other);
	test_long_way(other);
	(void)mach_port_destroy(SPACE, set);
	host_run();
	host_join(server);
	(void)mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &set);
	ipc_kobject_destroy(other_self);
	host_task_end(other);
}

static void
run(void (*test)(void), const char *what)
{
	struct task *home = current_task();
	size_t before = host_in_use();
	struct task *task = host_task();
	struct ipc_port *self;

	host_enter(task);
	me = task_name(task, &self);
	(void)mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &set);
	test();
	ipc_kobject_destroy(self);
	host_enter(home);
	host_task_end(task);
	is_int(host_in_use(), before, what);
}

int
main(void)
{
	host_init();
	run(test_renew, "ports renewed: nothing leaks");
	run(test_told, "servers told: nothing leaks");
	return test_done();
}
