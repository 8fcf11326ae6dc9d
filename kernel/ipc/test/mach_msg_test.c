/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mach_msg trap: every error of send and receive that has no body, queue
 * limits, time-outs, sets, interruption, trailers, order.
 */
#include <mach/notify.h>

#include <kern/traps.h>

#include "../../arch/host/user.h"
#include "ipc_host.h"

#define SPACE (current_task()->space)

#define POLL  (MACH_RCV_MSG | MACH_RCV_TIMEOUT)

static mach_msg_header_t *
head(mach_msg_bits_t bits, mach_port_name_t remote, mach_port_name_t local)
{
	mach_msg_header_t *header = host_buffer;

	*header = (mach_msg_header_t){.msgh_bits = bits,
	    .msgh_remote_port = remote,
	    .msgh_local_port = local,
	    .msgh_id = 5};
	return header;
}

/* Send what head() made. */
static mach_msg_return_t
send(mach_msg_size_t size)
{
	return host_msg(
	    host_buffer, MACH_SEND_MSG | MACH_SEND_TIMEOUT, size, 0, 0, 0);
}

static void
test_send_errors(void)
{
	mach_port_name_t port = host_port();
	mach_port_name_t once;
	mach_msg_type_name_t type;
	mach_port_t handle;
	mach_msg_bits_t make = MACH_MSG_TYPE_MAKE_SEND;

	head(make, port, 0);
	is_int(send(20), MACH_SEND_MSG_TOO_SMALL, "less than a header");
	is_int(send(26), MACH_SEND_MSG_TOO_SMALL, "not a multiple of 4");
	is_int(send(MACH_MSG_SIZE_MAX + 4), MACH_SEND_NO_BUFFER, "too much");
	is_int(send(0xfffffffc), MACH_SEND_NO_BUFFER, "absurdly much");
	is_int(host_msg((void *)64, MACH_SEND_MSG, 24, 0, 0, 0),
	    MACH_SEND_INVALID_DATA, "from nowhere");
	is_int(host_msg((void *)-32L, MACH_SEND_MSG, 24, 0, 0, 0),
	    MACH_SEND_INVALID_DATA, "from the end of the address space");
	head(make | 0x00800000, port, 0);
	is_int(send(24), MACH_SEND_INVALID_HEADER, "unknown bits");
	head(make | MACH_MSGH_BITS_CIRCULAR, port, 0);
	is_int(send(24), MACH_SEND_INVALID_HEADER, "the kernel's bit");
	head(MACH_MSG_TYPE_MOVE_RECEIVE, port, 0);
	is_int(send(24), MACH_SEND_INVALID_HEADER, "no send disposition");
	head(make, port, port);
	is_int(send(24), MACH_SEND_INVALID_HEADER, "reply without type");
	head(MACH_MSGH_BITS(make, MACH_MSG_TYPE_MOVE_RECEIVE), port, port);
	is_int(send(24), MACH_SEND_INVALID_HEADER, "receive right as reply");
	head(make, 0, 0);
	is_int(send(24), MACH_SEND_INVALID_DEST, "to null");
	head(make, MACH_PORT_DEAD, 0);
	is_int(send(24), MACH_SEND_INVALID_DEST, "to dead");
	head(make, 0x12345601, 0);
	is_int(send(24), MACH_SEND_INVALID_DEST, "to no name");
	head(MACH_MSG_TYPE_COPY_SEND, port, 0);
	is_int(send(24), MACH_SEND_INVALID_DEST, "without a send right");
	head(MACH_MSGH_BITS(make, MACH_MSG_TYPE_COPY_SEND), port, port);
	is_int(send(24), MACH_SEND_INVALID_REPLY, "reply without right");
	head(MACH_MSGH_BITS(make, MACH_MSG_TYPE_COPY_SEND), port, 0x7701);
	is_int(send(24), MACH_SEND_INVALID_REPLY, "reply without name");
	is_int(host_msg(
		   host_buffer, MACH_SEND_MSG | MACH_SEND_NOTIFY, 24, 0, 0, 0),
	    MACH_SEND_INVALID_NOTIFY, "send-possible is not offered");

	(void)host_give_send(port, current_task());
	head(MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_MOVE_SEND),
	    port, port);
	is_int(send(24), MACH_SEND_INVALID_REPLY, "one reference moved twice");
	is_int(host_refs(port, MACH_PORT_RIGHT_SEND), 1, "nothing moved");
	head(MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND, MACH_MSG_TYPE_COPY_SEND),
	    port, port);
	is_int(send(24), MACH_MSG_SUCCESS, "copied, then moved");
	is_int(host_refs(port, MACH_PORT_RIGHT_SEND), 0, "it moved");
	is_int(host_receive(port), 5, "it comes");
	is_int(host_refs(port, MACH_PORT_RIGHT_SEND), 1, "the copy with it");
	(void)mach_port_extract_right(
	    SPACE, port, MACH_MSG_TYPE_MAKE_SEND_ONCE, &handle, &type);
	(void)ipc_right_copyout(SPACE, handle, type, &once);
	head(MACH_MSGH_BITS(
		 MACH_MSG_TYPE_MOVE_SEND_ONCE, MACH_MSG_TYPE_MOVE_SEND_ONCE),
	    once, once);
	is_int(send(24), MACH_SEND_INVALID_REPLY, "send-once twice");
	(void)mach_port_destroy(SPACE, port);
	head(MACH_MSG_TYPE_MOVE_SEND_ONCE, once, 0);
	is_int(send(24), MACH_SEND_INVALID_DEST, "to a dead name");
	is_int(host_type(once), MACH_PORT_TYPE_DEAD_NAME, "which it keeps");
}

