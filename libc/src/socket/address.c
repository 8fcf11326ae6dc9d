/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Addresses: a local socket's is a name in a file system, which hands it to
 * who may write to that name.
 */
#include <errno.h>
#include <fcntl.h>
#include <servers/fs_user.h>
#include <servers/socket_user.h>
#include <stddef.h>
#include <string.h>
#include <sys/un.h>

#include "lookup.h"
#include "process.h"
#include "socket.h"

#define PATH_AT (socklen_t) offsetof(struct sockaddr_un, sun_path)

/* The path of an address, which may have no NUL. */
static int
get_path(const struct sockaddr *address, socklen_t length,
    char path[sizeof(struct sockaddr_un)])
{
	const char *from = (const char *)address + PATH_AT;

	if (length < sizeof(sa_family_t) ||
	    length > sizeof(struct sockaddr_un)) {
		errno = EINVAL;
		return -1;
	}
	if (address->sa_family != AF_UNIX) {
		errno = EAFNOSUPPORT;
		return -1;
	}
	length = length > PATH_AT ? length - PATH_AT : 0;
	memcpy(path, from, length);
	path[length] = '\0';
	if (path[0] != '\0')
		return 0;
	errno = ENOENT;
	return -1;
}

int
bind(int fd, const struct sockaddr *address, socklen_t length)
{
	char path[sizeof(struct sockaddr_un)];
	mach_port_t port = __socket_port(fd);
	struct parent parent;
	mach_port_t right;
	int result;

	if (port == MACH_PORT_NULL || get_path(address, length, path) != 0 ||
	    __result(socket_address(port, &right)) != 0)
		return -1;
	if (__lookup_parent(AT_FDCWD, path, &parent) != 0) {
		__port_release(right);
		return -1;
	}
	result = __result(dir_bind(
	    parent.directory, parent.name, 0777 & ~__process.umask, right));
	__parent_release(&parent);
	__port_release(right);
	return result == 0 ? __result(socket_set_name(port, path)) : -1;
}

int
connect(int fd, const struct sockaddr *address, socklen_t length)
{
	char path[sizeof(struct sockaddr_un)];
	mach_port_t port = __socket_port(fd);
	mach_port_t file, right;
	unsigned interrupts;
	kern_return_t code;

	if (port == MACH_PORT_NULL || get_path(address, length, path) != 0 ||
	    __lookup_handle(AT_FDCWD, path, true, &file) != 0)
		return -1;
	code = file_socket(file, &right);
	__port_release(file);
	if (__result(code) != 0)
		return -1;
	do {
		interrupts = __signal_interrupts;
		code = socket_connect(port, right);
	} while (__restart(code, interrupts));
	__port_release(right);
	return __result(code);
}

/* As much of it as there is room for; the length is the whole. */
static int
put_path(const char *path, struct sockaddr *address, socklen_t *length)
{
	struct sockaddr_un whole = {.sun_family = AF_UNIX};
	socklen_t size = PATH_AT;

	if (address == NULL)
		return 0;
	if (*path != '\0') {
		(void)strlcpy(whole.sun_path, path, sizeof(whole.sun_path));
		size += (socklen_t)strlen(whole.sun_path) + 1;
	}
	memcpy(address, &whole, size < *length ? size : *length);
	*length = size;
	return 0;
}

static int
get_name(int fd, int of_peer, struct sockaddr *address, socklen_t *length)
{
	mach_port_t port = __socket_port(fd);
	char path[IO_NAME_MAX];

	if (port == MACH_PORT_NULL ||
	    __result(socket_name(port, of_peer, path)) != 0)
		return -1;
	return put_path(path, address, length);
}

int
getsockname(int fd, struct sockaddr *address, socklen_t *length)
{
	return get_name(fd, 0, address, length);
}

int
getpeername(int fd, struct sockaddr *address, socklen_t *length)
{
	return get_name(fd, 1, address, length);
}

int
accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
	mach_port_t port = __socket_port(fd);
	mach_port_t connection;
	unsigned interrupts;
	kern_return_t code;
	int result;

	if (port == MACH_PORT_NULL)
		return -1;
	if ((flags & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)) != 0) {
		errno = EINVAL;
		return -1;
	}
	do {
		interrupts = __signal_interrupts;
		code = socket_accept(port, &connection);
	} while (__restart(code, interrupts));
	if (__result(code) != 0)
		return -1;
	result = __socket_add(connection, flags);
	/* Whoever connected may be gone already, and has no name then. */
	if (result >= 0 && address != NULL &&
	    getpeername(result, address, length) != 0)
		(void)put_path("", address, length);
	return result;
}

int
accept(int fd, struct sockaddr *address, socklen_t *length)
{
	return accept4(fd, address, length, 0);
}
