/* SPDX-License-Identifier: BSD-2-Clause */
/* Sockets: their data, and their end. See socket.h. */
#include "socket.h"

#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <servers/socket_server.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#define SOCKETS_MAX 1024

static unsigned socket_count;
static struct socket *noted;

static struct socket *
of_stream(struct stream *stream)
{
	return (struct socket *)stream;
}

void
socket_wake(struct socket *socket)
{
	if (socket->noted)
		return;
	socket->noted = true;
	socket->noted_next = noted;
	noted = socket;
}

static void
forget_wake(struct socket *socket)
{
	struct socket **link = &noted;

	if (!socket->noted)
		return;
	while (*link != socket)
		link = &(*link)->noted_next;
	*link = socket->noted_next;
}

mach_msg_timeout_t
socket_poll(void)
{
	while (noted != NULL) {
		struct socket *socket = noted;

		noted = socket->noted_next;
		socket->noted = false;
		stream_wake(&socket->stream);
	}
	return rights_poll();
}

static bool
at_end(const struct socket *socket)
{
	return socket->no_more_in || socket->peer == NULL;
}

static int
peek(struct stream *stream, void *data, size_t size, size_t *got,
    uint64_t waited_ns)
{
	struct socket *socket = of_stream(stream);

	(void)waited_ns;
	if (socket->state != SOCKET_CONNECTED)
		return ENOTCONN;
	*got = ring_peek(&socket->in, data, size);
	return *got == 0 && !at_end(socket) ? EAGAIN : 0;
}

static void
consume(struct stream *stream, size_t size)
{
	struct socket *socket = of_stream(stream);

	if (size == 0)
		return;
	ring_drop(&socket->in, size);
	rights_pass(socket);
	if (socket->peer != NULL)
		socket_wake(socket->peer);
}

static int
room(struct stream *stream, size_t size, size_t *part)
{
	struct socket *socket = of_stream(stream);

	if (socket->state != SOCKET_CONNECTED)
		return ENOTCONN;
	if (socket->no_more_out || socket->peer == NULL)
		return EPIPE;
	if (ring_reserve(&socket->peer->in, size))
		return 0;
	*part = ring_room(&socket->peer->in);
	return EAGAIN;
}

static void
put(struct stream *stream, const void *data, size_t size)
{
	struct socket *peer = of_stream(stream)->peer;

	ring_put(&peer->in, data, size);
	socket_wake(peer);
}

static int
events(struct stream *stream, int flags)
{
	const struct socket *socket = of_stream(stream);
	int result = 0;

	(void)flags;
	if (socket->state == SOCKET_LISTENS)
		return socket->queue.count > 0 ? IO_POLL_IN : 0;
	if (socket->state == SOCKET_IDLE)
		return IO_POLL_HUP;
	if (ring_used(&socket->in) > 0 || at_end(socket))
		result |= IO_POLL_IN;
	if (socket->peer == NULL || (at_end(socket) && socket->no_more_out))
		return result | IO_POLL_HUP;
	if (!socket->no_more_out &&
	    RING_MAX - ring_used(&socket->peer->in) >= PIPE_BUF)
		result |= IO_POLL_OUT;
	return result;
}

static void
get_stat(struct stream *stream, struct io_stat *stat)
{
	stat->mode = S_IFSOCK | 0777;
	stat->ino = of_stream(stream)->ino;
}

/* What who shares the rings has to know of this end. */
static void
tell_gone(struct socket *socket)
{
	const struct socket *peer = socket->peer;
	bool no_writer = at_end(socket);
	bool no_reader = peer == NULL || peer->no_more_out;

	ring_set_gone(&socket->in, (no_writer ? IO_RING_NO_WRITER : 0) |
				       (no_reader ? IO_RING_NO_READER : 0));
}

static bool
share_rings(struct socket *socket)
{
	struct socket *peer = socket->peer;

	socket->share = share_create(2);
	if (socket->share == NULL)
		return false;
	peer->share = share_use(socket->share);
	peer->share_index = 1;
	ring_share(&socket->in, share_ring(socket->share, 0));
	ring_share(&peer->in, share_ring(socket->share, 1));
	tell_gone(socket);
	tell_gone(peer);
	return true;
}

static bool
direct(struct stream *stream, int flags, mach_port_t *object, int64_t *place)
{
	struct socket *socket = of_stream(stream);

	/* Rights are told of by us only. */
	if (socket->state != SOCKET_CONNECTED || socket->peer == NULL ||
	    socket->bundles != NULL || socket->peer->bundles != NULL ||
	    (socket->share == NULL && !share_rings(socket)))
		return false;
	ring_set_held(&socket->in, true);
	ring_set_held(&socket->peer->in, false);
	*object = share_right(socket->share);
	*place = IO_RING_READS | IO_RING_WRITES | IO_RING_RINGS_TWO |
		 (socket->share_index == 0 ? IO_RING_WRITES_SECOND
					   : IO_RING_READS_SECOND);
	if ((flags & O_NONBLOCK) != 0)
		*place |= IO_RING_NONBLOCK;
	return *object != MACH_PORT_NULL;
}

