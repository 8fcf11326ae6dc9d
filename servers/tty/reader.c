/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The thread that waits for keys. It shares no data with the other: what it
 * reads it sends, to a port that only it has a right to.
 */
#include <mach/mach_port_user.h>

#include <device/device_user.h>
#include <libmach/mach.h>
#include <libmach/thread.h>
#include <stdio.h>
#include <string.h>

#include "tty.h"

#define KEYS_ID  2
#define KEYS_MAX 256

struct keys {
	mach_msg_header_t header;
	uint32_t count;
	char data[KEYS_MAX];
};

static mach_port_t port;

static void
read_keys(void *unused)
{
	(void)unused;
	for (;;) {
		struct keys message = {
		    .header =
			{
			    .msgh_bits =
				MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
			    .msgh_size = sizeof(message),
			    .msgh_remote_port = port,
			    .msgh_id = KEYS_ID,
			},
		};

		kern_return_t kr;

		message.count = KEYS_MAX;
		kr = device_read_inband(console_device, 0, 0, KEYS_MAX,
		    message.data, &message.count);
		if (kr == MACH_RCV_INTERRUPTED || kr == MACH_SEND_INTERRUPTED)
			continue;
		if (kr != KERN_SUCCESS) {
			fprintf(stderr, "tty: no more keys: error %#x\n", kr);
			return;
		}
		(void)mach_msg(&message.header, MACH_SEND_MSG, sizeof(message),
		    0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
	}
}

boolean_t
reader_demux(mach_msg_header_t *request, mach_msg_header_t *reply)
{
	const struct keys *message = (const void *)request;
	mig_reply_error_t *error = (mig_reply_error_t *)reply;

	if (request->msgh_local_port != port || request->msgh_id != KEYS_ID)
		return FALSE;
	memset(error, 0, sizeof(*error));
	error->RetCode = MIG_NO_REPLY;
	tty_input(&console, message->data,
	    message->count < KEYS_MAX ? message->count : KEYS_MAX);
	stream_wake(&console.stream);
	tty_flush(&console);
	return TRUE;
}

bool
reader_start(void)
{
	struct mach_thread *thread;

	return mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
		   &port) == KERN_SUCCESS &&
	       ports_add(port) == KERN_SUCCESS &&
	       mach_thread_create(
		   &thread, read_keys, NULL, MACH_THREAD_STACK) == KERN_SUCCESS;
}