static void
test_receive_errors(void)
{
	mach_port_name_t port = host_port();
	mach_port_name_t set;
	mach_msg_header_t *header = host_buffer;

	is_int(host_receive(0), MACH_RCV_INVALID_NAME, "from null");
	is_int(host_receive(port + 1), MACH_RCV_INVALID_NAME, "stale name");
	is_int(host_receive(port), MACH_RCV_TIMED_OUT, "nothing there");
	is_int(host_msg(host_buffer, POLL | MACH_RCV_NOTIFY, 0, 100, port, 0),
	    MACH_RCV_INVALID_NOTIFY, "notify is not offered");
	is_int(
	    host_msg(host_buffer, POLL | MACH_RCV_OVERWRITE, 101, 100, port, 0),
	    MACH_RCV_INVALID_DATA, "a list beyond the buffer");
	(void)host_send(port, MACH_MSG_TYPE_MAKE_SEND, 9);
	is_int(host_msg(host_buffer, POLL | MACH_RCV_LARGE, 0, 23, port, 0),
	    MACH_RCV_TOO_LARGE, "too large, and kept");
	is_int(header->msgh_size, 24, "the size it needs");
	is_int(host_msg((void *)8, POLL | MACH_RCV_LARGE, 0, 23, port, 0),
	    MACH_RCV_INVALID_DATA, "the size has nowhere to go");
	is_int(host_msg(host_buffer, POLL, 0, 0, port, 0), MACH_RCV_TOO_LARGE,
	    "too large, and lost");
	is_int(host_receive(port), MACH_RCV_TIMED_OUT, "it is gone");
	(void)host_send(port, MACH_MSG_TYPE_MAKE_SEND, 9);
	is_int(host_msg((void *)8, POLL, 0, 100, port, 0),
	    MACH_RCV_INVALID_DATA, "nowhere to put it");
	(void)mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &set);
	(void)mach_port_move_member(SPACE, port, set);
	is_int(host_receive(port), MACH_RCV_IN_SET, "it is in a set");
	is_int(host_receive(set), MACH_RCV_TIMED_OUT, "an empty set");
}

