/* SPDX-License-Identifier: BSD-2-Clause */
/* Control of descriptors. */
#include <errno.h>
#include <fcntl.h>
#include <servers/fs_user.h>
#include <servers/io_user.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "direct.h"
#include "process.h"
#include "record_lock.h"

#define SETTABLE (O_APPEND | O_NONBLOCK)

static int
get_flags(int fd, mach_port_t port)
{
	int opened = __descriptors[fd].flags &
		     ~(SETTABLE | O_CLOEXEC | DESCRIPTOR_SOCKET);
	int now;

	if (io_get_flags(port, &now) != KERN_SUCCESS)
		now = __descriptors[fd].flags;
	return opened | (now & SETTABLE);
}

static int
set_flags(int fd, mach_port_t port, int flags)
{
	if (__result(io_set_flags(port, flags)) != 0)
		return -1;
	__direct_set_flags(fd, flags);
	return 0;
}

static int
set_descriptor_flags(int fd, int flags)
{
	if (flags & FD_CLOEXEC)
		__descriptors[fd].flags |= O_CLOEXEC;
	else
		__descriptors[fd].flags &= ~O_CLOEXEC;
	return 0;
}

static int
control(int fd, mach_port_t port, int command, long argument)
{
	int value = (int)argument;

	switch (command) {
	case F_DUPFD:
		return __dup_from(fd, value, 0);
	case F_DUPFD_CLOEXEC:
		return __dup_from(fd, value, O_CLOEXEC);
	case F_GETFD:
		return __descriptors[fd].flags & O_CLOEXEC ? FD_CLOEXEC : 0;
	case F_SETFD:
		return set_descriptor_flags(fd, value);
	case F_GETFL:
		return get_flags(fd, port);
	case F_SETFL:
		return set_flags(fd, port, value & SETTABLE);
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
		__direct_give_up(__descriptors[fd].direct);
		return __record_lock(
		    port, command, (struct flock *)(uintptr_t)argument);
	default:
		errno = EINVAL;
		return -1;
	}
}

int
fcntl(int fd, int command, ...)
{
	mach_port_t port = __descriptor_port(fd);
	va_list arguments;
	long value;

	if (port == MACH_PORT_NULL)
		return -1;
	va_start(arguments, command);
	value = va_arg(arguments, long);
	va_end(arguments);
	return control(fd, port, command, value);
}

int
posix_fadvise(int fd, off_t offset, off_t length, int advice)
{
	struct stat stat;
	int saved = errno;

	(void)offset;
	if (fstat(fd, &stat) != 0) {
		int error = errno;

		errno = saved;
		return error;
	}
	if (S_ISFIFO(stat.st_mode))
		return ESPIPE;
	return length < 0 || advice < POSIX_FADV_NORMAL ||
		       advice > POSIX_FADV_NOREUSE
		   ? EINVAL
		   : 0;
}

/* Extends the file; what is in it already is left alone. */
int
posix_fallocate(int fd, off_t offset, off_t length)
{
	mach_port_t port = __descriptor_port(fd);
	struct io_stat status;
	kern_return_t code;
	off_t end;

	if (port == MACH_PORT_NULL)
		return EBADF;
	if (offset < 0 || length <= 0)
		return EINVAL;
	if (__builtin_add_overflow(offset, length, &end))
		return EFBIG;
	code = io_stat(port, &status);
	if (code == KERN_SUCCESS && (uint64_t)end > status.size)
		code = io_truncate(port, end);
	return code == KERN_SUCCESS ? 0 : __error_number(code);
}
