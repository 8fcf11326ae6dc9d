/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notifications, death of ports and spaces, and circles of receive rights.
 */
#include <mach/mig_errors.h>
#include <mach/notify.h>

#include "../../arch/host/user.h"
#include "ipc_host.h"

#define SPACE (current_task()->space)

static mach_msg_header_t *header;

/* The name or count in the notification received last. */
static natural_t
word(void)
{
	return ((natural_t *)host_buffer)[8];
}

static mach_port_t
take(mach_port_name_t name, mach_msg_type_name_t disposition)
{
	mach_port_t handle = MACH_PORT_NULL;

	(void)ipc_right_copyin_name(SPACE, name, disposition, &handle);
	return handle;
}

static void
test_no_senders(void)
{
	mach_port_name_t port = host_port();
	mach_port_name_t notify = host_port();

	is_int(host_request(port, MACH_NOTIFY_NO_SENDERS, 1, notify),
	    KERN_SUCCESS, "ask before there are senders");
	is_int(host_receive(notify), MACH_RCV_TIMED_OUT, "not yet");
	(void)host_give_send(port, current_task());
	(void)host_give_send(port, current_task());
	(void)mach_port_deallocate(SPACE, port);
	is_int(host_receive(notify), MACH_RCV_TIMED_OUT, "one is left");
	(void)mach_port_deallocate(SPACE, port);
	is_int(host_receive(notify), MACH_NOTIFY_NO_SENDERS, "the last");
	is_int(word(), 2, "after two were made");
	is_int(header->msgh_size, 36, "a notification's size");
	is_int(host_request(port, MACH_NOTIFY_NO_SENDERS, 2, notify),
	    KERN_SUCCESS, "ask when there are none");
	is_int(host_receive(notify), MACH_NOTIFY_NO_SENDERS, "at once");
	is_int(host_request(port, MACH_NOTIFY_NO_SENDERS, 3, notify),
	    KERN_SUCCESS, "ask for after the next");
	is_int(host_receive(notify), MACH_RCV_TIMED_OUT, "not at once");
	is_int(host_request(port, MACH_NOTIFY_NO_SENDERS, 0, MACH_PORT_NULL),
	    KERN_SUCCESS, "take it back");
	is_int(host_receive(notify), MACH_NOTIFY_SEND_ONCE,
	    "the right was given back and released here");
	(void)host_request(port, MACH_NOTIFY_NO_SENDERS, 9, notify);
	(void)mach_port_destroy(SPACE, port);
	is_int(host_receive(notify), MACH_NOTIFY_SEND_ONCE,
	    "a request dies with the port");
	port = host_port();
	(void)host_give_send(port, current_task());
	(void)host_request(port, MACH_NOTIFY_NO_SENDERS, 0, notify);
	ipc_right_release(
	    take(port, MACH_MSG_TYPE_MOVE_RECEIVE), MACH_MSG_TYPE_PORT_RECEIVE);
	is_int(host_receive(notify), MACH_NOTIFY_SEND_ONCE,
	    "and is cancelled when the receive right moves");
	is_int(host_receive(notify), MACH_RCV_TIMED_OUT, "once");
	(void)mach_port_deallocate(SPACE, port);
}

