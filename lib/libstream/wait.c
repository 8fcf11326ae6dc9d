/* SPDX-License-Identifier: BSD-2-Clause */
/* Those who wait, and what they are told. */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <limits.h>
#include <servers/io_reply_user.h>
#include <stdlib.h>
#include <string.h>

#include "private.h"

#define WAITERS_MAX   256  /* in a list: more are refused */
#define WAITERS_ALL   4096 /* in all lists */
#define SWEEP_EVERY   16   /* so often those who gave up are looked for */
#define POLL_READY_ID 21099
#define CLOCK_BOOT    0

static unsigned waiter_count;

static void
drop_right(mach_port_t right)
{
	(void)syscall_mach_port_deallocate(mach_task_self(), right);
}

void
stream_refuse_read(mach_port_t reply, kern_return_t code)
{
	if (io_read_reply(reply, code, NULL, 0) != KERN_SUCCESS)
		drop_right(reply);
}

void
stream_refuse_write(mach_port_t reply, kern_return_t code)
{
	if (io_write_reply(reply, code, 0) != KERN_SUCCESS)
		drop_right(reply);
}

static void
set_busy(struct stream *stream, bool writes, bool busy)
{
	if (stream->ops->busy != NULL)
		stream->ops->busy(stream, writes, busy);
}

bool
stream_try_read(struct stream *stream, const struct stream_waiter *waiter)
{
	static char data[IO_DATA_MAX];
	size_t got = 0;
	uint64_t waited =
	    waiter->since != 0 ? clock_get_ns(CLOCK_BOOT) - waiter->since : 0;
	int error = stream->ops->peek(stream, data, waiter->size, &got, waited);

	if (error == EAGAIN && (waiter->flags & O_NONBLOCK) == 0)
		return false;
	set_busy(stream, false, true);
	if (io_read_reply(waiter->reply,
		error != 0 ? SERVER_ERROR(error) : KERN_SUCCESS, data,
		(mach_msg_type_number_t)got) != KERN_SUCCESS)
		drop_right(waiter->reply);
	else if (error == 0 && !waiter->peeks)
		stream->ops->consume(stream, got);
	set_busy(stream, false, false);
	return true;
}

bool
stream_try_write(
    struct stream *stream, const struct stream_waiter *waiter, const char *data)
{
	uint32_t size = waiter->size;
	size_t part = 0;
	int error = stream->ops->room(stream, size, &part);

