/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads and tasks come to their end whatever is done to them on the way:
 * stopped before, stopped after, aborted, resumed.
 */
#include <mach/thread_act_user.h>

#include "space.h"

/* Does the object behind a send right die soon? */
static bool
ends(mach_port_t port)
{
	for (unsigned tries = 0; tries < 100; tries++) {
		if (space_type(port) == MACH_PORT_TYPE_DEAD_NAME)
			return true;
		(void)clock_sleep(1000000);
	}
	return false;
}

static void
test_thread(unsigned suspensions)
{
	mach_port_t thread = MACH_PORT_NULL;
	kern_return_t code;

	is_int(thread_create(self, &thread), KERN_SUCCESS, "a thread");
	for (unsigned i = 0; i < suspensions; i++)
		(void)thread_suspend(thread);
	is_int(thread_terminate(thread), KERN_SUCCESS, "ended");
	code = thread_suspend(thread);
	ok(code == KERN_TERMINATED || code == KERN_INVALID_ARGUMENT ||
		code == MACH_SEND_INVALID_DEST,
	    "then it cannot be stopped");
	(void)thread_abort(thread);
	ok(ends(thread), "it ends");
	(void)mach_port_destroy(self, thread);
}

static void
test_task(void)
{
	mach_port_t task = MACH_PORT_NULL;
	mach_port_t thread = MACH_PORT_NULL;

	is_int(task_create(self, FALSE, &task), KERN_SUCCESS, "a task");
	is_int(thread_create(task, &thread), KERN_SUCCESS, "its thread");
	is_int(thread_terminate(thread), KERN_SUCCESS, "that is ended");
	is_int(task_suspend(task), KERN_SUCCESS, "while the task stops");
	ok(ends(thread), "it ends");
	(void)mach_port_destroy(self, thread);
	is_int(thread_create(task, &thread), KERN_SUCCESS, "another thread");
	is_int(task_terminate(task), KERN_SUCCESS, "the task is ended");
	ok(thread_suspend(thread) != KERN_SUCCESS, "its thread not stopped");
	ok(ends(thread), "the thread ends");
	ok(ends(task), "and the task");
	(void)mach_port_destroy(self, thread);
	(void)mach_port_destroy(self, task);
}

int
main(void)
{
	int names;

	self = mach_task_self();
	test_thread(0);
	names = space_names();
	test_thread(1);
	test_thread(3);
	test_task();
	is_int(space_names(), names, "no name is left");
	is_int(space_info().thread_count, 1, "no thread");
	return test_done();
}
