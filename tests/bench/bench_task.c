/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tasks and threads, without what POSIX adds.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>

#include <libmach/mach.h>
#include <libmach/thread.h>

#include "bench.h"

static void
drop(mach_port_t port)
{
	(void)mach_port_deallocate(mach_task_self(), port);
}

static void
thread_life(void)
{
	mach_port_t thread;

	if (thread_create(mach_task_self(), &thread) != KERN_SUCCESS)
		bench_fail("no thread");
	(void)thread_terminate(thread);
	drop(thread);
}

static mach_port_t port;

static bool
make_port(void)
{
	port = bench_port();
	return true;
}

static void
destroy_port(void)
{
	(void)mach_port_destroy(mach_task_self(), port);
}

struct message {
	mach_msg_header_t header;
	mach_msg_trailer_t trailer;
};

static void
send_one(void *unused)
{
	struct message message = {
	    .header =
		{
		    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
		    .msgh_remote_port = port,
		},
	};

	(void)unused;
	(void)mach_msg(&message.header, MACH_SEND_MSG, sizeof(message.header),
	    0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
}

/* A stack, a thread on it, and its message; its end is not counted. */
static void
first_message(void)
{
	struct mach_thread *thread;
	struct message message;

	if (mach_thread_create(&thread, send_one, NULL, 4 * PAGE) !=
		KERN_SUCCESS ||
	    mach_msg(&message.header, MACH_RCV_MSG, 0, sizeof(message), port, 0,
		MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		bench_fail("no thread");
	bench_pause();
	mach_thread_join(thread);
	bench_resume();
}

static mach_port_t other;

static bool
make_thread(void)
{
	return thread_create(mach_task_self(), &other) == KERN_SUCCESS;
}

static void
destroy_thread(void)
{
	(void)thread_terminate(other);
	drop(other);
}

static void
suspend_resume(void)
{
	(void)thread_suspend(other);
	(void)thread_resume(other);
}

static void
get_state(void)
{
	struct thread_general_state state;
	mach_msg_type_number_t count = THREAD_STATE_GENERAL_COUNT;

	(void)thread_get_state(
	    other, THREAD_STATE_GENERAL, (natural_t *)(void *)&state, &count);
}

static void
task_life(boolean_t inherit)
{
	mach_port_t task;

	if (task_create(mach_task_self(), inherit, &task) != KERN_SUCCESS)
		bench_fail("no task");
	(void)task_terminate(task);
	drop(task);
}

static void
empty_task(void)
{
	task_life(FALSE);
}

static vm_address_t dirty;

static bool
make_dirty(void)
{
	if (syscall_vm_allocate(mach_task_self(), &dirty, MEGA, TRUE) !=
	    KERN_SUCCESS)
		return false;
	for (size_t at = 0; at < MEGA; at += PAGE)
		*(volatile char *)(dirty + at) = 1;
	return true;
}

static void
free_dirty(void)
{
	(void)syscall_vm_deallocate(mach_task_self(), dirty, MEGA);
}

static void
inheriting_task(void)
{
	task_life(TRUE);
}

static void
basic_info(void)
{
	task_basic_info_data_t info;
	mach_msg_type_number_t count = TASK_BASIC_INFO_COUNT;

	(void)task_info(
	    mach_task_self(), TASK_BASIC_INFO, (task_info_t)&info, &count);
}

static void
threads(void)
{
	mach_port_array_t list = NULL;
	mach_msg_type_number_t count = 0;

	(void)task_threads(mach_task_self(), &list, &count);
	for (unsigned i = 0; i < count; i++)
		drop(list[i]);
	bench_free((vm_address_t)list, count * sizeof(*list));
}

static void
special_port(void)
{
	mach_port_t bootstrap = MACH_PORT_NULL;

	(void)task_get_special_port(
	    mach_task_self(), TASK_BOOTSTRAP_PORT, &bootstrap);
	drop(bootstrap);
}

static bool
make_task(void)
{
	return task_create(mach_task_self(), FALSE, &other) == KERN_SUCCESS;
}

static void
destroy_task(void)
{
	(void)task_terminate(other);
	drop(other);
}

static void
task_suspend_resume(void)
{
	(void)task_suspend(other);
	(void)task_resume(other);
}

static void
thread_basic(void)
{
	thread_basic_info_data_t info;
	mach_msg_type_number_t count = THREAD_BASIC_INFO_COUNT;

	(void)thread_info(
	    other, THREAD_BASIC_INFO, (thread_info_t)&info, &count);
}

static void
set_state(void)
{
	static struct thread_general_state state;
	mach_msg_type_number_t count = THREAD_STATE_GENERAL_COUNT;

	(void)thread_set_state(
	    other, THREAD_STATE_GENERAL, (natural_t *)(void *)&state, count);
}

static void
set_policy(void)
{
	(void)thread_policy(other, POLICY_TIMESHARE, 0);
}

const struct bench_row bench_task_rows[] = {
    {"thread_create + terminate", 300, 2500, thread_life, NULL, NULL, 0},
    {"thread create, run, message", 200, 4500, first_message, make_port,
	destroy_port, 0},
    {"thread suspend + resume", 500, 0, suspend_resume, make_thread,
	destroy_thread, 0},
    {"thread_get_state", 500, 0, get_state, make_thread, destroy_thread, 0},
    {"thread_set_state", 500, 0, set_state, make_thread, destroy_thread, 0},
    {"thread_info", 500, 0, thread_basic, make_thread, destroy_thread, 0},
    {"thread_policy", 500, 0, set_policy, make_thread, destroy_thread, 0},
    {"task_create + terminate", 200, 9000, empty_task, NULL, NULL, 0},
    {"task_create, 1 MiB dirty", 100, 14000, inheriting_task, make_dirty,
	free_dirty, 0},
    {"task_info", 500, 0, basic_info, NULL, NULL, 0},
    {"task_threads", 500, 0, threads, NULL, NULL, 0},
    {"task_get_special_port", 500, 0, special_port, NULL, NULL, 0},
    {"task suspend + resume", 500, 0, task_suspend_resume, make_task,
	destroy_task, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
