/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A port that notifications come to, and the one that came last.
 */
#ifndef TESTS_MACH_NOTE_H
#define TESTS_MACH_NOTE_H

#include <mach/notify.h>

#include "space.h"

#define DELETED   MACH_NOTIFY_PORT_DELETED
#define DESTROYED MACH_NOTIFY_PORT_DESTROYED
#define SENDERS   MACH_NOTIFY_NO_SENDERS
#define ONCE      MACH_NOTIFY_SEND_ONCE
#define DEAD_NAME MACH_NOTIFY_DEAD_NAME
#define NOTHING   0

static union {
	mach_msg_header_t header;
	struct {
		mach_msg_header_t header;
		NDR_record_t ndr;
		natural_t value;
	} word;
	struct {
		mach_msg_base_t base;
		mach_msg_port_descriptor_t right;
	} port;
	char room[128];
} note;

static mach_port_t told; /* where notifications come */

/* The id of the next notification, which comes within the time or not. */
static inline int
within(mach_msg_timeout_t timeout)
{
	mach_msg_return_t code =
	    mach_msg(&note.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
		sizeof(note), told, timeout, MACH_PORT_NULL);

	if (code == MACH_RCV_TIMED_OUT)
		return NOTHING;
	return code == MACH_MSG_SUCCESS ? note.header.msgh_id : code;
}

#endif
