/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Trailers: each kind a receiver can ask for, its size and elements, from the
 * queue and straight from sender to receiver (the short way of an RPC), of
 * messages of this task, of another user's and of the kernel.
 */
#include <mach/notify.h>

#include <libmach/thread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "priv.h"

#define SIZE      sizeof(mach_msg_header_t)
#define CONTEXT   0x123456789abcdef0ULL
#define USER      1234U
#define GROUP     567U
#define UNTOUCHED 0x55

/* A trailer follows its message at once. */
static union {
	mach_msg_header_t header;
	struct {
		mach_msg_header_t header;
		mach_msg_max_trailer_t trailer;
		unsigned char beyond[16];
	} simple;
	unsigned char bytes[256];
} got;

static const struct {
	unsigned elements;
	mach_msg_size_t size;
	const char *name;
} kinds[] = {
    {MACH_RCV_TRAILER_NULL, 0, "none"},
    {MACH_RCV_TRAILER_SEQNO, MACH_MSG_TRAILER_SEQNO_SIZE, "seqno"},
    {MACH_RCV_TRAILER_SENDER, MACH_MSG_TRAILER_SECURITY_SIZE, "sender"},
    {MACH_RCV_TRAILER_AUDIT, MACH_MSG_TRAILER_AUDIT_SIZE, "audit"},
    {MACH_RCV_TRAILER_CTX, MACH_MSG_TRAILER_CONTEXT_SIZE, "context"},
    {15, MACH_MSG_TRAILER_MAX_SIZE, "all there is"},
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static mach_port_t port;
static natural_t groups; /* the sender's */

static mach_msg_return_t
sent(void)
{
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
	    .msgh_remote_port = port,
	};

	return space_send(&header, SIZE);
}

static mach_msg_return_t
received(unsigned elements, mach_msg_size_t room)
{
	memset(&got, UNTOUCHED, sizeof(got));
	return mach_msg(&got.header,
	    MACH_RCV_MSG | MACH_RCV_TIMEOUT | MACH_RCV_LARGE |
		(mach_msg_option_t)MACH_RCV_TRAILER_ELEMENTS(elements),
	    0, room, port, 0, MACH_PORT_NULL);
}

/* The elements of a trailer of this size; 0s are the sender's tokens. */
static void
check(const mach_msg_max_trailer_t *trailer, mach_msg_size_t size,
    mach_port_seqno_t seqno, natural_t uid, natural_t gid)
{
	const unsigned char *end = (const unsigned char *)trailer + size;

	is_int(end[0], UNTOUCHED, "nothing beyond it");
	if (size == 0)
		return;
	is_int(trailer->msgh_trailer_type, MACH_MSG_TRAILER_FORMAT_0, "kind");
	is_int(trailer->msgh_trailer_size, size, "its size");
	is_int(trailer->msgh_seqno, seqno, "the sequence number");
	if (size >= MACH_MSG_TRAILER_SECURITY_SIZE) {
		is_int(trailer->msgh_sender.val[0], uid, "the user");
		is_int(trailer->msgh_sender.val[1], gid, "the group");
	}
	if (size >= MACH_MSG_TRAILER_AUDIT_SIZE) {
		is_int(trailer->msgh_audit.val[0], uid, "the user, audited");
		is_int(trailer->msgh_audit.val[1], gid, "and the group");
		is_int(trailer->msgh_audit.val[2], groups, "the groups");
		for (unsigned i = 3; i < 8; i++)
			is_int(trailer->msgh_audit.val[i], 0, "and no more");
	}
	if (size >= MACH_MSG_TRAILER_CONTEXT_SIZE)
		is_int(trailer->msgh_context, CONTEXT, "the port's context");
}