/* A reply right that cannot be written to the receiver is taken back. */
static void
test_undo(void)
{
	mach_port_name_t port = host_port();
	mach_port_name_t reply = host_port();

	head(MACH_MSGH_BITS(
		 MACH_MSG_TYPE_MAKE_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    port, reply);
	is_int(send(24), MACH_MSG_SUCCESS, "with a reply right");
	is_int(host_msg((void *)8, POLL, 0, 100, port, 0),
	    MACH_RCV_INVALID_DATA, "which is not received");
	is_int(host_receive(reply), 71, "but not lost in silence");
}

static void
test_queue_limit(void)
{
	mach_port_name_t port = host_port();
	mach_port_status_t status;

	for (int i = 0; i < 5; i++)
		is_int(host_send(port, MACH_MSG_TYPE_MAKE_SEND, i),
		    MACH_MSG_SUCCESS, "room for five");
	is_int(host_send(port, MACH_MSG_TYPE_MAKE_SEND, 5), MACH_SEND_TIMED_OUT,
	    "the sixth does not wait");
	is_int(host_type(port), MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_SEND,
	    "the right it made is the sender's now");
	is_int(host_send(port, MACH_MSG_TYPE_MAKE_SEND_ONCE, 6),
	    MACH_MSG_SUCCESS, "send-once rights pass");
	(void)mach_port_get_receive_status(SPACE, port, &status);
	is_int(status.mps_msgcount, 6, "six are queued");
	for (int i = 0; i < 5; i++)
		is_int(host_receive(port), i, "in order");
	is_int(host_receive(port), 6, "and the last");
}

struct exchange {
	mach_port_name_t port;
	mach_msg_option_t option;
	mach_msg_size_t size;
	mach_msg_timeout_t timeout;
	void *buffer;
	mach_msg_return_t result;
};

static void
receiver(void *argument)
{
	struct exchange *x = argument;

	x->result = host_msg(x->buffer, MACH_RCV_MSG | x->option, 0, x->size,
	    x->port, x->timeout);
}

static void
sender(void *argument)
{
	struct exchange *x = argument;

	x->result = host_msg(
	    x->buffer, MACH_SEND_MSG | x->option, 24, 0, 0, x->timeout);
}

static struct exchange *
exchange(struct exchange *x, mach_port_name_t port, mach_msg_size_t size)
{
	*x = (struct exchange){.port = port,
	    .size = size,
	    .buffer = host_user_alloc(4096),
	    .result = -1};
	return x;
}

static int
id_of(const struct exchange *x)
{
	return ((const mach_msg_header_t *)x->buffer)->msgh_id;
}

static void
test_wait_receive(void)
{
	mach_port_name_t port = host_port();
	struct exchange a, b;
	struct host_thread *first, *second;

	first = host_spawn(current_task(), receiver, exchange(&a, port, 100));
	second = host_spawn(current_task(), receiver, exchange(&b, port, 100));
	host_run();
	ok(!host_done(first) && !host_done(second), "both wait");
	(void)host_send(port, MACH_MSG_TYPE_MAKE_SEND, 1);
	(void)host_send(port, MACH_MSG_TYPE_MAKE_SEND, 2);
	is_int(a.result, -1, "they get it when they run");
	host_run();
	ok(host_done(first) && host_done(second), "both are served");
	ok(id_of(&a) == 1 && id_of(&b) == 2, "first come, first served");
	host_join(first);
	host_join(second);

	exchange(&a, port, 20)->option = MACH_RCV_LARGE;
	first = host_spawn(current_task(), receiver, &a);
	second = host_spawn(current_task(), receiver, exchange(&b, port, 100));
	host_run();
	(void)host_send(port, MACH_MSG_TYPE_MAKE_SEND, 3);
	host_run();
	is_int(a.result, MACH_RCV_TOO_LARGE, "the small one is told");
	is_int(b.result, MACH_MSG_SUCCESS, "the next one gets it");
	host_join(first);
	host_join(second);

	first = host_spawn(current_task(), receiver, exchange(&a, port, 20));
	host_run();
	(void)host_send(port, MACH_MSG_TYPE_MAKE_SEND, 4);
	host_run();
	is_int(a.result, MACH_RCV_TOO_LARGE, "without LARGE");
	is_int(host_receive(port), MACH_RCV_TIMED_OUT, "the message is lost");
	host_join(first);
}

static void
test_wait_ends(void)
{
	mach_port_name_t port = host_port();
	mach_port_name_t set;
	struct exchange x;
	struct host_thread *thread;

	exchange(&x, port, 100)->option = MACH_RCV_TIMEOUT;
	x.timeout = 10;
	thread = host_spawn(current_task(), receiver, &x);
	host_run();
	host_advance(9);
	ok(!host_done(thread), "9 ms are not 10");
	host_advance(1);
	is_int(x.result, MACH_RCV_TIMED_OUT, "timed out");
	host_join(thread);

	thread = host_spawn(current_task(), receiver, exchange(&x, port, 100));
	host_run();
	host_abort(thread);
	is_int(x.result, MACH_RCV_INTERRUPTED, "interrupted");
	host_join(thread);

	(void)mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &set);
	thread = host_spawn(current_task(), receiver, exchange(&x, port, 100));
	host_run();
	(void)mach_port_move_member(SPACE, port, set);
	host_run();
	is_int(x.result, MACH_RCV_PORT_CHANGED, "moved into a set");
	host_join(thread);

	thread = host_spawn(current_task(), receiver, exchange(&x, set, 100));
	host_run();
	(void)mach_port_destroy(SPACE, set);
	host_run();
	is_int(x.result, MACH_RCV_PORT_DIED, "the set died");
	host_join(thread);

	thread = host_spawn(current_task(), receiver, exchange(&x, port, 100));
	host_run();
	(void)mach_port_destroy(SPACE, port);
	host_run();
	is_int(x.result, MACH_RCV_PORT_DIED, "the port died");
	host_join(thread);
}

