/* SPDX-License-Identifier: BSD-2-Clause */
/* Opening files. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#include "descriptor.h"
#include "lookup.h"
#include "process.h"

/* A name of a descriptor of ours is opened as by dup(). */
static int
open_own(int own, int flags)
{
	int fd = -1;

	if (__descriptor_port(own) == MACH_PORT_NULL)
		errno = ENOENT;
	else if (!__descriptor_serves(__descriptors[own].flags, flags))
		errno = EACCES;
	else
		fd = __dup_from(own, 0, flags & O_CLOEXEC);
	return fd;
}

static int
open_at(int at, const char *path, int flags, mode_t mode)
{
	mach_port_t port;
	int own;
	int fd;

	if (!(flags & O_CREAT))
		mode = 0;
	mode &= ~__process.umask & 07777;
	if (__lookup_open(at, path, flags & ~O_CLOEXEC, mode, &port, &own) != 0)
		return -1;
	if (own >= 0)
		return open_own(own, flags);
	fd = __descriptor_add(port, flags & ~(O_CREAT | O_EXCL | O_TRUNC), 0);
	if (fd < 0)
		__port_release(port);
	return fd;
}

int
open(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	va_start(arguments, flags);
	mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
	va_end(arguments);
	return open_at(AT_FDCWD, path, flags, mode);
}

int
openat(int at, const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	va_start(arguments, flags);
	mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
	va_end(arguments);
	return open_at(at, path, flags, mode);
}

int
creat(const char *path, mode_t mode)
{
	return open_at(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}