static bool
watch(struct stream *stream)
{
	struct socket *socket = of_stream(stream);
	bool polled = stream_has_pollers(stream);

	if (socket->share == NULL)
		return false;
	ring_watch(&socket->in, polled || stream_has_readers(stream), false);
	if (socket->peer != NULL)
		ring_watch(&socket->peer->in, false,
		    polled || stream_has_writers(stream));
	return true;
}

static void
set_busy(struct stream *stream, bool writes, bool busy)
{
	struct socket *socket = of_stream(stream);

	if (!writes)
		ring_set_busy(&socket->in, true, busy);
	else if (socket->peer != NULL)
		ring_set_busy(&socket->peer->in, false, busy);
}

static void
told(struct stream *stream)
{
	struct socket *socket = of_stream(stream);

	socket_wake(socket);
	if (socket->peer != NULL)
		socket_wake(socket->peer);
}

static void
closed(struct stream *stream, int flags)
{
	struct socket *socket = of_stream(stream);

	(void)flags;
	socket_leave_queues(socket);
	socket_drop_address(socket);
	if (socket->peer != NULL) {
		socket->peer->peer = NULL;
		tell_gone(socket->peer);
		socket_wake(socket->peer);
		socket->peer = NULL;
		tell_gone(socket);
	}
	forget_wake(socket);
	rights_remove_socket(socket);
	stream_fail(stream, EBADF);
	ring_free(&socket->in);
	share_drop(socket->share);
	free(socket->name);
	free(socket);
	socket_count--;
}

static const struct stream_ops ops = {
    .peek = peek,
    .consume = consume,
    .room = room,
    .write = put,
    .events = events,
    .stat = get_stat,
    .closed = closed,
    .direct = direct,
    .watch = watch,
    .busy = set_busy,
    .told = told,
};

struct socket *
socket_of(mach_port_t port)
{
	struct stream *stream = stream_of(port);

	return stream != NULL && stream->ops == &ops ? of_stream(stream) : NULL;
}

int
socket_new(struct socket **result, mach_port_t *right)
{
	static uint64_t last_ino;
	struct socket *socket;

	if (socket_count >= SOCKETS_MAX)
		return ENFILE;
	socket = calloc(1, sizeof(*socket));
	if (socket == NULL)
		return ENOMEM;
	socket->stream.ops = &ops;
	socket->ino = ++last_ino;
	if (stream_open(&socket->stream, O_RDWR, right) != 0) {
		free(socket);
		return ENOMEM;
	}
	socket_count++;
	rights_add_socket(socket);
	*result = socket;
	return 0;
}

void
socket_join(struct socket *one, struct socket *other)
{
	one->peer = other;
	other->peer = one;
	one->state = SOCKET_CONNECTED;
	other->state = SOCKET_CONNECTED;
	socket_wake(one);
	socket_wake(other);
}

kern_return_t
S_socket_create(mach_port_t server, mach_port_t *right)
{
	struct socket *socket;
	int error = socket_new(&socket, right);

	(void)server;
	return error == 0 ? KERN_SUCCESS : SERVER_ERROR(error);
}

kern_return_t
S_socket_pair(mach_port_t server, mach_port_t *first, mach_port_t *second)
{
	struct socket *one, *other;
	int error = socket_new(&one, first);

	(void)server;
	if (error != 0)
		return SERVER_ERROR(error);
	error = socket_new(&other, second);
	if (error != 0) {
		/* The last right: it is closed. */
		(void)syscall_mach_port_deallocate(mach_task_self(), *first);
		return SERVER_ERROR(error);
	}
	one->peer_token = ports_sender();
	other->peer_token = ports_sender();
	socket_join(one, other);
	return KERN_SUCCESS;
}

/* Nothing is taken away: what has been sent can still be received. */
kern_return_t
S_socket_shutdown(mach_port_t port, int how)
{
	struct socket *socket = socket_of(port);

	if (socket == NULL)
		return SERVER_ERROR(ENOTSOCK);
	if (how != SHUT_RD && how != SHUT_WR && how != SHUT_RDWR)
		return SERVER_ERROR(EINVAL);
	if (socket->state != SOCKET_CONNECTED)
		return SERVER_ERROR(ENOTCONN);
	if (how != SHUT_WR)
		socket->no_more_in = true;
	if (how != SHUT_RD)
		socket->no_more_out = true;
	tell_gone(socket);
	socket_wake(socket);
	if (socket->peer == NULL)
		return KERN_SUCCESS;
	if (how != SHUT_WR)
		socket->peer->no_more_out = true;
	if (how != SHUT_RD)
		socket->peer->no_more_in = true;
	tell_gone(socket);
	tell_gone(socket->peer);
	socket_wake(socket->peer);
	return KERN_SUCCESS;
}

kern_return_t
S_socket_info(mach_port_t port, socket_info_t *info)
{
	const struct socket *socket = socket_of(port);

	memset(info, 0, sizeof(*info));
	if (socket == NULL)
		return SERVER_ERROR(ENOTSOCK);
	info->state = socket->state;
	info->peer_uid = socket->peer_token.val[0];
	info->peer_gid = socket->peer_token.val[1];
	return KERN_SUCCESS;
}
