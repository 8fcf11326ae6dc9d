/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sending and receiving: read() and write(), but for the flags. What travels
 * with data is in message.c.
 */
#include <errno.h>
#include <limits.h>
#include <servers/io_types.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "direct.h"
#include "io.h"
#include "process.h"
#include "socket.h"

#define SEND_FLAGS (MSG_DONTWAIT | MSG_EOR | MSG_NOSIGNAL | MSG_DONTROUTE)
#define RECV_FLAGS (MSG_DONTWAIT | MSG_PEEK | MSG_WAITALL | MSG_NOSIGNAL)

static bool
is_possible(int flags, int known)
{
	if ((flags & ~known) == 0)
		return true;
	errno = EOPNOTSUPP;
	return false;
}

/* What of the flags is the transfer's affair: IO_STREAM_*. */
static int
stream_flags(int flags)
{
	return (flags & MSG_DONTWAIT ? IO_STREAM_NOW : 0) |
	       (flags & MSG_PEEK ? IO_STREAM_PEEK : 0);
}

static int64_t
offset_of(int how)
{
	return how != 0 ? IO_OFFSET_STREAM(how) : IO_OFFSET_CURRENT;
}

/* One message's worth. */
static ssize_t
send_some(int fd, mach_port_t port, const char *from, size_t size, int flags)
{
	int how = stream_flags(flags & MSG_DONTWAIT);
	kern_return_t code;
	size_t done;
	int error = __direct_write(fd, from, size, how, &done);

	if (done > 0)
		return (ssize_t)done;
	if (size > IO_DATA_MAX)
		size = IO_DATA_MAX;
	code = error == DIRECT_BY_MESSAGE
		   ? __write_once(port, from, size, offset_of(how), &done)
		   : SERVER_ERROR(error);
	if (code == SERVER_ERROR(EPIPE) && (flags & MSG_NOSIGNAL) == 0)
		(void)raise(SIGPIPE);
	return __result(code) == 0 ? (ssize_t)done : -1;
}

ssize_t
send(int fd, const void *from, size_t size, int flags)
{
	mach_port_t port = __socket_port(fd);
	const char *at = from;
	size_t left = size < SSIZE_MAX ? size : SSIZE_MAX;

	if (port == MACH_PORT_NULL || !is_possible(flags, SEND_FLAGS))
		return -1;
	while (left > 0) {
		ssize_t sent = send_some(fd, port, at, left, flags);

		if (sent < 0)
			return at > (const char *)from ? at - (const char *)from
						       : -1;
		at += sent;
		left -= (size_t)sent;
		if (sent == 0)
			break;
	}
	return at - (const char *)from;
}

static ssize_t
receive_some(int fd, mach_port_t port, char *to, size_t size, int flags)
{
	int how = stream_flags(flags);
	size_t done;
	int error = __direct_read(fd, to, size, IO_OFFSET_CURRENT, how, &done);

	if (error == 0)
		return (ssize_t)done;
	if (error != DIRECT_BY_MESSAGE)
		return __result(SERVER_ERROR(error));
	if (size > IO_DATA_MAX)
		size = IO_DATA_MAX;
	return __result(__read_once(port, to, size, offset_of(how), &done)) == 0
		   ? (ssize_t)done
		   : -1;
}

ssize_t
recv(int fd, void *to, size_t size, int flags)
{
	mach_port_t port = __socket_port(fd);
	char *at = to;
	size_t left = size < SSIZE_MAX ? size : SSIZE_MAX;

	if (port == MACH_PORT_NULL || !is_possible(flags, RECV_FLAGS))
		return -1;
	while (left > 0) {
		size_t asked = left < IO_DATA_MAX ? left : IO_DATA_MAX;
		ssize_t got = receive_some(fd, port, at, left, flags);

		if (got < 0)
			return at > (char *)to ? at - (char *)to : -1;
		at += got;
		left -= (size_t)got;
		if (got == 0 || (flags & MSG_PEEK) != 0 ||
		    ((flags & MSG_WAITALL) == 0 && (size_t)got < asked))
			break;
		/* What is there already, but no more waiting. */
		if ((flags & MSG_WAITALL) == 0)
			flags |= MSG_DONTWAIT;
	}
	return at - (char *)to;
}

ssize_t
sendto(int fd, const void *from, size_t size, int flags,
    const struct sockaddr *to, socklen_t length)
{
	(void)length;
	if (to != NULL && __socket_port(fd) != MACH_PORT_NULL) {
		errno = EISCONN;
		return -1;
	}
	return send(fd, from, size, flags);
}

ssize_t
recvfrom(int fd, void *to, size_t size, int flags, struct sockaddr *from,
    socklen_t *length)
{
	ssize_t got = recv(fd, to, size, flags);

	/* A stream's data come from the peer only. */
	if (got >= 0 && from != NULL && getpeername(fd, from, length) != 0)
		*length = 0;
	return got;
}

int
sockatmark(int fd)
{
	return __socket_port(fd) != MACH_PORT_NULL ? 0 : -1;
}
