/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the host knows of tasks and a task of its threads, their names, tokens
 * and groups; and the traps that give the processor away, make a reply port and
 * set the caller's own state.
 */
#include <mach/host_user.h>
#include <mach/machine/thread_status.h>
#include <mach/thread_act_user.h>
#include <mach/vm_map_user.h>

#include "priv.h"

#define SOME 5

static mach_port_t task;
static mach_port_t priv;

static void
let_go(mach_port_t *ports, mach_msg_type_number_t count)
{
	for (unsigned i = 0; i < count; i++)
		(void)mach_port_deallocate(self, ports[i]);
	if (count != 0)
		(void)vm_deallocate(
		    self, (vm_address_t)ports, count * sizeof(*ports));
}

static bool
is_among(mach_port_t port, const mach_port_t *ports, unsigned count)
{
	while (count > 0)
		if (ports[--count] == port)
			return true;
	return false;
}

static void
test_threads(void)
{
	mach_msg_type_number_t count = 99;
	thread_array_t found = NULL;
	mach_port_t threads[SOME];

	is_int(task_threads(task, &found, &count), KERN_SUCCESS, "of none");
	is_int(count, 0, "there are none");
	for (unsigned i = 0; i < SOME; i++)
		is_int(
		    thread_create(task, &threads[i]), KERN_SUCCESS, "a thread");
	is_int(task_threads(task, &found, &count), KERN_SUCCESS, "of some");
	is_int(count, SOME, "as many as were made");
	for (unsigned i = 0; i < SOME; i++) {
		ok(is_among(threads[i], found, count), "each is among them");
		is_int(space_refs(threads[i], SEND), 2, "as a right more");
	}
	let_go(found, count);
	is_int(thread_terminate(threads[2]), KERN_SUCCESS, "one ends");
	is_int(task_threads(task, &found, &count), KERN_SUCCESS, "then");
	is_int(count, SOME - 1, "there is one less");
	ok(!is_among(threads[2], found, count), "which is not that one");
	let_go(found, count);
	for (unsigned i = 0; i < SOME; i++)
		(void)mach_port_deallocate(self, threads[i]);
	is_int(task_threads(mach_host_self(), &found, &count),
	    KERN_INVALID_TASK, "of no task");
}

static void
test_host_tasks(void)
{
	mach_port_array_t found = NULL;
	mach_msg_type_number_t count = 0;
	mach_msg_type_number_t before;

	is_int(host_tasks(mach_host_self(), &found, &count), KERN_INVALID_HOST,
	    "not for everybody");
	if (priv == MACH_PORT_NULL)
		return;
	is_int(host_tasks(priv, &found, &count), KERN_SUCCESS, "all tasks");
	ok(is_among(task, found, count), "ours is among them");
	ok(is_among(self, found, count), "and we are");
	let_go(found, count);
	before = count;
	(void)task_terminate(task);
	is_int(host_tasks(priv, &found, &count), KERN_SUCCESS, "all tasks");
	is_int(count, before - 1, "one less, when one has ended");
	ok(!is_among(task, found, count), "ours");
	let_go(found, count);
	(void)mach_port_deallocate(self, task);
	is_int(task_create(self, FALSE, &task), KERN_SUCCESS, "another");
}

static void
test_name(void)
{
	static const char longest[] = "a name that is as long as it may";
	kernel_debug_name_t name = "?";
	mach_port_t thread;

	is_int(thread_create(task, &thread), KERN_SUCCESS, "a thread");
	is_int(task_set_name(task, (char *)(uintptr_t) "george"), KERN_SUCCESS,
	    "a name");
	is_int(task_get_name(task, name), KERN_SUCCESS, "what it is called");
	is_str(name, "george", "as said");
	is_int(thread_get_name(thread, name), KERN_SUCCESS, "and its threads");
	is_str(name, "george", "too");
	is_int(task_set_name(task, (char *)(uintptr_t)longest), KERN_SUCCESS,
	    "a long one");
	is_int(task_get_name(task, name), KERN_SUCCESS, "what it is called");
	ok(strncmp(name, longest, strlen(name)) == 0 && strlen(name) == 31,
	    "as much as there is room for");
	is_int(task_get_name(mach_host_self(), name), KERN_INVALID_TASK,
	    "nobody's");
	(void)thread_terminate(thread);
	(void)mach_port_deallocate(self, thread);
}

