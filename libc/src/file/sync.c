/* SPDX-License-Identifier: BSD-2-Clause */
/* Bringing data to the medium. */
#include <errno.h>
#include <fcntl.h>
#include <machr/system.h>
#include <servers/fs_user.h>
#include <servers/io_user.h>
#include <string.h>
#include <unistd.h>

#include "descriptor.h"
#include "process.h"

int
fsync(int fd)
{
	mach_port_t port = __descriptor_port(fd);

	return port != MACH_PORT_NULL ? __result(io_sync(port)) : -1;
}

int
fdatasync(int fd)
{
	return fsync(fd);
}

int
syncfs(int fd)
{
	mach_port_t port = __descriptor_port(fd);

	return port != MACH_PORT_NULL ? __result(fs_sync(port)) : -1;
}

/* The file system that is mounted there; 0 if it is not ours to reach. */
static int
sync_mount(const char *target)
{
	int fd = open(target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fd >= 0 ? syncfs(fd) : 0;

	if (fd >= 0)
		(void)close(fd);
	return result;
}

/* Each line of text is a source, a target, and more. */
static int
sync_mounts(char *text)
{
	char *outer = NULL;
	int result = 0;

	for (char *line = strtok_r(text, "\n", &outer); line != NULL;
	     line = strtok_r(NULL, "\n", &outer)) {
		char *inner = NULL;
		const char *target;

		(void)strtok_r(line, " ", &inner);
		target = strtok_r(NULL, " ", &inner);
		if (target != NULL && strcmp(target, "/") != 0 &&
		    sync_mount(target) != 0)
			result = -1;
	}
	return result;
}

int
machr_sync(void)
{
	char text[IO_DATA_MAX + 1];
	ssize_t length = machr_mounts(text, IO_DATA_MAX);
	int result = __result(fs_sync(__process.root));

	if (length > 0) {
		text[length < IO_DATA_MAX ? length : IO_DATA_MAX] = '\0';
		if (sync_mounts(text) != 0)
			result = -1;
	}
	return result;
}

void
sync(void)
{
	int error = errno;

	(void)machr_sync();
	errno = error;
}
