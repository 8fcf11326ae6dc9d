/* SPDX-License-Identifier: BSD-2-Clause */
/* The current directory. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <servers/io_user.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "lookup.h"
#include "process.h"

static int
change(mach_port_t *which, const char *path)
{
	mach_port_t old = *which;
	mach_port_t port;

	if (__lookup(AT_FDCWD, path, O_PATH | O_DIRECTORY, 0, &port) != 0)
		return -1;
	*which = port;
	if (old != __process.root && old != __process.cwd)
		__port_release(old);
	return 0;
}

int
chdir(const char *path)
{
	if (access(path, X_OK) != 0)
		return -1;
	return change(&__process.cwd, path);
}

int
chroot(const char *path)
{
	if (geteuid() != 0) {
		errno = EPERM;
		return -1;
	}
	return change(&__process.root, path);
}

/* The descriptor keeps its right; the directory gets one of its own. */
int
fchdir(int fd)
{
	mach_port_t at = __descriptor_port(fd);
	mach_port_t old = __process.cwd;
	mach_port_t port;
	struct stat status;

	if (at == MACH_PORT_NULL || fstat(fd, &status) != 0)
		return -1;
	if (!S_ISDIR(status.st_mode)) {
		errno = ENOTDIR;
		return -1;
	}
	if (__lookup(fd, ".", O_PATH | O_DIRECTORY, 0, &port) != 0)
		return -1;
	__process.cwd = port;
	if (old != __process.root)
		__port_release(old);
	return 0;
}

/*
 * Put what io_path() says of each file system in front of the path so far,
 * from the current directory up to the root. Returns where the path starts.
 */
static char *
collect(mach_port_t port, char *space, size_t size)
{
	char part[IO_PATH_MAX];
	char *start = space + size - 1;
	mach_port_t above;
	bool own = false;

	*start = '\0';
	while (port != MACH_PORT_NULL) {
		size_t length;

		if (__result(io_path(port, part, &above)) != 0)
			start = NULL;
		if (own)
			__port_release(port);
		if (start == NULL)
			return NULL;
		length = strlen(part);
		while (length > 0 && part[length - 1] == '/')
			length--;
		if (length > (size_t)(start - space)) {
			__port_release(above);
			errno = ENAMETOOLONG;
			return NULL;
		}
		start -= length;
		memcpy(start, part, length);
		port = above;
		own = true;
	}
	if (*start == '\0')
		*--start = '/';
	return start;
}

char *
getcwd(char *to, size_t size)
{
	char space[PATH_MAX];
	const char *path;

	if (to != NULL && size == 0) {
		errno = EINVAL;
		return NULL;
	}
	if (__process.cwd == MACH_PORT_NULL) {
		errno = ENOSYS;
		return NULL;
	}
	path = collect(__process.cwd, space, sizeof(space));
	if (path == NULL)
		return NULL;
	if (to == NULL)
		return strdup(path);
	if (strlen(path) >= size) {
		errno = ERANGE;
		return NULL;
	}
	return memcpy(to, path, strlen(path) + 1);
}
