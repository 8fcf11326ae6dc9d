/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What toybox takes for granted and POSIX does not have. There are no extended
 * attributes; members of the globals of commands that are not selected only
 * need a size.
 */
#include <errno.h>
#include <sys/types.h>

#define IUTF8            0
#define cfsetspeed(t, s) (cfsetispeed(t, s), cfsetospeed(t, s))
#define _SC_UIO_MAXIOV   _SC_IOV_MAX

struct statfs {
	int none;
};
struct sockaddr_in6 {
	int none;
};

static inline ssize_t
xattr_get(const char *path, const char *name, void *value, size_t size)
{
	(void)path, (void)name, (void)value, (void)size;
	errno = ENOTSUP;
	return -1;
}

#define xattr_lget xattr_get

static inline ssize_t
xattr_none(void)
{
	errno = ENOTSUP;
	return -1;
}

#define xattr_flist(fd, list, size)                xattr_none()
#define xattr_fget(fd, name, value, size)          xattr_none()
#define xattr_fset(fd, name, value, size, options) xattr_none()
