/* SPDX-License-Identifier: BSD-2-Clause */
/* Random bytes from /dev/random. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int
getentropy(void *to, size_t size)
{
	ssize_t done;
	int fd;

	if (size > 256) {
		errno = EIO;
		return -1;
	}
	fd = open("/dev/random", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	done = read(fd, to, size);
	close(fd);
	if (done == (ssize_t)size)
		return 0;
	errno = EIO;
	return -1;
}
