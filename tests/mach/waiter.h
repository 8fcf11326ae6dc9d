/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A thread that waits in mach_msg, for the tests of what ends such a wait.
 */
#ifndef TESTS_MACH_WAITER_H
#define TESTS_MACH_WAITER_H

#include "space.h"
#include "worker.h"

struct waiter {
	struct mach_thread *thread;
	bool raw; /* the trap, which does not try again */
	mach_msg_option_t option;
	mach_msg_size_t send_size;
	mach_msg_size_t rcv_size;
	mach_port_t name; /* to receive from */
	mach_msg_timeout_t timeout;
	mach_port_t notify;
	volatile bool started;
	mach_msg_return_t code;
	union {
		mach_msg_header_t header;
		char room[256];
	} message;
};

static inline void
waiter_run(void *argument)
{
	struct waiter *waiter = argument;
	mach_msg_return_t (*call)(mach_msg_header_t *, mach_msg_option_t,
	    mach_msg_size_t, mach_msg_size_t, mach_port_t, mach_msg_timeout_t,
	    mach_port_t) = waiter->raw ? mach_msg_trap : mach_msg;

	waiter->started = true;
	waiter->code = call(&waiter->message.header, waiter->option,
	    waiter->send_size, waiter->rcv_size, waiter->name, waiter->timeout,
	    waiter->notify);
}

/* Does the thread wait now, or within a second? */
static inline bool
waiter_waits(const struct waiter *waiter)
{
	return worker_thread_waits(waiter->thread, &waiter->started);
}

/* Start it; true when it waits. */
static inline bool
waiter_start(struct waiter *waiter)
{
	waiter->code = -1;
	waiter->started = false;
	if (mach_thread_create(&waiter->thread, waiter_run, waiter,
		MACH_THREAD_STACK) != KERN_SUCCESS)
		return false;
	return waiter_waits(waiter);
}

/* What it came to. */
static inline mach_msg_return_t
waiter_end(struct waiter *waiter)
{
	mach_thread_join(waiter->thread);
	return waiter->code;
}

/* One that shall receive from a name. */
static inline bool
waiter_receive(struct waiter *waiter, mach_port_t name, mach_msg_option_t more)
{
	*waiter = (struct waiter){.option = MACH_RCV_MSG | more,
	    .rcv_size = sizeof(waiter->message),
	    .name = name};
	return waiter_start(waiter);
}

/* One that shall send to a name, whose queue is full. */
static inline bool
waiter_send(struct waiter *waiter, mach_port_t name, mach_msg_option_t more)
{
	*waiter = (struct waiter){.option = MACH_SEND_MSG | more,
	    .send_size = sizeof(mach_msg_header_t)};
	waiter->message.header.msgh_bits =
	    MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0);
	waiter->message.header.msgh_remote_port = name;
	waiter->message.header.msgh_id = 77;
	return waiter_start(waiter);
}

#endif
