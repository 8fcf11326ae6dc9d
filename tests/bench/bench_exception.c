/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exceptions: a trap that is not Mach's, to a handler that lets the thread go
 * on; the thread's or the task's, in a thread of the same task or in another.
 */
#include <mach/exception.h>
#include <mach/mig_errors.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>

#include <foreign.h>
#include <libmach/mach.h>

#include "bench.h"

#define REPLY_ID 100 /* more than the request's */

struct request {
	mach_msg_base_t base;
	mach_msg_port_descriptor_t thread;
	mach_msg_port_descriptor_t task;
	char rest[128];
};

static mach_port_t handler;

/* KERN_SUCCESS to all. */
static void
handle(mach_port_t port)
{
	static union {
		struct request request;
		mig_reply_error_t reply;
	} message;
	mach_msg_option_t option = MACH_RCV_MSG;

	while (mach_msg(&message.request.base.header, option,
		   sizeof(message.reply), sizeof(message), port, 0,
		   MACH_PORT_NULL) == MACH_MSG_SUCCESS) {
		mach_msg_header_t *header = &message.reply.Head;

		(void)syscall_mach_port_deallocate(
		    mach_task_self(), message.request.thread.name);
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), message.request.task.name);
		header->msgh_bits =
		    MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0);
		header->msgh_local_port = MACH_PORT_NULL;
		header->msgh_id += REPLY_ID;
		message.reply.NDR = NDR_record;
		message.reply.RetCode = KERN_SUCCESS;
		option = MACH_SEND_MSG | MACH_RCV_MSG;
	}
}

static bool
to_thread_port(void)
{
	return thread_set_exception_ports(mach_thread_self(), EXC_MASK_SYSCALL,
		   handler, EXCEPTION_DEFAULT, 0) == KERN_SUCCESS;
}

static bool
to_task_port(void)
{
	return task_set_exception_ports(mach_task_self(), EXC_MASK_SYSCALL,
		   handler, EXCEPTION_DEFAULT, 0) == KERN_SUCCESS;
}

static bool
thread_port_here(void)
{
	handler = bench_server_thread(handle);
	return to_thread_port();
}

static bool
thread_port_there(void)
{
	handler = bench_server_task(handle);
	return to_thread_port();
}

static bool
task_port_here(void)
{
	handler = bench_server_thread(handle);
	return to_task_port();
}

static bool
task_port_there(void)
{
	handler = bench_server_task(handle);
	return to_task_port();
}

/* Nothing else of this program raises any. */
static void
finish(void)
{
	handler = MACH_PORT_NULL;
	(void)to_thread_port();
	(void)to_task_port();
	bench_server_end();
}

const struct bench_row bench_exception_rows[] = {
    {"exception, thread's port, same task", 1000, 0, foreign_trap,
	thread_port_here, finish, 0},
    {"exception, thread's port, other task", 1000, 0, foreign_trap,
	thread_port_there, finish, 0},
    {"exception, task's port, same task", 1000, 0, foreign_trap, task_port_here,
	finish, 0},
    {"exception, task's port, other task", 1000, 0, foreign_trap,
	task_port_there, finish, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
