/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A server on a port of its own: in another task, which is this program before
 * it forked, or in a thread of this one.
 */
#include <mach/mach_port_user.h>

#include <libmach/mach.h>
#include <libmach/thread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

/* The first message of a server's task: a send right to its port. */
struct hello {
	mach_msg_base_t base;
	mach_msg_port_descriptor_t port;
	mach_msg_trailer_t trailer;
};

static void (*serve)(mach_port_t port);
static mach_port_t server_port;
static struct mach_thread *thread;
static pid_t task;

static void
run_task(mach_port_t parent)
{
	struct hello hello = {
	    .base =
		{
		    .header =
			{
			    .msgh_bits =
				MACH_MSGH_BITS_COMPLEX |
				MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
			    .msgh_remote_port = parent,
			},
		    .body.msgh_descriptor_count = 1,
		},
	    .port =
		{
		    .name = bench_port(),
		    .disposition = MACH_MSG_TYPE_COPY_SEND,
		    .type = MACH_MSG_PORT_DESCRIPTOR,
		},
	};
	mach_port_t port = hello.port.name;

	if (mach_msg(&hello.base.header, MACH_SEND_MSG,
		offsetof(struct hello, trailer), 0, MACH_PORT_NULL, 0,
		MACH_PORT_NULL) == MACH_MSG_SUCCESS)
		serve(port);
	_exit(1);
}

mach_port_t
bench_server_task(void (*function)(mach_port_t port))
{
	mach_port_t parent = bench_port();
	struct hello hello;

	serve = function;
	task = fork();
	if (task == 0)
		run_task(parent);
	if (task < 0 ||
	    mach_msg(&hello.base.header, MACH_RCV_MSG, 0, sizeof(hello), parent,
		0, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		bench_fail("no server");
	(void)mach_port_destroy(mach_task_self(), parent);
	server_port = hello.port.name;
	return server_port;
}

static void
run_thread(void *unused)
{
	(void)unused;
	serve(server_port);
}

mach_port_t
bench_server_thread(void (*function)(mach_port_t port))
{
	serve = function;
	server_port = bench_port();
	if (mach_thread_create(&thread, run_thread, NULL, MACH_THREAD_STACK) !=
	    KERN_SUCCESS)
		bench_fail("no server");
	return server_port;
}

/* A thread ends when it cannot receive any more. */
void
bench_server_end(void)
{
	if (task > 0) {
		(void)kill(task, SIGKILL);
		(void)waitpid(task, NULL, 0);
	}
	(void)mach_port_destroy(mach_task_self(), server_port);
	if (thread != NULL)
		mach_thread_join(thread);
	task = 0;
	thread = NULL;
}
