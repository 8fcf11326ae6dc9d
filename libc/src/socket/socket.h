/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files about sockets. */
#ifndef LIBC_SOCKET_H
#define LIBC_SOCKET_H

#include <mach/mach_types.h>

#include <sys/socket.h>

/* The port of a descriptor that is a socket; null with EBADF or ENOTSOCK. */
mach_port_t __socket_port(int fd);

/*
 * Enter a socket, whose right is taken over, with SOCK_NONBLOCK and
 * SOCK_CLOEXEC of flags. The descriptor, or -1.
 */
int __socket_add(mach_port_t port, int flags);

#endif