	if (error == EAGAIN) {
		if ((waiter->flags & O_NONBLOCK) == 0)
			return false;
		/* Small ones are never split, by POSIX. */
		if (size > PIPE_BUF && part > 0) {
			size = (uint32_t)part;
			error = 0;
		}
	}
	set_busy(stream, true, true);
	if (error != 0)
		stream_refuse_write(waiter->reply, SERVER_ERROR(error));
	else if (io_write_reply(waiter->reply, KERN_SUCCESS, size) !=
		 KERN_SUCCESS)
		drop_right(waiter->reply);
	else
		stream->ops->write(stream, data, size);
	set_busy(stream, true, false);
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

static void
unlink_waiter(struct stream_waiter **link)
{
	struct stream_waiter *waiter = *link;

	*link = waiter->next;
	free(waiter);
	waiter_count--;
}

/* Forget those who have given up: nothing else tells of them. */
static void
sweep(struct stream_waiter **link)
{
	while (*link != NULL) {
		mach_port_type_t type = 0;
		mach_port_t reply = (*link)->reply;

		if (mach_port_type(mach_task_self(), reply, &type) ==
			KERN_SUCCESS &&
		    (type & MACH_PORT_TYPE_DEAD_NAME) != 0) {
			drop_right(reply);
			unlink_waiter(link);
		} else {
			link = &(*link)->next;
		}
	}
}

int
stream_wait(struct stream_waiter **list, const struct stream_waiter *waiter,
    const char *data)
{
	size_t size = data != NULL ? waiter->size : 0;
	struct stream_waiter **link = list;
	struct stream_waiter *copy;
	unsigned count = 0;

	for (; *link != NULL; link = &(*link)->next)
		count++;
	if (count % SWEEP_EVERY == SWEEP_EVERY - 1) {
		sweep(list);
		count = 0;
		for (link = list; *link != NULL; link = &(*link)->next)
			count++;
	}
	if (count >= WAITERS_MAX || waiter_count >= WAITERS_ALL)
		return EAGAIN;
	copy = malloc(sizeof(*copy) + size);
	if (copy == NULL)
		return ENOMEM;
	*copy = *waiter;
	copy->next = NULL;
	copy->since = clock_get_ns(CLOCK_BOOT);
	if (size > 0)
		memcpy(copy->data, data, size);
	*link = copy;
	waiter_count++;
	return 0;
}

/*
 * Who was in the foreground when it began to wait may not be any more, and may
 * be stopped: it is to ask again, when it goes on.
 */
static bool
may_go_on(
    struct stream *stream, const struct stream_waiter *waiter, bool writes)
{
	return stream->ops->admit == NULL ||
	       stream->ops->admit(stream, waiter->group, writes) ==
		   KERN_SUCCESS;
}

/*
 * Serve a list from its front, as far as it goes. Those who may not be served
 * any more do not have to wait to hear it.
 */
static bool
serve_readers(struct stream *stream)
{
	struct stream_waiter **link = &stream->readers;
	bool blocked = false;
	bool any = false;

	while (*link != NULL) {
		struct stream_waiter *waiter = *link;
		if (!may_go_on(stream, waiter, false)) {
			stream_refuse_read(waiter->reply, IO_WANTS_GROUP);
		} else if (blocked || !stream_try_read(stream, waiter)) {
			blocked = true;
			link = &waiter->next;
			continue;
		}
		unlink_waiter(link);
		any = true;
	}
	return any;
}

static bool
serve_writers(struct stream *stream)
{
	struct stream_waiter **link = &stream->writers;
	bool blocked = false;
	bool any = false;

	while (*link != NULL) {
		struct stream_waiter *waiter = *link;
		if (!may_go_on(stream, waiter, true)) {
			stream_refuse_write(waiter->reply, IO_WANTS_GROUP);
		} else if (blocked ||
			   !stream_try_write(stream, waiter, waiter->data)) {
			blocked = true;
			link = &waiter->next;
			continue;
		}
		unlink_waiter(link);
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

		if (stream_try_poll(stream, waiter))
			unlink_waiter(link);
		else
			link = &waiter->next;
	}
}

static void
serve_all(struct stream *stream)
{
	bool any;

	do {
		any = serve_readers(stream);
		any |= serve_writers(stream);
	} while (any);
	serve_pollers(stream);
}

/*
 * Who still waits has to hear of what others change; they may have done so
 * before they were asked to tell.
 */
void
stream_wake(struct stream *stream)
{
	serve_all(stream);
	if (stream_is_waited_for(stream) && stream->ops->watch != NULL &&
	    stream->ops->watch(stream))
		serve_all(stream);
}

bool
stream_has_readers(const struct stream *stream)
{
	return stream->readers != NULL;
}

bool
stream_has_writers(const struct stream *stream)
{
	return stream->writers != NULL;
}

bool
stream_has_pollers(const struct stream *stream)
{
	return stream->pollers != NULL;
}

void
stream_fail(struct stream *stream, int error)
{
	while (stream->readers != NULL) {
		stream_refuse_read(stream->readers->reply, SERVER_ERROR(error));
		unlink_waiter(&stream->readers);
	}
	while (stream->writers != NULL) {
		stream_refuse_write(
		    stream->writers->reply, SERVER_ERROR(error));
		unlink_waiter(&stream->writers);
	}
	while (stream->pollers != NULL) {
		drop_right(stream->pollers->reply);
		unlink_waiter(&stream->pollers);
	}
}