static void
test_wait_send(void)
{
	mach_port_name_t port = host_port();
	struct exchange x[3];
	struct host_thread *thread[3];

	(void)host_give_send(port, current_task());
	(void)mach_port_set_qlimit(SPACE, port, 1);
	(void)host_send(port, MACH_MSG_TYPE_COPY_SEND, 0);
	for (int i = 0; i < 3; i++) {
		mach_msg_header_t *header;

		header = exchange(&x[i], port, 0)->buffer;
		*header =
		    (mach_msg_header_t){.msgh_bits = MACH_MSG_TYPE_COPY_SEND,
			.msgh_remote_port = port,
			.msgh_id = i + 1};
		if (i == 1) {
			x[i].option = MACH_SEND_TIMEOUT;
			x[i].timeout = 5;
		}
		thread[i] = host_spawn(current_task(), sender, &x[i]);
		host_run();
		ok(!host_done(thread[i]), "a full queue holds senders up");
	}
	host_advance(5);
	is_int(x[1].result, MACH_SEND_TIMED_OUT, "one does not want to wait");
	is_int(host_receive(port), 0, "room");
	host_run();
	is_int(x[0].result, MACH_MSG_SUCCESS, "lets the first in");
	ok(!host_done(thread[2]), "only that");
	host_abort(thread[2]);
	is_int(x[2].result, MACH_SEND_INTERRUPTED, "interrupted");
	is_int(host_receive(port), 1, "its message was there");
	is_int(host_receive(port), MACH_RCV_TIMED_OUT, "no other was");
	is_int(host_refs(port, MACH_PORT_RIGHT_SEND), 3,
	    "who did not get in got the right back");
	for (int i = 0; i < 3; i++)
		host_join(thread[i]);

	(void)host_send(port, MACH_MSG_TYPE_COPY_SEND, 0);
	x[0].result = -1;
	thread[0] = host_spawn(current_task(), sender, &x[0]);
	host_run();
	(void)mach_port_mod_refs(SPACE, port, MACH_PORT_RIGHT_RECEIVE, -1);
	ipc_reap();
	host_run();
	is_int(x[0].result, MACH_MSG_SUCCESS, "to a port that dies: sent");
	host_join(thread[0]);
}

static void
test_set(void)
{
	mach_port_name_t set;
	mach_port_name_t port[3];
	mach_msg_header_t *header = host_buffer;
	struct exchange x;
	struct host_thread *thread;

	(void)mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &set);
	for (int i = 0; i < 3; i++)
		port[i] = host_port();
	(void)host_send(port[0], MACH_MSG_TYPE_MAKE_SEND, 10);
	for (int i = 0; i < 3; i++)
		(void)mach_port_move_member(SPACE, port[i], set);
	(void)host_send(port[0], MACH_MSG_TYPE_MAKE_SEND, 11);
	(void)host_send(port[2], MACH_MSG_TYPE_MAKE_SEND, 12);
	is_int(host_receive(set), 10, "queued before it joined");
	is_int(header->msgh_local_port, port[0], "says which port");
	is_int(host_receive(set), 12, "members take turns");
	is_int(host_receive(set), 11, "then the first again");
	is_int(host_receive(set), MACH_RCV_TIMED_OUT, "all");
	thread = host_spawn(current_task(), receiver, exchange(&x, set, 100));
	host_run();
	(void)host_send(port[1], MACH_MSG_TYPE_MAKE_SEND, 13);
	host_run();
	is_int(id_of(&x), 13, "a waiting receiver");
	host_join(thread);
	thread = host_spawn(current_task(), receiver, exchange(&x, set, 100));
	(void)mach_port_move_member(SPACE, port[1], MACH_PORT_NULL);
	(void)host_send(port[1], MACH_MSG_TYPE_MAKE_SEND, 14);
	host_run();
	(void)mach_port_move_member(SPACE, port[1], set);
	host_run();
	is_int(id_of(&x), 14, "joining with a message serves it");
	host_join(thread);
	(void)host_send(port[1], MACH_MSG_TYPE_MAKE_SEND, 15);
	(void)mach_port_move_member(SPACE, port[1], MACH_PORT_NULL);
	is_int(host_receive(set), MACH_RCV_TIMED_OUT, "taken along");
	is_int(host_receive(port[1]), 15, "by the port that left");
}