static void
test_kinds(void)
{
	for (unsigned i = 0; i < KINDS; i++) {
		(void)mach_port_set_seqno(self, port, 100 + i);
		is_int(sent(), MACH_MSG_SUCCESS, kinds[i].name);
		if (kinds[i].size != 0) {
			is_int(received(
				   kinds[i].elements, SIZE + kinds[i].size - 1),
			    MACH_RCV_TOO_LARGE, "one byte too little");
			is_int(got.header.msgh_size, SIZE, "it needs so much");
		}
		is_int(received(kinds[i].elements, SIZE + kinds[i].size),
		    MACH_MSG_SUCCESS, "just enough");
		is_int(got.header.msgh_size, SIZE, "less the trailer");
		check(&got.simple.trailer, kinds[i].size, 100 + i, getuid(),
		    getgid());
	}
}

/* Answers two calls: what it received of both. */
static struct server {
	mach_msg_option_t more;
	mach_msg_return_t code[2];
	__typeof__(got) call[2];
} server;

static void
answer(mach_msg_header_t *call)
{
	call->msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0);
	call->msgh_local_port = MACH_PORT_NULL;
}

static void
serve(void *argument)
{
	__typeof__(got) buffer;

	(void)argument;
	memset(&buffer, UNTOUCHED, sizeof(buffer));
	server.code[0] = mach_msg(&buffer.header, MACH_RCV_MSG | server.more, 0,
	    sizeof(buffer), port, 0, MACH_PORT_NULL);
	server.call[0] = buffer;
	answer(&buffer.header);
	memset(&buffer.simple.trailer, UNTOUCHED, sizeof(buffer) - SIZE);
	server.code[1] =
	    mach_msg(&buffer.header, MACH_SEND_MSG | MACH_RCV_MSG | server.more,
		SIZE, sizeof(buffer), port, 0, MACH_PORT_NULL);
	server.call[1] = buffer;
	answer(&buffer.header);
	(void)mach_msg(&buffer.header, MACH_SEND_MSG, SIZE, 0, MACH_PORT_NULL,
	    0, MACH_PORT_NULL);
}

/* Calls and answers that go straight to who waits for them. */
static void
test_straight(unsigned kind)
{
	mach_msg_size_t size = kinds[kind].size;
	mach_port_t reply = space_allocate(RECEIVE);
	struct mach_thread *thread;

	server.more =
	    (mach_msg_option_t)MACH_RCV_TRAILER_ELEMENTS(kinds[kind].elements);
	(void)mach_port_set_seqno(self, port, 200);
	(void)mach_port_set_context(self, reply, CONTEXT);
	(void)mach_port_insert_right(self, port, port, MACH_MSG_TYPE_MAKE_SEND);
	(void)mach_thread_create(&thread, serve, NULL, MACH_THREAD_STACK);
	(void)clock_sleep(20000000); /* it waits by now */
	for (unsigned i = 0; i < 2; i++) {
		memset(&got, UNTOUCHED, sizeof(got));
		got.header = (mach_msg_header_t){
		    .msgh_bits = MACH_MSGH_BITS(
			MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
		    .msgh_remote_port = port,
		    .msgh_local_port = reply,
		    .msgh_id = 11,
		};
		is_int(mach_msg(&got.header,
			   MACH_SEND_MSG | MACH_RCV_MSG | server.more, SIZE,
			   sizeof(got), reply, 0, MACH_PORT_NULL),
		    MACH_MSG_SUCCESS, kinds[kind].name);
		is_int(got.header.msgh_id, 11, "answered");
		check(&got.simple.trailer, size, i, getuid(), getgid());
	}
	mach_thread_join(thread);
	for (unsigned i = 0; i < 2; i++) {
		is_int(server.code[i], MACH_MSG_SUCCESS, "the server");
		check(&server.call[i].simple.trailer, size, 200 + i, getuid(),
		    getgid());
	}
	(void)mach_port_mod_refs(self, port, SEND, -1);
	(void)mach_port_destroy(self, reply);
}

/* Another user's process, which has this one's send rights. */
static void
test_user(void)
{
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
	    .msgh_remote_port = port,
	};
	int status = -1;
	pid_t child;

	(void)mach_port_insert_right(self, port, port, MACH_MSG_TYPE_MAKE_SEND);
	(void)mach_port_set_seqno(self, port, 300);
	child = fork();
	if (child == 0) {
		if (setgid(GROUP) != 0 || setuid(USER) != 0)
			_exit(1);
		_exit(space_send(&header, SIZE) == MACH_MSG_SUCCESS ? 0 : 2);
	}
	is_int(waitpid(child, &status, 0), child, "another user");
	is_int(status, 0, "sends");
	is_int(received(15, sizeof(got)), MACH_MSG_SUCCESS, "it comes");
	check(&got.simple.trailer, MACH_MSG_TRAILER_MAX_SIZE, 300, USER, GROUP);
	(void)mach_port_mod_refs(self, port, SEND, -1);
}