static void
test_dead_name(void)
{
	struct task *owner = current_task();
	struct task *user = host_task();
	mach_port_name_t port = host_port();
	mach_port_name_t name = host_give_send(port, user);
	mach_port_name_t notify;
	mach_port_name_t deleted;

	host_enter(user);
	notify = host_port();
	is_int(host_request(name, MACH_NOTIFY_DEAD_NAME, 0, notify),
	    KERN_SUCCESS, "ask");
	is_int(host_type(name), MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_DNREQUEST,
	    "the type says so");
	host_enter(owner);
	(void)mach_port_destroy(SPACE, port);
	host_enter(user);
	is_int(host_receive(notify), MACH_NOTIFY_DEAD_NAME, "told");
	is_int(word(), name, "which");
	is_int(host_refs(name, MACH_PORT_RIGHT_DEAD_NAME), 2,
	    "one reference more");
	is_int(host_request(name, MACH_NOTIFY_DEAD_NAME, 0, notify),
	    KERN_INVALID_ARGUMENT, "dead already");
	is_int(host_receive(notify), MACH_NOTIFY_SEND_ONCE, "(the refused)");
	is_int(host_request(name, MACH_NOTIFY_DEAD_NAME, 1, notify),
	    KERN_SUCCESS, "asked to be told at once");
	is_int(host_receive(notify), MACH_NOTIFY_DEAD_NAME, "told at once");
	is_int(host_refs(name, MACH_PORT_RIGHT_DEAD_NAME), 3, "with one more");

	deleted = host_port();
	(void)host_give_send(deleted, user);
	(void)host_request(deleted, MACH_NOTIFY_DEAD_NAME, 0, notify);
	(void)mach_port_deallocate(SPACE, deleted);
	is_int(host_receive(notify), MACH_RCV_TIMED_OUT, "the name is there");
	(void)mach_port_destroy(SPACE, deleted);
	is_int(host_receive(notify), MACH_NOTIFY_PORT_DELETED, "it goes");
	is_int(word(), deleted, "which");
	is_int(host_request(notify, MACH_NOTIFY_PORT_DESTROYED, 1, notify),
	    KERN_INVALID_VALUE, "sync means nothing there");
	is_int(host_request(notify, MACH_NOTIFY_MSG_ACCEPTED, 0, notify),
	    KERN_INVALID_VALUE, "no such notification");
	host_enter(owner);
	host_task_end(user);
}