static void
test_trailer(void)
{
	mach_port_name_t port = host_port();
	mach_msg_header_t *header = host_buffer;
	mach_msg_max_trailer_t *trailer = (void *)(header + 1);
	mach_msg_option_t want =
	    POLL | MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_SENDER);

	(void)mach_port_set_seqno(SPACE, port, 77);
	(void)host_send(port, MACH_MSG_TYPE_MAKE_SEND, 1);
	(void)host_send(port, MACH_MSG_TYPE_MAKE_SEND, 1);
	is_int(host_msg(header, want | MACH_RCV_LARGE, 0, 40, port, 0),
	    MACH_RCV_TOO_LARGE, "the trailer needs room too");
	is_int(host_msg(header, want, 0, 44, port, 0), MACH_MSG_SUCCESS,
	    "just enough");
	ok(trailer->msgh_trailer_type == 0 && trailer->msgh_trailer_size == 20,
	    "trailer of the size asked for");
	is_int(trailer->msgh_seqno, 77, "sequence number");
	ok(trailer->msgh_sender.val[0] == 1000 &&
		trailer->msgh_sender.val[1] == 100,
	    "the sender's token");
	(void)host_msg(header, want, 0, 44, port, 0);
	is_int(trailer->msgh_seqno, 78, "counts");
}

/* Client and server, request and reply in one trap each. */
static mach_port_name_t service;

/* Its buffer is nowhere; then it asks for the sender too. */
static void
poor_server(void *argument)
{
	mach_msg_header_t *header = host_user_alloc(4096);
	const mach_msg_max_trailer_t *trailer = (void *)(header + 1);
	mach_port_name_t name = *(mach_port_name_t *)argument;
	mach_msg_return_t mr;

	mr = host_msg((void *)8, MACH_RCV_MSG, 0, 4096, name, 0);
	is_int(mr, MACH_RCV_INVALID_DATA, "the message cannot be had");
	mr = host_msg(header,
	    MACH_RCV_MSG | MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_SENDER),
	    0, 4096, name, 0);
	is_int(mr, MACH_MSG_SUCCESS, "the next one can");
	is_int(trailer->msgh_seqno, 1, "with its number");
	ok(trailer->msgh_sender.val[0] == 1000, "and its sender");
	(void)mach_port_deallocate(
	    current_task()->space, header->msgh_remote_port);
}

