/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages: calls of a server in another task, which is this program before it
 * forked the client, and in a thread of the same. What the server does with a
 * request its id says.
 */
#include <mach/mach_port_user.h>

#include <libmach/mach.h>
#include <libmach/thread.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#define SMALL 32 /* bytes of a null request and of each reply */
#define MOVED 64 /* regions that wait at the server to be freed */

enum request {
	REQUEST_NULL = 1,
	REQUEST_RIGHT, /* give the right up that came */
	REQUEST_KEEP,  /* keep the memory that came */
	REQUEST_READ,  /* ... and read a word of each page */
	REQUEST_FREE,  /* free all that was kept */
};

struct message {
	mach_msg_header_t header;
	union {
		char bytes[PAGE - sizeof(mach_msg_header_t)];
		struct {
			mach_msg_body_t body;
			mach_msg_port_descriptor_t port;
		} right;
		struct {
			mach_msg_body_t body;
			mach_msg_ool_descriptor_t memory;
		} region;
	};
	mach_msg_trailer_t trailer;
};

#define RIGHT_SIZE                              \
	(offsetof(struct message, right.port) + \
	    sizeof(mach_msg_port_descriptor_t))
#define REGION_SIZE                                \
	(offsetof(struct message, region.memory) + \
	    sizeof(mach_msg_ool_descriptor_t))

static mach_port_t server_port;
static mach_port_t reply_port;
static mach_port_t carried;
static pid_t server;
static vm_address_t kept[MOVED];
static unsigned kept_count;

/* Memory that came, or the end of what came. */
static void
handle_memory(const struct message *message)
{
	vm_address_t start = message->region.memory.address;

	if (message->header.msgh_id == REQUEST_FREE) {
		while (kept_count > 0)
			(void)syscall_vm_deallocate(
			    mach_task_self(), kept[--kept_count], MEGA);
		return;
	}
	kept[kept_count++ % MOVED] = start;
	if (message->header.msgh_id == REQUEST_READ)
		for (size_t at = 0; at < MEGA; at += PAGE)
			(void)*(volatile char *)(start + at);
}

static void
handle(const struct message *message)
{
	if (message->header.msgh_id == REQUEST_RIGHT)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), message->right.port.name);
	else
		handle_memory(message);
}