static void
test_port_destroyed(void)
{
	mach_port_name_t port = host_port();
	mach_port_name_t notify = host_port();
	mach_msg_port_descriptor_t *right =
	    (void *)((char *)host_buffer + sizeof(mach_msg_base_t));
	mach_port_t handle;

	(void)host_give_send(port, current_task());
	is_int(host_request(port, MACH_NOTIFY_PORT_DESTROYED, 0, notify),
	    KERN_SUCCESS, "ask");
	(void)host_send(port, MACH_MSG_TYPE_COPY_SEND, 12);
	(void)mach_port_mod_refs(SPACE, port, MACH_PORT_RIGHT_RECEIVE, -1);
	is_int(host_type(port), MACH_PORT_TYPE_SEND, "it is on its way");
	is_int(host_receive(notify), MACH_NOTIFY_PORT_DESTROYED, "here");
	is_int(right->disposition, MACH_MSG_TYPE_PORT_RECEIVE, "the right");
	is_int(right->name, port, "under its name");
	is_int(host_receive(port), 12, "with its messages");
	/* Its own port asked for: the right would be in its own queue. */
	(void)host_request(port, MACH_NOTIFY_PORT_DESTROYED, 0, port);
	(void)mach_port_mod_refs(SPACE, port, MACH_PORT_RIGHT_RECEIVE, -1);
	ipc_reap();
	is_int(
	    host_type(port), MACH_PORT_TYPE_DEAD_NAME, "a circle is collected");
	(void)mach_port_destroy(SPACE, port);
	handle = take(notify, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	(void)mach_port_destroy(SPACE, notify);
	ipc_right_release(handle, MACH_MSG_TYPE_PORT_SEND_ONCE);
}

/* A message to `dest` that carries the receive right of `port`. */
static mach_msg_return_t
send_receive_right(mach_port_name_t dest, mach_port_name_t port)
{
	struct {
		mach_msg_base_t base;
		mach_msg_port_descriptor_t right;
	} *message = host_buffer;

	memset(message, 0, sizeof(*message));
	message->base.header.msgh_bits =
	    MACH_MSGH_BITS_COMPLEX | MACH_MSG_TYPE_COPY_SEND;
	message->base.header.msgh_remote_port = dest;
	message->base.body.msgh_descriptor_count = 1;
	message->right.name = port;
	message->right.disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
	return host_msg(
	    message, MACH_SEND_MSG, sizeof(*message), 0, MACH_PORT_NULL, 0);
}

static void
test_circle(void)
{
	mach_port_name_t a = host_port();
	mach_port_name_t b = host_port();
	mach_port_name_t c = host_port();
	mach_port_name_t notify = host_port();

	(void)host_give_send(a, current_task());
	(void)host_give_send(b, current_task());
	(void)host_give_send(c, current_task());
	(void)host_request(a, MACH_NOTIFY_DEAD_NAME, 0, notify);
	is_int(send_receive_right(b, a), MACH_MSG_SUCCESS, "a in b");
	is_int(send_receive_right(c, b), MACH_MSG_SUCCESS, "b in c");
	is_int(host_receive(notify), MACH_RCV_TIMED_OUT, "all live");
	is_int(send_receive_right(a, c), MACH_MSG_SUCCESS, "c in a");
	is_int(host_receive(notify), MACH_NOTIFY_DEAD_NAME, "all dead");
	ok(host_type(a) == MACH_PORT_TYPE_DEAD_NAME &&
		host_type(b) == MACH_PORT_TYPE_DEAD_NAME &&
		host_type(c) == MACH_PORT_TYPE_DEAD_NAME,
	    "nothing is left of the circle");
}

/* A chain as long as it gets is taken down without recursion. */
static void
test_chain(void)
{
	mach_port_name_t first = host_port();
	mach_port_name_t last = first;
	size_t before = host_in_use();

	(void)host_give_send(first, current_task());
	for (unsigned i = 0; i < 20000; i++) {
		mach_port_name_t next = host_port();

		(void)host_give_send(next, current_task());
		if (send_receive_right(next, last) != MACH_MSG_SUCCESS)
			break;
		(void)mach_port_mod_refs(SPACE, last, MACH_PORT_RIGHT_SEND, -1);
		last = next;
	}
	ok(host_in_use() > before + 39000, "twenty thousand ports in a row");
	(void)mach_port_destroy(SPACE, last);
	ipc_reap();
	ok(host_in_use() < before + 200, "fall in a row");
}

/* The end of a server: its clients learn it in each way there is. */
static void
test_space_death(void)
{
	struct task *client = current_task();
	struct task *server = host_task();
	mach_port_name_t reply = host_port();
	mach_port_name_t notify = host_port();
	mach_port_name_t service;
	mach_port_name_t name;

	host_enter(server);
	service = host_port();
	name = host_give_send(service, client);
	host_enter(client);
	(void)host_request(name, MACH_NOTIFY_DEAD_NAME, 0, notify);
	*header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_remote_port = name,
	    .msgh_local_port = reply};
	is_int(host_msg(header, MACH_SEND_MSG, 24, 0, 0, 0), MACH_MSG_SUCCESS,
	    "a request waits");
	host_task_end(server);
	is_int(host_receive(reply), MACH_NOTIFY_SEND_ONCE, "no reply");
	is_int(header->msgh_size, 24, "in a header");
	is_int(host_receive(notify), MACH_NOTIFY_DEAD_NAME, "dead name");
	is_int(host_type(name), MACH_PORT_TYPE_DEAD_NAME, "it is one");
}

static mach_port_name_t full;
static mach_msg_return_t late_result;

/* Waits for room, but not for long; then wants to be told. */
static void
late_sender(void *argument)
{
	mach_msg_header_t *message = host_user_alloc(sizeof(*message));

	(void)argument;
	*message = (mach_msg_header_t){
	    .msgh_bits = MACH_MSG_TYPE_COPY_SEND,
	    .msgh_remote_port = full,
	};
	late_result = host_msg(message,
	    MACH_SEND_MSG | MACH_SEND_TIMEOUT | MACH_SEND_NOTIFY,
	    sizeof(*message), 0, MACH_PORT_NULL, 10);
	host_user_free((uintptr_t)message, sizeof(*message));
}