/* What comes for an answer when there is none. */
static void
poor_client(void *argument)
{
	mach_msg_header_t *header = host_user_alloc(4096);
	mach_port_name_t reply = (mach_port_name_t)trap_mach_reply_port();
	mach_msg_id_t *answer = argument;

	for (int i = 0; i < 2; i++) {
		*header = (mach_msg_header_t){
		    .msgh_bits = MACH_MSGH_BITS(
			MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
		    .msgh_remote_port = service,
		    .msgh_local_port = reply};
		(void)host_msg(header, MACH_SEND_MSG | MACH_RCV_MSG,
		    sizeof(*header), 4096, reply, 0);
		answer[i] = header->msgh_id;
	}
	(void)mach_port_destroy(current_task()->space, reply);
}

static void
server(void *argument)
{
	mach_msg_header_t *header = host_user_alloc(4096);
	mach_port_name_t name = *(mach_port_name_t *)argument;
	mach_msg_return_t mr;

	mr = host_msg(header, MACH_RCV_MSG, 0, 4096, name, 0);
	for (int i = 0; i < 3 && mr == MACH_MSG_SUCCESS; i++) {
		header->msgh_bits = MACH_MSGH_BITS_REMOTE(header->msgh_bits);
		header->msgh_local_port = MACH_PORT_NULL;
		header->msgh_id += 100;
		mr = host_msg(header, MACH_SEND_MSG | MACH_RCV_MSG,
		    header->msgh_size, 4096, name, 0);
	}
}

static void
client(void *argument)
{
	uint32_t *words = host_user_alloc(4096);
	mach_msg_header_t *header = (void *)words;
	mach_port_name_t reply = (mach_port_name_t)trap_mach_reply_port();
	int *good = argument;

	for (uint32_t i = 0; i < 3; i++) {
		*header = (mach_msg_header_t){
		    .msgh_bits = MACH_MSGH_BITS(
			MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
		    .msgh_remote_port = service,
		    .msgh_local_port = reply,
		    .msgh_id = 3};
		words[6] = i;
		words[7] = ~i;
		if (host_msg(header, MACH_SEND_MSG | MACH_RCV_MSG, 32, 4096,
			reply, 0) == MACH_MSG_SUCCESS &&
		    header->msgh_id == 103 && words[6] == i && words[7] == ~i &&
		    header->msgh_size == 32 &&
		    header->msgh_local_port == reply &&
		    header->msgh_remote_port == MACH_PORT_NULL &&
		    header->msgh_bits ==
			MACH_MSGH_BITS(0, MACH_MSG_TYPE_PORT_SEND_ONCE))
			++*good;
	}
	(void)mach_port_destroy(current_task()->space, reply);
}

/* A message that carries one port. */
struct carrier {
	mach_msg_header_t header;
	mach_msg_body_t body;
	mach_msg_port_descriptor_t port;
};

static void
load(struct carrier *message, mach_port_name_t name,
    mach_msg_type_name_t disposition)
{
	message->header.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	message->body.msgh_descriptor_count = 1;
	message->port = (mach_msg_port_descriptor_t){.name = name,
	    .pad1 = 77,
	    .disposition = (uint8_t)disposition,
	    .type = MACH_MSG_PORT_DESCRIPTOR};
}

/* Gives back what it is given; the last request it cannot take. */
static void
carrying_server(void *argument)
{
	struct carrier *message = host_user_alloc(4096);
	mach_port_name_t name = *(mach_port_name_t *)argument;
	mach_msg_header_t *header = &message->header;

	is_int(host_msg(header, MACH_RCV_MSG, 0, 4096, name, 0),
	    MACH_MSG_SUCCESS, "a request");
	ok(message->port.disposition == MACH_MSG_TYPE_PORT_SEND &&
		message->port.pad1 == 0,
	    "with a send right");
	is_int(host_refs(message->port.name, MACH_PORT_RIGHT_SEND), 1, "ours");
	header->msgh_bits = MACH_MSGH_BITS_REMOTE(header->msgh_bits);
	header->msgh_local_port = MACH_PORT_NULL;
	load(message, message->port.name, MACH_MSG_TYPE_MOVE_SEND);
	is_int(host_msg(header, MACH_SEND_MSG | MACH_RCV_MSG, sizeof(*message),
		   4096, name, 0),
	    MACH_MSG_SUCCESS, "another");
	is_int(message->port.disposition, MACH_MSG_TYPE_PORT_SEND_ONCE,
	    "with a send-once right");
	(void)mach_port_deallocate(SPACE, message->port.name);
	(void)mach_port_deallocate(SPACE, header->msgh_remote_port);
	is_int(host_msg((void *)8, MACH_RCV_MSG, 0, 4096, name, 0),
	    MACH_RCV_INVALID_DATA, "one that cannot be had");
}

static void
carry(struct carrier *message, mach_port_name_t reply, mach_port_name_t name,
    mach_msg_type_name_t disposition)
{
	message->header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_remote_port = service,
	    .msgh_local_port = reply};
	load(message, name, disposition);
	(void)host_msg(&message->header, MACH_SEND_MSG | MACH_RCV_MSG,
	    sizeof(*message), 4096, reply, 0);
}

static void
carrying_client(void *argument)
{
	struct carrier *message = host_user_alloc(4096);
	mach_port_name_t reply = (mach_port_name_t)trap_mach_reply_port();
	mach_port_name_t own = host_port();

	(void)argument;
	carry(message, reply, own, MACH_MSG_TYPE_MAKE_SEND);
	is_int(message->port.name, own, "the right comes back");
	is_int(host_refs(own, MACH_PORT_RIGHT_SEND), 1, "under its name");
	carry(message, reply, own, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	is_int(message->header.msgh_id, MACH_NOTIFY_SEND_ONCE, "no answer");
	is_int(host_receive(own), MACH_NOTIFY_SEND_ONCE, "nor for the other");
	carry(message, reply, own, MACH_MSG_TYPE_MOVE_SEND);
	is_int(message->header.msgh_id, MACH_NOTIFY_SEND_ONCE, "lost");
	is_int(host_type(own), MACH_PORT_TYPE_RECEIVE, "and the right too");
	(void)mach_port_destroy(SPACE, own);
	(void)mach_port_destroy(SPACE, reply);
}

/* A message that moves memory. */
struct mover {
	mach_msg_header_t header;
	mach_msg_body_t body;
	mach_msg_ool_descriptor_t memory;
};

#define MOVED 8192U

static mach_msg_return_t
move(struct mover *message, uint64_t address, mach_msg_size_t size,
    mach_port_name_t name)
{
	message->header.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	message->body.msgh_descriptor_count = 1;
	message->memory = (mach_msg_ool_descriptor_t){.address = address,
	    .deallocate = 1,
	    .pad1 = 7,
	    .type = MACH_MSG_OOL_DESCRIPTOR,
	    .size = size};
	return host_msg(&message->header, MACH_SEND_MSG | MACH_RCV_MSG,
	    sizeof(*message), 4096, name, 0);
}

/* Sends back what it is sent. */
static void
moving_server(void *argument)
{
	struct mover *message = host_user_alloc(4096);
	mach_port_name_t name = *(mach_port_name_t *)argument;
	mach_msg_header_t *header = &message->header;
	mach_msg_return_t mr = host_msg(header, MACH_RCV_MSG, 0, 4096, name, 0);

	while (mr == MACH_MSG_SUCCESS) {
		header->msgh_bits = MACH_MSGH_BITS_REMOTE(header->msgh_bits);
		header->msgh_local_port = MACH_PORT_NULL;
		mr = move(message, message->memory.address,
		    message->memory.size, name);
	}
}

static void
moving_client(void *argument)
{
	struct mover *message = host_user_alloc(4096);
	mach_port_name_t reply = (mach_port_name_t)trap_mach_reply_port();
	const mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_remote_port = service,
	    .msgh_local_port = reply};
	unsigned char *memory = host_user_alloc(MOVED);

	memset(memory, 42, MOVED);
	message->header = header;
	is_int(move(message, (uintptr_t)memory, MOVED, reply), MACH_MSG_SUCCESS,
	    "memory there and back");
	memory = (unsigned char *)message->memory.address;
	ok(message->memory.size == MOVED && message->memory.deallocate == 1 &&
		message->memory.pad1 == 0 && memory[MOVED - 1] == 42,
	    "it is the same");
	host_user_free(message->memory.address, MOVED);
	message->header = header;
	is_int(move(message, 0, 0, reply), MACH_MSG_SUCCESS, "no bytes");
	is_int(message->memory.address, 0, "no memory");
	message->header = header;
	message->header.msgh_id = 5;
	is_int(move(message, 8, MOVED, reply), MACH_SEND_INVALID_MEMORY,
	    "what is none is not sent");
	*(unsigned *)argument = host_handoffs();
	(void)mach_port_destroy(SPACE, reply);
}

/* A server in this task and a client in another, run until both wait or end. */
struct pair {
	struct task *other;
	mach_port_name_t port; /* the server's, argument too */
	struct host_thread *server;
	struct host_thread *client;
	unsigned handoffs;
};

static void
pair_run(struct pair *pair, void (*server_function)(void *),
    void (*client_function)(void *), void *argument)
{
	unsigned before = host_handoffs();

	pair->other = host_task();
	pair->port = host_port();
	service = host_give_send(pair->port, pair->other);
	pair->server = host_spawn(current_task(), server_function, &pair->port);
	host_run();
	pair->client = host_spawn(pair->other, client_function, argument);
	host_run();
	pair->handoffs = host_handoffs() - before;
}

static void
pair_end(struct pair *pair)
{
	(void)mach_port_destroy(SPACE, pair->port);
	host_run();
	host_join(pair->server);
	host_join(pair->client);
	host_task_end(pair->other);
}

static void
test_rpc_carries(void)
{
	struct pair pair;

	pair_run(&pair, carrying_server, carrying_client, NULL);
	is_int(pair.handoffs, 4, "all by the short way");
	is_int(SPACE->names, 1, "the server keeps no right");
	pair_end(&pair);
}

static void
test_rpc_moves(void)
{
	unsigned before = host_handoffs(), after = 0;
	struct pair pair;

	pair_run(&pair, moving_server, moving_client, &after);
	is_int(
	    after - before, 2, "memory goes the short way, nothing does not");
	pair_end(&pair);
}

static void
test_rpc_lost(void)
{
	struct pair pair;
	mach_msg_id_t answer[2] = {0};

	pair_run(&pair, poor_server, poor_client, answer);
	is_int(pair.handoffs, 2, "both by the short way");
	is_int(answer[0], MACH_NOTIFY_SEND_ONCE, "the client is told");
	ok(host_done(pair.server), "the server is through");
	pair_end(&pair);
}

static void
test_rpc(void)
{
	struct pair pair;
	int good = 0;

	pair_run(&pair, server, client, &good);
	is_int(good, 3, "three round trips");
	is_int(pair.handoffs, 6, "each way the short way");
	ok(host_done(pair.client) && !host_done(pair.server),
	    "the server waits for more");
	is_int(SPACE->names, 1, "and keeps no reply right");
	pair_end(&pair);
}

/* A client that calls once and says what came of it. */
static mach_port_name_t client_reply;

static void
one_call(void *argument)
{
	mach_msg_header_t *header = host_user_alloc(4096);
	struct exchange *x = argument;

	*header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_remote_port = service,
	    .msgh_local_port = client_reply,
	    .msgh_id = 3};
	x->buffer = header;
	x->result = host_msg(
	    header, MACH_SEND_MSG | MACH_RCV_MSG, 64, 100, client_reply, 0);
}

