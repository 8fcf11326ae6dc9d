/* SPDX-License-Identifier: BSD-2-Clause */
/* Changing mode, owner, length and times of files. */
#include <errno.h>
#include <fcntl.h>
#include <servers/io_user.h>
#include <servers/pipe_user.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>
#include <utime.h>

#include "descriptor.h"
#include "limit.h"
#include "lookup.h"
#include "process.h"

#define SECOND 1000000000L

mode_t
umask(mode_t mask)
{
	mode_t old = __process.umask;

	__process.umask = mask & 0777;
	return old;
}

/*
 * An end of a named pipe is not the file of that name: was that the answer, and
 * who is it? The right is the caller's.
 */
static bool
is_at_file(kern_return_t code, mach_port_t port, mach_port_t *file)
{
	return code == IO_ASK_FILE && fifo_file(port, file) == KERN_SUCCESS;
}

int
fchmod(int fd, mode_t mode)
{
	mach_port_t port = __descriptor_port(fd);
	mach_port_t file;
	kern_return_t code;

	if (port == MACH_PORT_NULL)
		return -1;
	code = io_chmod(port, mode & 07777);
	if (is_at_file(code, port, &file)) {
		code = io_chmod(file, mode & 07777);
		__port_release(file);
	}
	return __result(code);
}

int
fchmodat(int at, const char *path, mode_t mode, int flags)
{
	mach_port_t port;
	int result;

	if (__lookup_handle(at, path, !(flags & AT_SYMLINK_NOFOLLOW), &port) !=
	    0)
		return -1;
	result = __result(io_chmod(port, mode & 07777));
	__port_release(port);
	return result;
}

int
chmod(const char *path, mode_t mode)
{
	return fchmodat(AT_FDCWD, path, mode, 0);
}

int
fchown(int fd, uid_t uid, gid_t gid)
{
	mach_port_t port = __descriptor_port(fd);
	mach_port_t file;
	kern_return_t code;

	if (port == MACH_PORT_NULL)
		return -1;
	code = io_chown(port, uid, gid);
	if (is_at_file(code, port, &file)) {
		code = io_chown(file, uid, gid);
		__port_release(file);
	}
	return __result(code);
}

int
fchownat(int at, const char *path, uid_t uid, gid_t gid, int flags)
{
	mach_port_t port;
	int result;

	if (__lookup_handle(at, path, !(flags & AT_SYMLINK_NOFOLLOW), &port) !=
	    0)
		return -1;
	result = __result(io_chown(port, uid, gid));
	__port_release(port);
	return result;
}

int
chown(const char *path, uid_t uid, gid_t gid)
{
	return fchownat(AT_FDCWD, path, uid, gid, 0);
}

int
lchown(const char *path, uid_t uid, gid_t gid)
{
	return fchownat(AT_FDCWD, path, uid, gid, AT_SYMLINK_NOFOLLOW);
}

int
ftruncate(int fd, off_t length)
{
	mach_port_t port = __descriptor_port(fd);
	size_t last = 1;

	if (port == MACH_PORT_NULL)
		return -1;
	if (length < 0) {
		errno = EINVAL;
		return -1;
	}
	if (length > 0 && !__limit_file(port, length - 1, &last))
		return -1;
	return __result(io_truncate(port, length));
}

int
truncate(const char *path, off_t length)
{
	mach_port_t port;
	int result;

	if (length < 0) {
		errno = EINVAL;
		return -1;
	}
	/* A named pipe would have us wait, or is refused as having no reader.
	 */
	if (__lookup(AT_FDCWD, path, O_WRONLY | O_NONBLOCK, 0, &port) != 0) {
		if (errno == ENXIO)
			errno = EINVAL;
		return -1;
	}
	result = __result(io_truncate(port, length));
	__port_release(port);
	return result;
}

/* Nanoseconds, or one of IO_TIME_*; false with EINVAL. */
static bool
convert_time(const struct timespec *from, uint64_t *to)
{
	if (from->tv_nsec == UTIME_NOW) {
		*to = IO_TIME_NOW;
	} else if (from->tv_nsec == UTIME_OMIT) {
		*to = IO_TIME_OMIT;
	} else if (from->tv_nsec < 0 || from->tv_nsec >= SECOND) {
		errno = EINVAL;
		return false;
	} else {
		*to = (uint64_t)from->tv_sec * SECOND + (uint64_t)from->tv_nsec;
	}
	return true;
}

static int
set_times(mach_port_t port, const struct timespec times[2])
{
	uint64_t values[2] = {IO_TIME_NOW, IO_TIME_NOW};
	mach_port_t file;
	kern_return_t code;

	if (times != NULL && (!convert_time(&times[0], &values[0]) ||
				 !convert_time(&times[1], &values[1])))
		return -1;
	code = io_utimes(port, values[0], values[1]);
	if (is_at_file(code, port, &file)) {
		code = io_utimes(file, values[0], values[1]);
		__port_release(file);
	}
	return __result(code);
}

int
futimens(int fd, const struct timespec times[2])
{
	mach_port_t port = __descriptor_port(fd);

	return port != MACH_PORT_NULL ? set_times(port, times) : -1;
}

int
utimensat(int at, const char *path, const struct timespec times[2], int flags)
{
	mach_port_t port;
	int result;

	if (__lookup_handle(at, path, !(flags & AT_SYMLINK_NOFOLLOW), &port) !=
	    0)
		return -1;
	result = set_times(port, times);
	__port_release(port);
	return result;
}

/* From microseconds; null stays null. */
static const struct timespec *
from_timeval(const struct timeval from[2], struct timespec to[2])
{
	int i;

	if (from == NULL)
		return NULL;
	for (i = 0; i < 2; i++) {
		to[i].tv_sec = from[i].tv_sec;
		to[i].tv_nsec = from[i].tv_usec * 1000;
	}
	return to;
}

int
utimes(const char *path, const struct timeval times[2])
{
	struct timespec exact[2];

	return utimensat(AT_FDCWD, path, from_timeval(times, exact), 0);
}

int
lutimes(const char *path, const struct timeval times[2])
{
	struct timespec exact[2];

	return utimensat(
	    AT_FDCWD, path, from_timeval(times, exact), AT_SYMLINK_NOFOLLOW);
}

int
futimes(int fd, const struct timeval times[2])
{
	struct timespec exact[2];

	return futimens(fd, from_timeval(times, exact));
}

int
utime(const char *path, const struct utimbuf *times)
{
	struct timespec exact[2];

	if (times == NULL)
		return utimensat(AT_FDCWD, path, NULL, 0);
	exact[0] = (struct timespec){times->actime, 0};
	exact[1] = (struct timespec){times->modtime, 0};
	return utimensat(AT_FDCWD, path, exact, 0);
}
