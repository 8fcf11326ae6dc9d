/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pipes: a stream with two handles, one for reading and one for writing. It
 * lives until both are closed. Those with a name are in fifo.c.
 */
#include "pipe.h"

#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <libstream/stream.h>
#include <limits.h>
#include <servers/pipe_server.h>
#include <stdlib.h>
#include <sys/stat.h>

#define PIPES_MAX 1024

static unsigned pipe_count;

int
pipe_count_up(void)
{
	if (pipe_count >= PIPES_MAX)
		return ENFILE;
	pipe_count++;
	return 0;
}

void
pipe_count_down(void)
{
	pipe_count--;
}

static struct pipe *
pipe_of(struct stream *stream)
{
	return (struct pipe *)stream;
}

int
pipe_peek(struct stream *stream, void *data, size_t size, size_t *got,
    uint64_t waited_ns)
{
	struct pipe *pipe = pipe_of(stream);

	(void)waited_ns;
	*got = ring_peek(&pipe->ring, data, size);
	return *got == 0 && pipe->writers > 0 ? EAGAIN : 0;
}

void
pipe_consume(struct stream *stream, size_t size)
{
	if (size > 0)
		ring_drop(&pipe_of(stream)->ring, size);
}

/* Requests are at most IO_DATA_MAX, so each is written whole or waits. */
int
pipe_room(struct stream *stream, size_t size, size_t *part)
{
	struct pipe *pipe = pipe_of(stream);

	if (pipe->readers == 0)
		return EPIPE;
	if (ring_reserve(&pipe->ring, size))
		return 0;
	*part = ring_room(&pipe->ring);
	return EAGAIN;
}

void
pipe_write(struct stream *stream, const void *data, size_t size)
{
	ring_put(&pipe_of(stream)->ring, data, size);
}

int
pipe_events(struct stream *stream, int flags)
{
	const struct pipe *pipe = pipe_of(stream);
	int mode = flags & O_ACCMODE;
	int events = 0;

	if (mode != O_WRONLY) {
		if (ring_used(&pipe->ring) > 0)
			events |= IO_POLL_IN;
		if (pipe->writers == 0)
			events |= IO_POLL_HUP;
	}
	if (mode == O_RDONLY)
		return events;
	if (pipe->readers == 0)
		events |= IO_POLL_ERR;
	else if (RING_MAX - ring_used(&pipe->ring) >= PIPE_BUF)
		events |= IO_POLL_OUT;
	return events;
}

void
pipe_add_end(struct pipe *pipe, int flags)
{
	if ((flags & O_ACCMODE) != O_WRONLY)
		pipe->readers++;
	if ((flags & O_ACCMODE) != O_RDONLY)
		pipe->writers++;
}

void
pipe_remove_end(struct pipe *pipe, int flags)
{
	if ((flags & O_ACCMODE) != O_WRONLY)
		pipe->readers--;
	if ((flags & O_ACCMODE) != O_RDONLY)
		pipe->writers--;
}

static void
pipe_stat(struct stream *stream, struct io_stat *stat)
{
	stat->mode = S_IFIFO | 0600;
	stat->ino = pipe_of(stream)->ino;
	stat->size = ring_used(&pipe_of(stream)->ring);
}

static void
tell_gone(struct pipe *pipe)
{
	ring_set_gone(
	    &pipe->ring, (pipe->readers > 0 ? 0 : IO_RING_NO_READER) |
			     (pipe->writers > 0 ? 0 : IO_RING_NO_WRITER));
}

static bool
pipe_direct(
    struct stream *stream, int flags, mach_port_t *object, int64_t *place)
{
	struct pipe *pipe = pipe_of(stream);

	if (pipe->share == NULL) {
		pipe->share = share_create(1);
		if (pipe->share == NULL)
			return false;
		ring_share(&pipe->ring, share_ring(pipe->share, 0));
		tell_gone(pipe);
	}
	ring_set_held(&pipe->ring, (flags & O_ACCMODE) == O_RDONLY);
	*object = share_right(pipe->share);
	*place =
	    (flags & O_ACCMODE) == O_RDONLY ? IO_RING_READS : IO_RING_WRITES;
	if ((flags & O_NONBLOCK) != 0)
		*place |= IO_RING_NONBLOCK;
	return *object != MACH_PORT_NULL;
}

static bool
pipe_watch(struct stream *stream)
{
	struct pipe *pipe = pipe_of(stream);
	bool polled = stream_has_pollers(stream);

	if (pipe->share == NULL)
		return false;
	ring_watch(&pipe->ring, polled || stream_has_readers(stream),
	    polled || stream_has_writers(stream));
	return true;
}

static void
pipe_busy(struct stream *stream, bool writes, bool busy)
{
	ring_set_busy(&pipe_of(stream)->ring, !writes, busy);
}

static void
pipe_closed(struct stream *stream, int flags)
{
	struct pipe *pipe = pipe_of(stream);

	pipe_remove_end(pipe, flags);
	tell_gone(pipe);
	if (pipe->readers > 0 || pipe->writers > 0) {
		stream_wake(stream);
		return;
	}
	stream_fail(stream, EPIPE);
	ring_free(&pipe->ring);
	share_drop(pipe->share);
	free(pipe);
	pipe_count_down();
}

static const struct stream_ops pipe_ops = {
    .peek = pipe_peek,
    .consume = pipe_consume,
    .room = pipe_room,
    .write = pipe_write,
    .events = pipe_events,
    .stat = pipe_stat,
    .closed = pipe_closed,
    .direct = pipe_direct,
    .watch = pipe_watch,
    .busy = pipe_busy,
    .told = stream_wake,
};

kern_return_t
S_pipe_create(
    mach_port_t server, int flags, mach_port_t *reader, mach_port_t *writer)
{
	static uint64_t last_ino;
	struct pipe *pipe;
	int other = flags & O_NONBLOCK;

	(void)server;
	if (pipe_count_up() != 0)
		return SERVER_ERROR(ENFILE);
	pipe = calloc(1, sizeof(*pipe));
	if (pipe == NULL) {
		pipe_count_down();
		return SERVER_ERROR(ENOMEM);
	}
	pipe->stream.ops = &pipe_ops;
	pipe->ino = ++last_ino;
	if (stream_open(&pipe->stream, O_RDONLY | other, reader) != 0) {
		free(pipe);
		pipe_count_down();
		return SERVER_ERROR(ENOMEM);
	}
	pipe_add_end(pipe, O_RDONLY);
	if (stream_open(&pipe->stream, O_WRONLY | other, writer) != 0) {
		/* The last right to the reader's port: it is closed. */
		(void)syscall_mach_port_deallocate(mach_task_self(), *reader);
		return SERVER_ERROR(ENOMEM);
	}
	pipe_add_end(pipe, O_WRONLY);
	return KERN_SUCCESS;
}