/* Answers each request with its own header turned round. */
static void
serve(void *unused)
{
	static struct message message;

	(void)unused;
	if (mach_msg(&message.header, MACH_RCV_MSG, 0, sizeof(message),
		server_port, 0, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		return;
	for (;;) {
		if (message.header.msgh_id != REQUEST_NULL)
			handle(&message);
		message.header.msgh_bits =
		    MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0);
		message.header.msgh_local_port = MACH_PORT_NULL;
		if (mach_msg(&message.header, MACH_SEND_MSG | MACH_RCV_MSG,
			SMALL, sizeof(message), server_port, 0,
			MACH_PORT_NULL) != MACH_MSG_SUCCESS)
			return;
	}
}

static inline void
call(struct message *message, mach_msg_bits_t complex, enum request id,
    mach_msg_size_t size)
{
	message->header = (mach_msg_header_t){
	    .msgh_bits = complex | MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
				       MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_size = size,
	    .msgh_remote_port = server_port,
	    .msgh_local_port = reply_port,
	    .msgh_id = id,
	};
	if (mach_msg(&message->header, MACH_SEND_MSG | MACH_RCV_MSG, size,
		sizeof(*message), reply_port, 0,
		MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		bench_fail("no answer");
}

static struct message message;

static void
null_rpc(void)
{
	call(&message, 0, REQUEST_NULL, SMALL);
}

static void
page_rpc(void)
{
	call(&message, 0, REQUEST_NULL, PAGE);
}

static void
kilobyte_rpc(void)
{
	call(&message, 0, REQUEST_NULL, 1024);
}

static void
right_rpc(void)
{
	message.right.body.msgh_descriptor_count = 1;
	message.right.port = (mach_msg_port_descriptor_t){
	    .name = carried,
	    .disposition = MACH_MSG_TYPE_COPY_SEND,
	    .type = MACH_MSG_PORT_DESCRIPTOR,
	};
	call(&message, MACH_MSGH_BITS_COMPLEX, REQUEST_RIGHT, RIGHT_SIZE);
}

/* A MiB with something in every page goes to the server and stays there. */
static void
move_memory(enum request id)
{
	static unsigned sent;
	vm_address_t region = 0;

	bench_pause();
	if (++sent % MOVED == 0)
		call(&message, 0, REQUEST_FREE, SMALL);
	if (syscall_vm_allocate(mach_task_self(), &region, MEGA, TRUE) !=
	    KERN_SUCCESS)
		bench_fail("no memory");
	for (size_t at = 0; at < MEGA; at += PAGE)
		*(volatile char *)(region + at) = 1;
	bench_resume();
	message.region.body.msgh_descriptor_count = 1;
	message.region.memory = (mach_msg_ool_descriptor_t){
	    .address = region,
	    .deallocate = TRUE,
	    .copy = MACH_MSG_VIRTUAL_COPY,
	    .type = MACH_MSG_OOL_DESCRIPTOR,
	    .size = MEGA,
	};
	call(&message, MACH_MSGH_BITS_COMPLEX, id, REGION_SIZE);
}

static void
moved_rpc(void)
{
	move_memory(REQUEST_KEEP);
}

static void
moved_and_read_rpc(void)
{
	move_memory(REQUEST_READ);
}

/* With nobody who receives: into the queue and out of it. */
static void
send_to_self(void)
{
	message.header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
	    .msgh_remote_port = carried,
	};
	if (mach_msg(&message.header, MACH_SEND_MSG | MACH_RCV_MSG, SMALL,
		sizeof(message), carried, 0,
		MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		bench_fail("a message did not arrive");
}

/*
 * The server is a child: it waits for requests on a port of its own, whose send
 * right comes in the first message.
 */
static void
run_server(mach_port_t parent)
{
	struct message hello = {
	    .header =
		{
		    .msgh_bits = MACH_MSGH_BITS_COMPLEX |
				 MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
		    .msgh_remote_port = parent,
		},
	};

	server_port = bench_port();
	hello.right.body.msgh_descriptor_count = 1;
	hello.right.port = (mach_msg_port_descriptor_t){
	    .name = server_port,
	    .disposition = MACH_MSG_TYPE_COPY_SEND,
	    .type = MACH_MSG_PORT_DESCRIPTOR,
	};
	if (mach_msg(&hello.header, MACH_SEND_MSG, RIGHT_SIZE, 0,
		MACH_PORT_NULL, 0, MACH_PORT_NULL) == MACH_MSG_SUCCESS)
		serve(NULL);
	_exit(1);
}

static bool
start_task(void)
{
	carried = bench_port();
	server = fork();
	if (server < 0)
		return false;
	if (server == 0)
		run_server(carried);
	if (mach_msg(&message.header, MACH_RCV_MSG, 0, sizeof(message), carried,
		0, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		return false;
	server_port = message.right.port.name;
	reply_port = mach_reply_port();
	return true;
}

/* The server's receive right goes with it, and ours here. */
static void
stop_task(void)
{
	(void)kill(server, SIGKILL);
	(void)waitpid(server, NULL, 0);
	(void)mach_port_destroy(mach_task_self(), server_port);
	(void)mach_port_destroy(mach_task_self(), reply_port);
	(void)mach_port_destroy(mach_task_self(), carried);
}

static struct mach_thread *thread;

static bool
start_thread(void)
{
	server_port = bench_port();
	reply_port = mach_reply_port();
	return mach_thread_create(&thread, serve, NULL, MACH_THREAD_STACK) ==
	       KERN_SUCCESS;
}

/* It ends when it cannot receive any more. */
static void
stop_thread(void)
{
	(void)mach_port_destroy(mach_task_self(), server_port);
	mach_thread_join(thread);
	(void)mach_port_destroy(mach_task_self(), reply_port);
}

/* A name among many. */
#define MANY 1000

static mach_port_t many[MANY];

static bool
start_among_many(void)
{
	for (unsigned i = 0; i < MANY; i++)
		many[i] = mach_reply_port();
	return start_task();
}

static void
stop_among_many(void)
{
	stop_task();
	for (unsigned i = 0; i < MANY; i++)
		(void)mach_port_destroy(mach_task_self(), many[i]);
}

static bool
make_port(void)
{
	carried = bench_port();
	return true;
}

static void
destroy_port(void)
{
	(void)mach_port_destroy(mach_task_self(), carried);
}

const struct bench_row bench_rpc_rows[] = {
    {"null RPC, two tasks", 2000, 500, null_rpc, start_task, stop_task, 0},
    {"null RPC, two threads", 2000, 470, null_rpc, start_thread, stop_thread,
	0},
    {"null RPC, 1000 more names", 2000, 0, null_rpc, start_among_many,
	stop_among_many, 0},
    {"RPC, one port right", 1000, 900, right_rpc, start_task, stop_task, 0},
    {"RPC, 1 KiB inline", 1000, 0, kilobyte_rpc, start_task, stop_task, 0},
    {"RPC, 4 KiB inline", 1000, 1500, page_rpc, start_task, stop_task, 0},
    {"RPC, 1 MiB moved", 200, 2000, moved_rpc, start_task, stop_task, 0},
    {"RPC, 1 MiB moved and read, a page", 100, 350, moved_and_read_rpc,
	start_task, stop_task, MEGA / PAGE},
    {"message queued + received", 1000, 0, send_to_self, make_port,
	destroy_port, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
