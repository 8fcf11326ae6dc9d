/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The server loop: receive with the sender's security token, dispatch, reply.
 * A reply never waits for its receiver (reply ports are send-once rights), and
 * one that cannot be delivered is destroyed with what it carries. The request
 * is destroyed when the routine failed, as mig's ownership rule says.
 */
#include <mach/mig_stub.h>
#include <mach/notify.h>
#include <mach/traps.h>

#include <stdlib.h>
#include <string.h>

#include "ports.h"
#include "ports_private.h"

#define BUFFER_SIZE 16384

union buffer {
	mach_msg_header_t header;
	mig_reply_error_t error;
	char bytes[BUFFER_SIZE];
};

static security_token_t sender;
static natural_t sender_groups;
static mach_port_t current_reply;

security_token_t
ports_sender(void)
{
	return sender;
}

natural_t
ports_sender_groups(void)
{
	return sender_groups;
}

mach_port_t
ports_take_reply(void)
{
	mach_port_t reply = current_reply;

	current_reply = MACH_PORT_NULL;
	return reply;
}

/* Reads what follows the message on the receive buffer. */
static void
take_trailer(const mach_msg_header_t *request)
{
	const char *trailer =
	    (const char *)request + ((request->msgh_size + 3U) & ~3U);
	mach_msg_max_trailer_t known;

	memcpy(&known, trailer, MACH_MSG_TRAILER_AUDIT_SIZE);
	sender = known.msgh_sender;
	sender_groups = known.msgh_audit.val[2];
}

struct dead_name {
	mach_msg_header_t header;
	NDR_record_t ndr;
	mach_port_name_t name;
};

struct no_senders {
	mach_msg_header_t header;
	NDR_record_t ndr;
	mach_port_mscount_t count;
};

struct port_destroyed {
	mach_msg_base_t base;
	mach_msg_port_descriptor_t right;
};

/* Has it brought back a receive right that was lent? */
static bool
brings_right(const mach_msg_header_t *request)
{
	const struct port_destroyed *message = (const void *)request;

	return request->msgh_id == MACH_NOTIFY_PORT_DESTROYED &&
	       request->msgh_size >= sizeof(*message) &&
	       (request->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 &&
	       ports_returned(request->msgh_local_port, message->right.name);
}

/* Anybody can send what looks like one, with rights that are let go here. */
bool
ports_notified(mach_msg_header_t *request)
{
	const struct no_senders *message = (const void *)request;
	const struct dead_name *dead = (const void *)request;

	if (request->msgh_id < MACH_NOTIFY_FIRST ||
	    request->msgh_id > MACH_NOTIFY_LAST)
		return false;
	if (request->msgh_id == MACH_NOTIFY_NO_SENDERS &&
	    request->msgh_size >= sizeof(*message))
		ports_no_senders(request->msgh_local_port, message->count);
	if (request->msgh_id == MACH_NOTIFY_DEAD_NAME &&
	    request->msgh_size >= sizeof(*dead))
		ports_dead_name(request->msgh_local_port, dead->name);
	if (brings_right(request))
		return true;
	if (request->msgh_bits !=
	    MACH_MSGH_BITS(0, MACH_MSG_TYPE_MOVE_SEND_ONCE))
		mach_msg_destroy(request);
	return true;
}

/* A routine without a reply was called with a port for one. */
static void
drop_reply(const mach_msg_header_t *request)
{
	if (MACH_PORT_VALID(current_reply) &&
	    current_reply == request->msgh_remote_port)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), current_reply);
	current_reply = MACH_PORT_NULL;
}

/* Let go of the request if its routine failed. Is there a reply to send? */
static bool
finish(mach_msg_header_t *request, union buffer *reply)
{
	bool simple = (reply->header.msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0;

	if (simple && reply->error.RetCode != KERN_SUCCESS) {
		if (reply->error.RetCode == MIG_NO_REPLY) {
			drop_reply(request);
			return false;
		}
		request->msgh_remote_port = MACH_PORT_NULL;
		mach_msg_destroy(request);
	}
	return reply->header.msgh_remote_port != MACH_PORT_NULL;
}

/*
 * A reply to a send right could have to wait for room, which nobody shall make
 * us do: it is sent by itself, or not at all. False: the reply is none such.
 */
static bool
send_apart(mach_msg_header_t *reply)
{
	if (MACH_MSGH_BITS_REMOTE(reply->msgh_bits) ==
	    MACH_MSG_TYPE_MOVE_SEND_ONCE)
		return false;
	if (mach_msg(reply, MACH_SEND_MSG | MACH_SEND_TIMEOUT, reply->msgh_size,
		0, MACH_PORT_NULL, 0, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		mach_msg_destroy(reply);
	return true;
}

/* Serve one request. Is there a reply to send? */
static bool
dispatch(union buffer *request, union buffer *reply, const ports_demux_t *demux,
    unsigned count)
{
	boolean_t taken = FALSE;

	take_trailer(&request->header);
	if (ports_notified(&request->header))
		return false;
	current_reply = request->header.msgh_remote_port;
	for (unsigned i = 0; i < count && !taken; i++)
		taken = demux[i](&request->header, &reply->header);
	if (!taken) {
		mig_start_reply(&request->header, &reply->header,
		    request->header.msgh_remote_port,
		    MACH_MSGH_BITS_REMOTE(request->header.msgh_bits));
		mig_fail(&reply->header, MIG_BAD_ID);
	}
	return finish(&request->header, reply) && !send_apart(&reply->header);
}

/*
 * Receive into `message`, after sending the reply that it holds, in one trap,
 * so that the processor goes straight to who waits for the reply.
 */
static bool
receive(union buffer *message, bool reply, mach_msg_timeout_t wait)
{
	mach_msg_option_t option =
	    MACH_RCV_MSG | MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT);
	mach_msg_return_t kr;

	if (reply)
		option |= MACH_SEND_MSG;
	if (wait != 0)
		option |= MACH_RCV_TIMEOUT;
	kr = mach_msg(&message->header, option,
	    reply ? message->header.msgh_size : 0, sizeof(*message),
	    ports_set(), wait, MACH_PORT_NULL);
	if (reply && mach_msg_unsent(kr))
		mach_msg_destroy(&message->header);
	return kr == MACH_MSG_SUCCESS;
}

void
ports_serve(const ports_demux_t *demux, unsigned count,
    mach_msg_timeout_t (*poll)(void))
{
	union buffer *request = malloc(sizeof(*request));
	union buffer *reply = malloc(sizeof(*reply));
	bool answer = false;

	if (request == NULL || reply == NULL)
		abort();
	for (;;) {
		mach_msg_timeout_t wait = poll != NULL ? poll() : 0;
		union buffer *received = request;

		if (!receive(received, answer, wait)) {
			answer = false;
			continue;
		}
		answer = dispatch(received, reply, demux, count);
		if (answer) {
			request = reply;
			reply = received;
		}
	}
}