static void
receiver(void *argument)
{
	mach_msg_header_t *message = host_user_alloc(4096);

	(void)argument;
	(void)host_msg(message, MACH_RCV_MSG, 0, 4096, full, 0);
	host_user_free((uintptr_t)message, 4096);
}

/*
 * No memory to remember who is to be told: MACH_SEND_NO_NOTIFY, and the message
 * is the sender's again, with the right it was sent by.
 */
static void
test_no_notify(void)
{
	mach_port_name_t notify = host_port();
	mach_port_urefs_t refs;
	mach_msg_return_t mr = MACH_SEND_NO_NOTIFY;
	unsigned refused = 0;

	full = host_port();
	(void)host_give_send(full, current_task());
	(void)mach_port_set_qlimit(SPACE, full, 1);
	(void)host_send(full, MACH_MSG_TYPE_COPY_SEND, 1);
	refs = host_refs(full, MACH_PORT_RIGHT_SEND);
	host_notify = notify;
	for (unsigned n = 1; mr != MACH_SEND_WILL_NOTIFY && n < 10; n++) {
		*header = (mach_msg_header_t){
		    .msgh_bits = MACH_MSG_TYPE_COPY_SEND,
		    .msgh_remote_port = full,
		};
		host_fail_allocation(n);
		mr = host_msg(header, MACH_SEND_MSG | MACH_SEND_NOTIFY,
		    sizeof(*header), 0, MACH_PORT_NULL, 0);
		host_fail_allocation(0);
		if (mr != MACH_SEND_NO_NOTIFY)
			continue;
		refused++;
		is_int(header->msgh_bits, MACH_MSG_TYPE_MOVE_SEND,
		    "refused, and given back");
		is_int(header->msgh_remote_port, full, "for the same port");
		(void)mach_port_deallocate(SPACE, full);
		is_int(host_refs(full, MACH_PORT_RIGHT_SEND), refs,
		    "with its right");
	}
	host_notify = MACH_PORT_NULL;
	ok(refused >= 2, "for request and notification");
	is_int(mr, MACH_SEND_WILL_NOTIFY, "with memory it is accepted");
}

/*
 * Between the end of the wait for room and the moment the sender runs again the
 * port dies, or is emptied by who then waits for more: the message with the
 * request is never in the queue.
 */
static void
test_accepted_late(bool dies)
{
	struct host_thread *sender;
	struct host_thread *waiter = NULL;
	mach_port_name_t notify = host_port();

	full = host_port();
	(void)host_give_send(full, current_task());
	(void)mach_port_set_qlimit(SPACE, full, 1);
	(void)host_send(full, MACH_MSG_TYPE_COPY_SEND, 1);
	host_notify = notify;
	sender = host_spawn(current_task(), late_sender, NULL);
	host_run();
	host_expire(20);
	if (dies) {
		(void)mach_port_mod_refs(
		    SPACE, full, MACH_PORT_RIGHT_RECEIVE, -1);
	} else {
		(void)host_receive(full);
		waiter = host_spawn(current_task(), receiver, NULL);
	}
	host_run();
	host_join(sender);
	if (waiter != NULL)
		host_join(waiter);
	host_notify = MACH_PORT_NULL;
	is_int(late_result, MACH_SEND_WILL_NOTIFY, "it will be told");
	is_int(host_receive(notify), MACH_NOTIFY_MSG_ACCEPTED, "it is told");
	ipc_reap();
}

static void
test_accepted_dies(void)
{
	test_accepted_late(true);
}

static void
test_accepted_taken(void)
{
	test_accepted_late(false);
}

/*
 * Of many requests for a port that dies most wait for ipc_reap(), and others
 * may run before they are told: who uses a name then finds it dead.
 */
#define MANY 200U
static mach_port_name_t many[MANY];
static mach_port_name_t many_told;
static struct task *many_ends; /* or NULL */