/* The kernel is nobody's but the first user's. */
static void
test_kernel(void)
{
	(void)mach_port_set_seqno(self, port, 400);
	(void)mach_port_deallocate(
	    self, space_extract(self, port, MACH_MSG_TYPE_MAKE_SEND_ONCE));
	is_int(received(15, sizeof(got)), MACH_MSG_SUCCESS, "a notification");
	is_int(got.header.msgh_id, MACH_NOTIFY_SEND_ONCE, "the one");
	check(&got.simple.trailer, MACH_MSG_TRAILER_MAX_SIZE, 400, 0, 0);
}

/* It follows the message, whatever its size. */
static void
test_sizes(void)
{
	static union {
		mach_msg_header_t header;
		unsigned char bytes[8192];
	} large;
	mach_msg_max_trailer_t trailer;

	for (mach_msg_size_t size = SIZE; size < 8000; size += 412) {
		(void)mach_port_set_seqno(self, port, size);
		memset(&large, UNTOUCHED, sizeof(large));
		large.header = (mach_msg_header_t){
		    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
		    .msgh_remote_port = port,
		};
		is_int(
		    space_send(&large.header, size), MACH_MSG_SUCCESS, "sent");
		is_int(mach_msg(&large.header,
			   MACH_RCV_MSG | MACH_RCV_TIMEOUT |
			       MACH_RCV_TRAILER_ELEMENTS(15),
			   0, sizeof(large), port, 0, MACH_PORT_NULL),
		    MACH_MSG_SUCCESS, "received");
		is_int(large.header.msgh_size, size, "its size");
		memcpy(&trailer, large.bytes + size, sizeof(trailer));
		is_int(trailer.msgh_seqno, size, "its trailer");
	}
}

/* Kept by the host's privileged port, stamped both ways, and inherited. */
static void
test_groups(void)
{
	mach_port_t priv = priv_host();
	int status = 1;

	is_int(task_set_groups(self, 77, MACH_PORT_NULL), KERN_INVALID_HOST,
	    "groups are not set by everybody");
	is_int(task_set_groups(self, 77, priv), KERN_SUCCESS, "by some");
	groups = 77;
	test_kinds();
	test_straight(MACH_RCV_TRAILER_AUDIT);
	if (fork() == 0) {
		self = mach_task_self();
		port = space_allocate(RECEIVE);
		_exit(sent() != MACH_MSG_SUCCESS ||
		      received(MACH_RCV_TRAILER_AUDIT,
			  SIZE + MACH_MSG_TRAILER_AUDIT_SIZE) !=
			  MACH_MSG_SUCCESS ||
		      got.simple.trailer.msgh_audit.val[2] != 77);
	}
	(void)wait(&status);
	is_int(status, 0, "a child has them");
	groups = 0;
	is_int(task_set_groups(self, 0, priv), KERN_SUCCESS, "none again");
	(void)mach_port_deallocate(self, priv);
}

int
main(void)
{
	self = mach_task_self();
	port = space_allocate(RECEIVE);
	is_int(mach_port_set_context(self, port, CONTEXT), KERN_SUCCESS,
	    "a context");
	test_kinds();
	for (unsigned i = 0; i < KINDS; i++)
		test_straight(i);
	test_groups();
	test_user();
	test_kernel();
	test_sizes();
	is_int(space_status(port).mps_srights, FALSE, "no right is left");
	is_int(space_status(port).mps_sorights, 0, "nor a send-once right");
	(void)mach_port_destroy(self, port);
	return test_done();
}
