/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of libstream. */
#ifndef LIBSTREAM_PRIVATE_H
#define LIBSTREAM_PRIVATE_H

#include "stream.h"

struct stream_handle {
	struct stream *stream;
	int flags;
};

/* Somebody who waits; data of a writer stand behind it. */
struct stream_waiter {
	struct stream_waiter *next;
	mach_port_t reply; /* or a poller's notify port */
	uint64_t since;    /* ns since boot */
	uint32_t size;
	int flags; /* of the handle */
	int group; /* of the caller, STREAM_GROUP_UNKNOWN */
	int events;
	bool peeks; /* the data stay */
	char data[];
};

static inline bool
stream_is_waited_for(const struct stream *stream)
{
	return stream->readers != NULL || stream->writers != NULL ||
	       stream->pollers != NULL;
}

extern struct stream_handle *stream_handle_of(mach_port_t port);

/*
 * Try once, for a waiter: true when it has been answered, or cannot be. These
 * do not look at others who wait.
 */
extern bool stream_try_read(
    struct stream *stream, const struct stream_waiter *waiter);
extern bool stream_try_write(struct stream *stream,
    const struct stream_waiter *waiter, const char *data);
extern bool stream_try_poll(
    struct stream *stream, const struct stream_waiter *waiter);

/* Answer one who is not served. */
extern void stream_refuse_read(mach_port_t reply, kern_return_t code);
extern void stream_refuse_write(mach_port_t reply, kern_return_t code);

/* Put a copy of waiter, with data, at the end of a list. 0, ENOMEM, EAGAIN. */
extern int stream_wait(struct stream_waiter **list,
    const struct stream_waiter *waiter, const char *data);

#endif