/* The short way to a server that has asked for too little, or nowhere. */
static void
test_short_way_errors(void)
{
	mach_port_name_t port = host_port();
	struct host_thread *server_thread;
	struct host_thread *client_thread;
	struct exchange s, c;

	service = host_give_send(port, current_task());
	client_reply = host_port();
	exchange(&s, port, 4096)->buffer = (void *)64;
	exchange(&c, port, 0);
	server_thread = host_spawn(current_task(), receiver, &s);
	host_run();
	client_thread = host_spawn(current_task(), one_call, &c);
	host_run();
	is_int(s.result, MACH_RCV_INVALID_DATA, "a server without a buffer");
	is_int(c.result, MACH_MSG_SUCCESS, "its client hears of it");
	is_int(id_of(&c), 71, "by a send-once notification");
	host_join(server_thread);
	host_join(client_thread);

	exchange(&s, port, 83)->option =
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_SENDER);
	server_thread = host_spawn(current_task(), receiver, &s);
	host_run();
	client_thread = host_spawn(current_task(), one_call, &c);
	host_run();
	is_int(s.result, MACH_RCV_TOO_LARGE, "a server with too small a one");
	is_int(id_of(&c), 71, "its client hears of it too");
	host_join(server_thread);
	host_join(client_thread);
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
	run(test_send_errors, "send errors: nothing leaks");
	run(test_receive_errors, "receive errors: nothing leaks");
	run(test_undo, "undone receive: nothing leaks");
	run(test_queue_limit, "queue limit: nothing leaks");
	run(test_wait_receive, "waiting receivers: nothing leaks");
	run(test_wait_ends, "ends of waits: nothing leaks");
	run(test_wait_send, "waiting senders: nothing leaks");
	run(test_set, "sets: nothing leaks");
	run(test_trailer, "trailer: nothing leaks");
	run(test_rpc, "round trips: nothing leaks");
	run(test_rpc_carries, "ports carried: nothing leaks");
	run(test_rpc_moves, "memory moved: nothing leaks");
	run(test_rpc_lost, "lost requests: nothing leaks");
	run(test_short_way_errors, "short way's errors: nothing leaks");
	return test_done();
}