static mach_port_name_t
port_of_many(void)
{
	mach_port_name_t port = host_port();

	many_told = host_port();
	for (unsigned i = 0; i < MANY; i++) {
		(void)ipc_right_copyout(SPACE,
		    take(port, MACH_MSG_TYPE_MAKE_SEND_ONCE),
		    MACH_MSG_TYPE_PORT_SEND_ONCE, &many[i]);
		(void)host_request(
		    many[i], MACH_NOTIFY_DEAD_NAME, 0, many_told);
	}
	return port;
}

static unsigned
hear(mach_msg_id_t id)
{
	unsigned count = 0;

	while (host_receive(many_told) == id)
		count++;
	return count;
}

static void
meanwhile(void)
{
	unsigned told;

	host_preempt = NULL;
	if (many_ends != NULL) {
		host_task_end(many_ends);
		return;
	}
	told = hear(MACH_NOTIFY_DEAD_NAME);
	ok(told > 0 && told < MANY / 2, "some are told, most are not yet");
	is_int(host_type(many[MANY - 1]), MACH_PORT_TYPE_DEAD_NAME,
	    "who looks finds a dead name");
	is_int(host_receive(many_told), MACH_NOTIFY_DEAD_NAME, "and is told");
	is_int(word(), many[MANY - 1], "of that name");
	is_int(host_refs(many[MANY - 1], MACH_PORT_RIGHT_DEAD_NAME), 2,
	    "with the reference of that");
	(void)mach_port_destroy(SPACE, many[MANY - 2]);
	is_int(host_receive(many_told), MACH_NOTIFY_DEAD_NAME,
	    "who ends a name is told that it is dead");
	is_int(word(), many[MANY - 2], "before it ends");
	is_int(host_receive(many_told), MACH_RCV_TIMED_OUT, "no more yet");
}

static void
test_many_die(void)
{
	mach_port_name_t port = port_of_many();
	unsigned dead = 0;

	many_ends = NULL;
	(void)mach_port_destroy(SPACE, port);
	host_preempt = meanwhile;
	ipc_reap();
	ok(host_preempt == NULL, "others could run");
	for (unsigned i = 0; i < MANY; i++)
		dead += host_type(many[i]) == MACH_PORT_TYPE_DEAD_NAME &&
			host_refs(many[i], MACH_PORT_RIGHT_DEAD_NAME) == 2;
	is_int(dead, MANY - 1, "all but one are dead names");
	ok(hear(MACH_NOTIFY_DEAD_NAME) > 0, "the rest is told");
}

static void
test_many_end(void)
{
	struct task *home = current_task();
	mach_port_name_t port;

	many_ends = host_task();
	host_enter(many_ends);
	port = port_of_many();
	host_enter(home);
	(void)mach_port_destroy(many_ends->space, port);
	host_preempt = meanwhile;
	ipc_reap();
	ok(host_preempt == NULL, "their task ended meanwhile");
	ipc_reap();
}

static void
run(void (*test)(void), const char *name)
{
	struct task *home = current_task();
	size_t before = host_in_use();
	struct task *task = host_task();

	host_enter(task);
	test();
	host_enter(home);
	host_task_end(task);
	is_int(host_in_use(), before, name);
}

int
main(void)
{
	host_init();
	header = host_buffer;
	run(test_no_senders, "no senders: nothing leaks");
	run(test_dead_name, "dead names: nothing leaks");
	run(test_port_destroyed, "port destroyed: nothing leaks");
	run(test_circle, "circle: nothing leaks");
	run(test_chain, "chain: nothing leaks");
	run(test_space_death, "death of a space: nothing leaks");
	run(test_no_notify, "no memory to notify: nothing leaks");
	run(test_many_die, "many die: nothing leaks");
	run(test_many_end, "many end: nothing leaks");
	run(test_accepted_dies, "accepted by a dead port: nothing leaks");
	run(test_accepted_taken, "accepted at once: nothing leaks");
	return test_done();
}
