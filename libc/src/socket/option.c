/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options. Those of a local socket that could change anything cannot be
 * changed; those that change nothing are taken.
 */
#include <errno.h>
#include <servers/socket_user.h>
#include <string.h>

#include "process.h"
#include "socket.h"

#define BUFFER 65536 /* the server's ring */

_Static_assert(AF_UNIX == 1 && SOCK_STREAM == 1, "as get_number() says");

static int
refuse(int error)
{
	errno = error;
	return -1;
}

static int
give(const void *value, size_t size, void *to, socklen_t *length)
{
	if (size > *length)
		size = *length;
	memcpy(to, value, size);
	*length = (socklen_t)size;
	return 0;
}

static int
get_number(int option, const socket_info_t *info, int *value)
{
	switch (option) {
	case SO_ACCEPTCONN:
		*value = info->state == SOCKET_LISTENS;
		return 0;
	case SO_SNDBUF:
	case SO_RCVBUF:
		*value = BUFFER;
		return 0;
	case SO_TYPE:   /* SOCK_STREAM */
	case SO_DOMAIN: /* AF_UNIX */
	case SO_RCVLOWAT:
	case SO_SNDLOWAT:
		*value = 1;
		return 0;
	case SO_ERROR:
	case SO_DEBUG:
	case SO_REUSEADDR:
	case SO_KEEPALIVE:
	case SO_OOBINLINE:
	case SO_BROADCAST:
	case SO_DONTROUTE:
		*value = 0;
		return 0;
	default:
		return refuse(ENOPROTOOPT);
	}
}

int
getsockopt(int fd, int level, int option, void *value, socklen_t *length)
{
	mach_port_t port = __socket_port(fd);
	socket_info_t info;
	int number;

	if (port == MACH_PORT_NULL)
		return -1;
	if (level != SOL_SOCKET)
		return refuse(ENOPROTOOPT);
	if (__result(socket_info(port, &info)) != 0)
		return -1;
	if (option == SO_PEERCRED) {
		struct ucred peer = {
		    0, (unsigned)info.peer_uid, (unsigned)info.peer_gid};

		if (info.state != SOCKET_CONNECTED)
			return refuse(ENOTCONN);
		return give(&peer, sizeof(peer), value, length);
	}
	return get_number(option, &info, &number) == 0
		   ? give(&number, sizeof(number), value, length)
		   : -1;
}

int
setsockopt(int fd, int level, int option, const void *value, socklen_t length)
{
	(void)value;
	if (__socket_port(fd) == MACH_PORT_NULL)
		return -1;
	if (level != SOL_SOCKET)
		return refuse(ENOPROTOOPT);
	if (length < sizeof(int))
		return refuse(EINVAL);
	switch (option) {
	case SO_DEBUG:
	case SO_REUSEADDR:
	case SO_KEEPALIVE:
	case SO_OOBINLINE:
	case SO_BROADCAST:
	case SO_DONTROUTE:
	case SO_LINGER:
	case SO_SNDBUF:
	case SO_RCVBUF:
		return 0;
	default:
		return refuse(ENOPROTOOPT);
	}
}
