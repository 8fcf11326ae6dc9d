/* SPDX-License-Identifier: BSD-2-Clause */
/* Shared memory objects. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "named.h"

int
shm_open(const char *name, int flags, mode_t mode)
{
	char path[NAMED_PATH_MAX];

	if ((flags & O_ACCMODE) == O_WRONLY) {
		errno = EINVAL;
		return -1;
	}
	if (!__named_path(path, name, "shm."))
		return -1;
	return open(path, flags | O_CLOEXEC | O_NOFOLLOW, mode & 0777);
}

int
shm_unlink(const char *name)
{
	char path[NAMED_PATH_MAX];

	if (!__named_path(path, name, "shm.")) {
		if (errno == EINVAL)
			errno = ENOENT;
		return -1;
	}
	return __named_remove(path);
}
