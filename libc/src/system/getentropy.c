/* SPDX-License-Identifier: BSD-2-Clause */
/* Random bytes from /dev/random, which never runs out of them. */
#include <errno.h>
#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#define ENTROPY_MAX 256

/* May block for the device's server only. Returns how many, or -1. */
ssize_t
getrandom(void *to, size_t size, unsigned flags)
{
	size_t done = 0;
	int fd;

	if ((flags & ~(unsigned)(GRND_NONBLOCK | GRND_RANDOM)) != 0) {
		errno = EINVAL;
		return -1;
	}
	fd = open("/dev/random", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	while (done < size) {
		ssize_t got = read(fd, (char *)to + done, size - done);

		if (got <= 0)
			break;
		done += (size_t)got;
	}
	close(fd);
	if (done == 0 && size > 0) {
		errno = EIO;
		return -1;
	}
	return (ssize_t)done;
}

int
getentropy(void *to, size_t size)
{
	ssize_t done;

	if (size > ENTROPY_MAX) {
		errno = EIO;
		return -1;
	}
	done = getrandom(to, size, 0);
	if (done < 0)
		return -1;
	if ((size_t)done == size)
		return 0;
	errno = EIO;
	return -1;
}
