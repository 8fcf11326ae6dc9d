/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The traps behind thread_create, thread_create_running and thread_terminate:
 * what they refuse leaves neither thread nor name, and who stands between is
 * asked by message.
 */
#include <mach/thread_act_user.h>
#include <mach/traps.h>

#include <libmach/thread.h>

#include "space.h"
#include "worker.h"

#define NOWHERE ((natural_t *)8)

static mach_port_t thread;
static const char *volatile said; /* by who was started */

static kern_return_t
create(mach_port_t task, const natural_t *state, natural_t count)
{
	thread = MACH_PORT_NULL;
	return syscall_thread_create(
	    task, THREAD_STATE_GENERAL, state, count, &thread);
}

static void
expect_refusals(void)
{
	natural_t state[THREAD_STATE_GENERAL_COUNT] = {0};
	mach_port_t port = space_port_with_send();
	int names = space_names();

	is_int(create(MACH_PORT_NULL, NULL, 0), KERN_INVALID_TASK, "no task");
	is_int(create(port, NULL, 0), KERN_INVALID_TASK, "a port of ours");
	is_int(create(NOBODY, NULL, 0), KERN_INVALID_TASK, "no name");
	is_int(create(self, state, THREAD_STATE_MAX + 1), KERN_INVALID_ARGUMENT,
	    "more than a state has");
	is_int(create(self, state, THREAD_STATE_GENERAL_COUNT - 1),
	    KERN_INVALID_ARGUMENT, "less than this one has");
	is_int(create(self, NOWHERE, THREAD_STATE_GENERAL_COUNT),
	    KERN_INVALID_ADDRESS, "a state nowhere");
	is_int(syscall_thread_create(
		   self, 99, state, THREAD_STATE_GENERAL_COUNT, &thread),
	    KERN_INVALID_ARGUMENT, "a flavour nobody knows");
	is_int(syscall_thread_create(self, 0, NULL, 0, NOWHERE),
	    KERN_INVALID_ADDRESS, "nowhere to say its name");
	is_int(syscall_thread_terminate(port), KERN_INVALID_ARGUMENT,
	    "a port of ours is not ended");
	is_int(syscall_thread_terminate(self), KERN_INVALID_ARGUMENT,
	    "nor is a task");
	is_int(syscall_thread_terminate(NOBODY), KERN_INVALID_ARGUMENT,
	    "nor what is no name");
	is_int(space_names(), names, "no name is left");
	is_int(space_info().thread_count, 1, "no thread");
	(void)mach_port_destroy(self, port);
}

static void
expect_stopped(void)
{
	thread_basic_info_data_t info = {0};
	mach_msg_type_number_t count = THREAD_BASIC_INFO_COUNT;

	is_int(create(self, NULL, 0), KERN_SUCCESS, "one without a state");
	is_int(space_type(thread), MACH_PORT_TYPE_SEND, "has a name");
	(void)thread_info(
	    thread, THREAD_BASIC_INFO, (thread_info_t)&info, &count);
	is_int(info.suspend_count, 1, "and is stopped");
	is_int(syscall_thread_terminate(thread), KERN_SUCCESS, "it ends");
	is_int(space_type(thread), MACH_PORT_TYPE_DEAD_NAME, "and is dead");
	is_int(syscall_thread_terminate(thread), KERN_INVALID_ARGUMENT,
	    "which it is only once");
	is_int(thread_terminate(thread), MACH_SEND_INVALID_DEST,
	    "as the message says");
	(void)mach_port_destroy(self, thread);
}

static void
say(void *what)
{
	said = what;
}

static void
expect_run(void)
{
	static char word[] = "ran";
	struct mach_thread *made;

	is_int(mach_thread_create(&made, say, word, MACH_THREAD_STACK),
	    KERN_SUCCESS, "one with a state");
	mach_thread_join(made);
	is_str(said, word, "runs, and ends itself");
	is_int(space_info().thread_count, 1, "it is no more");
}

static _Thread_local int given = 7;
static _Thread_local int nothing;
static int seen[2];

static void
look(void *unused)
{
	(void)unused;
	seen[0] = given++;
	seen[1] = nothing++;
}

/* A thread's memory is used again, but not what was in it. */
static void
expect_memory(void)
{
	static const vm_size_t sizes[] = {
	    0, 0, 64UL * 1024, 4UL * 1024 * 1024, 0};
	vm_size_t before = 0;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct mach_thread *made;

		is_int(mach_thread_create(&made, look, NULL, sizes[i]),
		    KERN_SUCCESS, "a thread");
		mach_thread_join(made);
		is_int(seen[0], 7, "its variables are new");
		is_int(seen[1], 0, "or zero");
		if (i == 0)
			before = space_memory();
	}
	is_int(space_memory(), before, "no more memory than for the first");
}

static void
expect_limit(void)
{
	task_limits_t limits = {0};
	mach_port_t child = MACH_PORT_NULL;

	(void)task_create(self, FALSE, &child);
	(void)task_get_limits(child, &limits);
	limits.threads = 1;
	(void)task_set_limits(child, limits, MACH_PORT_NULL);
	is_int(create(child, NULL, 0), KERN_SUCCESS, "another task's first");
	(void)mach_port_deallocate(self, thread);
	is_int(create(child, NULL, 0), KERN_NO_SPACE, "is all it may have");
	(void)task_terminate(child);
	is_int(create(child, NULL, 0), KERN_INVALID_TASK, "none when it ended");
	(void)mach_port_destroy(self, child);
}

static kern_return_t
call_between(struct worker *worker)
{
	mach_port_t name;

	return thread_create(worker->port, &name);
}

/* A port of ours in a task's place gets the message. */
static void
expect_between(void)
{
	struct {
		mach_msg_header_t header;
		char rest[256];
	} message;
	struct worker worker = {.call = call_between};

	worker.port = space_port_with_send();
	is_int(worker_start(&worker), true, "who asks in between");
	is_int(mach_msg(&message.header, MACH_RCV_MSG, 0, sizeof(message),
		   worker.port, 0, MACH_PORT_NULL),
	    MACH_MSG_SUCCESS, "sends a message");
	is_int(message.header.msgh_id, 3411, "to create a thread");
	mach_msg_destroy(&message.header);
	is_int(worker_end(&worker), MIG_SERVER_DIED, "which nobody answers");
	(void)mach_port_destroy(self, worker.port);
}

int
main(void)
{
	int names;

	self = mach_task_self();
	expect_between();
	names = space_names();
	expect_refusals();
	expect_stopped();
	expect_run();
	expect_memory();
	expect_limit();
	is_int(space_names(), names, "no name is left over");
	return test_done();
}
