/* SPDX-License-Identifier: BSD-2-Clause */
/* Making sockets: local ones, of streams. */
#include "socket.h"

#include <errno.h>
#include <fcntl.h>
#include <servers/io_user.h>
#include <servers/socket_user.h>
#include <unistd.h>

#include "descriptor.h"
#include "process.h"
#include "service.h"

#define FLAGS (SOCK_NONBLOCK | SOCK_CLOEXEC)

_Static_assert(SOCK_NONBLOCK == O_NONBLOCK && SOCK_CLOEXEC == O_CLOEXEC,
    "they are handed on as they are");

mach_port_t
__socket_port(int fd)
{
	mach_port_t port = __descriptor_port(fd);

	if (port == MACH_PORT_NULL ||
	    (__descriptors[fd].flags & DESCRIPTOR_SOCKET) != 0)
		return port;
	errno = ENOTSOCK;
	return MACH_PORT_NULL;
}

int
__socket_add(mach_port_t port, int flags)
{
	int fd = -1;

	if ((flags & SOCK_NONBLOCK) == 0 ||
	    __result(io_set_flags(port, O_NONBLOCK)) == 0)
		fd = __descriptor_add(
		    port, O_RDWR | DESCRIPTOR_SOCKET | (flags & O_CLOEXEC), 0);
	if (fd < 0)
		__port_release(port);
	return fd;
}

static int
check(int domain, int type, int protocol)
{
	int error = 0;

	if (domain != AF_UNIX)
		error = EAFNOSUPPORT;
	else if (protocol != 0)
		error = EPROTONOSUPPORT;
	else if ((type & ~FLAGS) != SOCK_STREAM)
		error = EPROTOTYPE;
	if (error == 0)
		return 0;
	errno = error;
	return -1;
}

static kern_return_t
create(mach_port_t server, void *argument)
{
	return socket_create(server, argument);
}

int
socket(int domain, int type, int protocol)
{
	mach_port_t port;

	if (check(domain, type, protocol) != 0 ||
	    __result(__pipe_service(create, &port)) != 0)
		return -1;
	return __socket_add(port, type & FLAGS);
}

static kern_return_t
create_pair(mach_port_t server, void *argument)
{
	mach_port_t *ports = argument;

	return socket_pair(server, &ports[0], &ports[1]);
}

int
socketpair(int domain, int type, int protocol, int pair[2])
{
	mach_port_t ports[2];

	if (check(domain, type, protocol) != 0 ||
	    __result(__pipe_service(create_pair, ports)) != 0)
		return -1;
	pair[0] = __socket_add(ports[0], type & FLAGS);
	if (pair[0] < 0) {
		__port_release(ports[1]);
		return -1;
	}
	pair[1] = __socket_add(ports[1], type & FLAGS);
	if (pair[1] >= 0)
		return 0;
	close(pair[0]);
	errno = EMFILE;
	return -1;
}

int
shutdown(int fd, int how)
{
	mach_port_t port = __socket_port(fd);

	return port != MACH_PORT_NULL ? __result(socket_shutdown(port, how))
				      : -1;
}

int
listen(int fd, int backlog)
{
	mach_port_t port = __socket_port(fd);

	return port != MACH_PORT_NULL ? __result(socket_listen(port, backlog))
				      : -1;
}
