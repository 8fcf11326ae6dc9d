/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages: calls of a server in another task, which is this program before it
 * forked the client, and in a thread of the same. What the server does with a
 * request its id says.
 */
#include <mach/mach_port_user.h>

#include <libmach/mach.h>

#include "bench.h"

#define SMALL       32 /* bytes of a null request and of each reply */
#define MOVED       64 /* regions that wait at the server to be freed */
#define SET_MEMBERS 10 /* of the server's set, besides its port */

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
serve(mach_port_t port)
{
	static struct message message;

	if (mach_msg(&message.header, MACH_RCV_MSG, 0, sizeof(message), port, 0,
		MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		return;
	for (;;) {
		if (message.header.msgh_id != REQUEST_NULL)
			handle(&message);
		message.header.msgh_bits =
		    MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0);
		message.header.msgh_local_port = MACH_PORT_NULL;
		if (mach_msg(&message.header, MACH_SEND_MSG | MACH_RCV_MSG,
			SMALL, sizeof(message), port, 0,
			MACH_PORT_NULL) != MACH_MSG_SUCCESS)
			return;
	}
}

static void
serve_set(mach_port_t port)
{
	mach_port_t set = MACH_PORT_NULL;

	(void)mach_port_allocate(
	    mach_task_self(), MACH_PORT_RIGHT_PORT_SET, &set);
	(void)mach_port_move_member(mach_task_self(), port, set);
	for (unsigned i = 0; i < SET_MEMBERS; i++)
		(void)mach_port_move_member(
		    mach_task_self(), mach_reply_port(), set);
	serve(set);
}

/* Takes what comes, and says nothing. */
static void
listen(mach_port_t port)
{
	static struct message message;

	while (mach_msg(&message.header, MACH_RCV_MSG, 0, sizeof(message), port,
		   0, MACH_PORT_NULL) == MACH_MSG_SUCCESS)
		continue;
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

static bool
start_task(void)
{
	carried = bench_port();
	server_port = bench_server_task(serve);
	reply_port = mach_reply_port();
	return true;
}

static void
stop(void)
{
	bench_server_end();
	(void)mach_port_destroy(mach_task_self(), reply_port);
	(void)mach_port_destroy(mach_task_self(), carried);
}

static bool
start_thread(void)
{
	carried = bench_port();
	server_port = bench_server_thread(serve);
	reply_port = mach_reply_port();
	return true;
}

/* Known by another name than the first. */
static bool
start_renamed(void)
{
	mach_port_t other;

	(void)start_task();
	other = server_port + (1000U << 8);
	if (mach_port_rename(mach_task_self(), server_port, other) !=
	    KERN_SUCCESS)
		return false;
	server_port = other;
	return true;
}

static void
stop_renamed(void)
{
	(void)mach_port_destroy(mach_task_self(), server_port);
	stop();
}

/* A server of many ports in a set. */
static bool
start_set(void)
{
	carried = bench_port();
	server_port = bench_server_task(serve_set);
	reply_port = mach_reply_port();
	return true;
}

/* A name among many. */
#define MANY 1000

static mach_port_t many[MANY];

static bool
start_among(unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		many[i] = mach_reply_port();
	return start_task();
}

static bool
start_among_hundred(void)
{
	return start_among(100);
}

static bool
start_among_many(void)
{
	return start_among(MANY);
}

static void
stop_among_many(void)
{
	stop();
	for (unsigned i = 0; i < MANY; i++) {
		if (many[i] != MACH_PORT_NULL)
			(void)mach_port_destroy(mach_task_self(), many[i]);
		many[i] = MACH_PORT_NULL;
	}
}

static bool
start_listener(void)
{
	carried = bench_port();
	server_port = bench_server_task(listen);
	reply_port = mach_reply_port();
	return true;
}

/* To somebody who waits for it, and the processor is his until he waits again.
 */
static void
send_to_listener(void)
{
	message.header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
	    .msgh_remote_port = server_port,
	};
	if (mach_msg(&message.header, MACH_SEND_MSG, SMALL, 0, MACH_PORT_NULL,
		0, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		bench_fail("a message was not sent");
	(void)thread_switch(MACH_PORT_NULL, SWITCH_OPTION_NONE, 0);
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
    {"null RPC, two tasks", 2000, 500, null_rpc, start_task, stop, 0},
    {"null RPC, two threads", 2000, 470, null_rpc, start_thread, stop, 0},
    {"null RPC, renamed port", 2000, 0, null_rpc, start_renamed, stop_renamed,
	0},
    {"null RPC, port in a set", 2000, 0, null_rpc, start_set, stop, 0},
    {"null RPC, 100 more names", 2000, 0, null_rpc, start_among_hundred,
	stop_among_many, 0},
    {"null RPC, 1000 more names", 2000, 0, null_rpc, start_among_many,
	stop_among_many, 0},
    {"RPC, one port right", 1000, 900, right_rpc, start_task, stop, 0},
    {"RPC, 1 KiB inline", 1000, 0, kilobyte_rpc, start_task, stop, 0},
    {"RPC, 4 KiB inline", 1000, 1500, page_rpc, start_task, stop, 0},
    {"RPC, 1 MiB moved", 200, 2000, moved_rpc, start_task, stop, 0},
    {"RPC, 1 MiB moved and read, a page", 100, 350, moved_and_read_rpc,
	start_task, stop, MEGA / PAGE},
    {"message to who waits, and switch", 1000, 0, send_to_listener,
	start_listener, stop, 0},
    {"message queued + received", 1000, 0, send_to_self, make_port,
	destroy_port, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
