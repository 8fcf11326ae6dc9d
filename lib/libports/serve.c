/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The server loop: receive with the sender's security token, dispatch, reply.
 * A reply never waits for its receiver (reply ports are send-once rights), and
 * one that cannot be delivered is destroyed with what it carries. The request
 * is destroyed when the routine failed, as mig's ownership rule says.
 */
#include <mach/mig_support.h>
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
static mach_port_t current_reply;

security_token_t
ports_sender(void)
{
	return sender;
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

	memcpy(&known, trailer, MACH_MSG_TRAILER_SECURITY_SIZE);
	sender = known.msgh_sender;
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

bool
ports_notified(const mach_msg_header_t *request)
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
	return true;
}

static void
error_reply(
    const mach_msg_header_t *request, mig_reply_error_t *reply, int code)
{
	memset(reply, 0, sizeof(*reply));
	reply->Head.msgh_bits =
	    MACH_MSGH_BITS(MACH_MSGH_BITS_REMOTE(request->msgh_bits), 0);
	reply->Head.msgh_size = sizeof(*reply);
	reply->Head.msgh_remote_port = request->msgh_remote_port;
	reply->Head.msgh_id = request->msgh_id + 100;
	reply->NDR = NDR_record;
	reply->RetCode = code;
}

/* Send what the routine left in `reply`, or let go of what is not sent. */
static void
finish(mach_msg_header_t *request, union buffer *reply)
{
	bool simple = (reply->header.msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0;

	if (simple && reply->error.RetCode != KERN_SUCCESS) {
		if (reply->error.RetCode == MIG_NO_REPLY)
			return;
		request->msgh_remote_port = MACH_PORT_NULL;
		mach_msg_destroy(request);
	}
	if (reply->header.msgh_remote_port == MACH_PORT_NULL)
		return;
	if (mach_msg(&reply->header, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
		reply->header.msgh_size, 0, MACH_PORT_NULL, 0,
		MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		mach_msg_destroy(&reply->header);
}

static void
dispatch(union buffer *request, union buffer *reply, const ports_demux_t *demux,
    unsigned count)
{
	boolean_t taken = FALSE;

	take_trailer(&request->header);
	if (ports_notified(&request->header))
		return;
	current_reply = request->header.msgh_remote_port;
	for (unsigned i = 0; i < count && !taken; i++)
		taken = demux[i](&request->header, &reply->header);
	if (!taken)
		error_reply(&request->header, &reply->error, MIG_BAD_ID);
	finish(&request->header, reply);
}

void
ports_serve(const ports_demux_t *demux, unsigned count,
    mach_msg_timeout_t (*poll)(void))
{
	const mach_msg_option_t options =
	    MACH_RCV_MSG | MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_SENDER);
	union buffer *request = malloc(sizeof(*request));
	union buffer *reply = malloc(sizeof(*reply));

	if (request == NULL || reply == NULL)
		abort();
	for (;;) {
		mach_msg_timeout_t wait = poll != NULL ? poll() : 0;
		mach_msg_return_t kr;

		kr = mach_msg(&request->header,
		    options | (wait != 0 ? MACH_RCV_TIMEOUT : 0), 0,
		    sizeof(*request), ports_set(), wait, MACH_PORT_NULL);
		if (kr == MACH_MSG_SUCCESS)
			dispatch(request, reply, demux, count);
	}
}