/* The stamp on what the task sends: only the host's owner sets it. */
static void
test_token(void)
{
	security_token_t token = {{7, 11}};
	security_token_t found = {{0, 0}};
	mach_msg_type_number_t count = TASK_SECURITY_TOKEN_COUNT;

	is_int(task_set_security_token(task, token, mach_host_self()),
	    KERN_INVALID_HOST, "not everybody's");
	is_int(task_set_groups(task, 3, mach_host_self()), KERN_INVALID_HOST,
	    "nor these");
	if (priv == MACH_PORT_NULL)
		return;
	is_int(task_set_security_token(task, token, priv), KERN_SUCCESS,
	    "a token");
	is_int(task_info(task, TASK_SECURITY_TOKEN, (task_info_t)(void *)&found,
		   &count),
	    KERN_SUCCESS, "what it is");
	ok(found.val[0] == 7 && found.val[1] == 11, "as said");
	is_int(task_set_groups(task, 3, priv), KERN_SUCCESS, "groups");
	is_int(task_set_security_token(priv, token, priv), KERN_INVALID_TASK,
	    "of no task");
	is_int(task_set_groups(priv, 3, priv), KERN_INVALID_TASK, "nor these");
}

static void
test_traps(void)
{
	natural_t state[THREAD_STATE_MAX];
	mach_msg_type_number_t count = THREAD_STATE_MAX;
	mach_port_t reply = mach_reply_port();
	mach_port_t thread = mach_thread_self();
	mach_port_t again;
	boolean_t others;

	is_int(space_type(reply), MACH_PORT_TYPE_RECEIVE, "a reply port");
	again = mach_reply_port();
	ok(again != reply && again != MACH_PORT_NULL, "each time another");
	is_int(space_status(again).mps_qlimit, MACH_PORT_QLIMIT_DEFAULT,
	    "a port as others");
	(void)mach_port_destroy(self, reply);
	(void)mach_port_destroy(self, again);
	others = swtch();
	ok(others == FALSE || others == TRUE, "to whom it may concern");
	others = swtch_pri(31);
	ok(others == FALSE || others == TRUE,
	    "even with less of a right to it");
	is_int(thread_set_self_state(99, state, 1), KERN_INVALID_ARGUMENT,
	    "a state there is not");
	is_int(thread_set_self_state(
		   THREAD_STATE_FLOAT, state, THREAD_STATE_MAX + 1),
	    KERN_INVALID_ARGUMENT, "more than there is of any");
	is_int(thread_set_self_state(THREAD_STATE_FLOAT, (void *)8, 4),
	    KERN_INVALID_ADDRESS, "from nowhere");
	is_int(thread_get_state(thread, THREAD_STATE_FLOAT, state, &count),
	    KERN_SUCCESS, "what there is");
	is_int(thread_set_self_state(THREAD_STATE_FLOAT, state, count - 1),
	    KERN_INVALID_ARGUMENT, "not all of it");
	is_int(thread_set_self_state(THREAD_STATE_FLOAT, state, count),
	    KERN_SUCCESS, "all of it");
	(void)mach_port_deallocate(self, thread);
}

int
main(void)
{
	mach_port_t host;
	int names;

	self = mach_task_self();
	host = mach_host_self();
	priv = priv_host();
	is_int(task_create(self, FALSE, &task), KERN_SUCCESS, "a task");
	(void)mach_thread_self();
	names = space_names();
	test_threads();
	test_name();
	test_token();
	test_traps();
	test_host_tasks();
	is_int(space_names(), names, "no name is left");
	(void)mach_port_deallocate(self, host);
	(void)task_terminate(task);
	return test_done();
}
