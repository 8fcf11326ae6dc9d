/* SPDX-License-Identifier: BSD-2-Clause */
/* Those who wait, and what they are told. */
#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/io_reply_user.h>
#include <stdlib.h>
#include <string.h>

#include "private.h"

#define WAITERS_MAX   256 /* in a list: more are refused */
#define POLL_READY_ID 21099
#define CLOCK_BOOT    0

static void
drop_right(mach_port_t right)
{
	(void)syscall_mach_port_deallocate(mach_task_self(), right);
}

bool
stream_try_read(struct stream *stream, const struct stream_waiter *waiter)
{
	static char data[IO_DATA_MAX];
	size_t got = 0;
	uint64_t waited =
	    waiter->since != 0 ? clock_get_time(CLOCK_BOOT) - waiter->since : 0;
	int error = stream->ops->peek(stream, data, waiter->size, &got, waited);

	if (error == EAGAIN && (waiter->flags & O_NONBLOCK) == 0)
		return false;
	if (io_read_reply(waiter->reply,
		error != 0 ? SERVER_ERROR(error) : KERN_SUCCESS, data,
		(mach_msg_type_number_t)got) != KERN_SUCCESS)
		drop_right(waiter->reply);
	else if (error == 0)
		stream->ops->consume(stream, got);
	return true;
}

bool
stream_try_write(
    struct stream *stream, const struct stream_waiter *waiter, const char *data)
{
	int error = stream->ops->room(stream, waiter->size);

	if (error == EAGAIN && (waiter->flags & O_NONBLOCK) == 0)
		return false;
	if (io_write_reply(waiter->reply,
		error != 0 ? SERVER_ERROR(error) : KERN_SUCCESS,
		waiter->size) != KERN_SUCCESS)
		drop_right(waiter->reply);
	else if (error == 0)
		stream->ops->write(stream, data, waiter->size);
	return true;
}

bool
stream_try_poll(struct stream *stream, const struct stream_waiter *waiter)
{
	mach_msg_header_t message = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0),
	    .msgh_size = sizeof(message),
	    .msgh_remote_port = waiter->reply,
	    .msgh_id = POLL_READY_ID,
	};

	if ((stream->ops->events(stream, waiter->flags) & waiter->events) == 0)
		return false;
	if (mach_msg(&message, MACH_SEND_MSG, sizeof(message), 0,
		MACH_PORT_NULL, 0, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		drop_right(waiter->reply);
	return true;
}

int
stream_wait(struct stream_waiter **list, const struct stream_waiter *waiter,
    const char *data)
{
	size_t size = data != NULL ? waiter->size : 0;
	struct stream_waiter *copy;
	unsigned count = 0;

	for (; *list != NULL; list = &(*list)->next)
		count++;
	if (count >= WAITERS_MAX)
		return EAGAIN;
	copy = malloc(sizeof(*copy) + size);
	if (copy == NULL)
		return ENOMEM;
	*copy = *waiter;
	copy->next = NULL;
	copy->since = clock_get_time(CLOCK_BOOT);
	if (size > 0)
		memcpy(copy->data, data, size);
	*list = copy;
	return 0;
}

/* Serve a list from its front, as far as it goes. */
static bool
serve_readers(struct stream *stream)
{
	bool any = false;
	struct stream_waiter *waiter;

	while ((waiter = stream->readers) != NULL &&
	       stream_try_read(stream, waiter)) {
		stream->readers = waiter->next;
		free(waiter);
		any = true;
	}
	return any;
}

static bool
serve_writers(struct stream *stream)
{
	bool any = false;
	struct stream_waiter *waiter;

	while ((waiter = stream->writers) != NULL &&
	       stream_try_write(stream, waiter, waiter->data)) {
		stream->writers = waiter->next;
		free(waiter);
		any = true;
	}
	return any;
}

static void
serve_pollers(struct stream *stream)
{
	struct stream_waiter **link = &stream->pollers;

	while (*link != NULL) {
		struct stream_waiter *waiter = *link;

		if (stream_try_poll(stream, waiter)) {
			*link = waiter->next;
			free(waiter);
		} else {
			link = &waiter->next;
		}
	}
}

void
stream_wake(struct stream *stream)
{
	bool any;

	do {
		any = serve_readers(stream);
		any |= serve_writers(stream);
	} while (any);
	serve_pollers(stream);
}

bool
stream_has_readers(const struct stream *stream)
{
	return stream->readers != NULL;
}

static void
fail_list(struct stream_waiter **list, int error)
{
	while (*list != NULL) {
		struct stream_waiter *waiter = *list;

		*list = waiter->next;
		if (io_write_reply(waiter->reply, SERVER_ERROR(error), 0) !=
		    KERN_SUCCESS)
			drop_right(waiter->reply);
		free(waiter);
	}
}

void
stream_fail(struct stream *stream, int error)
{
	while (stream->readers != NULL) {
		struct stream_waiter *waiter = stream->readers;

		stream->readers = waiter->next;
		if (io_read_reply(waiter->reply, SERVER_ERROR(error), NULL,
			0) != KERN_SUCCESS)
			drop_right(waiter->reply);
		free(waiter);
	}
	fail_list(&stream->writers, error);
	while (stream->pollers != NULL) {
		struct stream_waiter *waiter = stream->pollers;

		stream->pollers = waiter->next;
		drop_right(waiter->reply);
		free(waiter);
	}
}
