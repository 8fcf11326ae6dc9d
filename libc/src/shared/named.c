/* SPDX-License-Identifier: BSD-2-Clause */
/* Where things that processes share by name have their files. */
#include "named.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "process.h"

#define DIRECTORY "/var/shm/"

bool
__named_path(char path[NAMED_PATH_MAX], const char *name, const char *prefix)
{
	while (*name == '/')
		name++;
	if (strlen(name) + strlen(prefix) > NAME_MAX) {
		errno = ENAMETOOLONG;
		return false;
	}
	if (*name == '\0' || strchr(name, '/') != NULL ||
	    strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
		errno = EINVAL;
		return false;
	}
	snprintf(path, NAMED_PATH_MAX, "%s%s%s", DIRECTORY, prefix, name);
	return true;
}

int
__named_make(char path[NAMED_PATH_MAX], off_t size, mode_t mode)
{
	int fd;
	int saved;

	snprintf(path, NAMED_PATH_MAX, "%snew.XXXXXX", DIRECTORY);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		return -1;
	if (ftruncate(fd, size) == 0 &&
	    fchmod(fd, mode & 0666 & ~__process.umask) == 0)
		return fd;
	saved = errno;
	(void)unlink(path);
	(void)close(fd);
	errno = saved;
	return -1;
}

int
__named_finish(int fd, bool filled, const char *temporary, const char *path)
{
	int saved;

	if (!filled || link(temporary, path) != 0) {
		saved = errno;
		(void)close(fd);
		fd = -1;
		errno = saved;
	}
	saved = errno;
	(void)unlink(temporary);
	errno = saved;
	return fd;
}

int
__named_remove(const char *path)
{
	int result = unlink(path);

	if (result != 0 && errno == EPERM)
		errno = EACCES;
	return result;
}
