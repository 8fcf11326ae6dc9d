/* SPDX-License-Identifier: BSD-2-Clause */
/* Opening and closing streams. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"

static unsigned
flags_of(int open_flags)
{
	unsigned flags = FILE_ASK_TTY;

	if ((open_flags & O_ACCMODE) == O_RDONLY)
		flags |= FILE_NO_WRITE;
	if ((open_flags & O_ACCMODE) == O_WRONLY)
		flags |= FILE_NO_READ;
	if (open_flags & O_APPEND)
		flags |= FILE_APPEND;
	return flags;
}

FILE *
fopen(const char *restrict path, const char *restrict mode)
{
	int flags = __file_mode(mode);
	int fd;
	FILE *file;

	if (flags < 0)
		return NULL;
	fd = open(path, flags, 0666);
	if (fd < 0)
		return NULL;
	file = __file_new(flags_of(flags), fd, &__file_fd_ops);
	if (file == NULL) {
		close(fd);
		errno = ENOMEM;
	}
	return file;
}

FILE *
fdopen(int fd, const char *mode)
{
	int flags = __file_mode(mode);
	int now;

	if (flags < 0)
		return NULL;
	now = fcntl(fd, F_GETFL);
	if (now < 0)
		return NULL;
	if ((now & O_ACCMODE) != O_RDWR &&
	    (now & O_ACCMODE) != (flags & O_ACCMODE)) {
		errno = EINVAL;
		return NULL;
	}
	if ((flags & O_APPEND) && !(now & O_APPEND))
		fcntl(fd, F_SETFL, now | O_APPEND);
	if (flags & O_CLOEXEC)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	return __file_new(flags_of(flags), fd, &__file_fd_ops);
}

int
fclose(FILE *file)
{
	int result;

	file_lock(file);
	result = fflush_unlocked(file);
	if (file->ops->close(file) != 0)
		result = EOF;
	file_unlock(file);
	__file_free(file);
	return result;
}

/* Change the mode of what is open already, as far as that can be done. */
static bool
change_mode(FILE *file, int flags)
{
	int now = fcntl(file->fd, F_GETFL);
	int wanted = flags & O_ACCMODE;

	if (now < 0)
		return false;
	if ((now & O_ACCMODE) != O_RDWR && (now & O_ACCMODE) != wanted) {
		errno = EBADF;
		return false;
	}
	fcntl(file->fd, F_SETFL, flags & O_APPEND);
	fcntl(file->fd, F_SETFD, flags & O_CLOEXEC ? FD_CLOEXEC : 0);
	return (flags & O_TRUNC) == 0 || ftruncate(file->fd, 0) == 0;
}

static bool
reopen(FILE *file, const char *path, int flags)
{
	int fd;

	if (path == NULL)
		return change_mode(file, flags);
	fd = open(path, flags, 0666);
	if (fd < 0)
		return false;
	if (file->fd < 0 || fd == file->fd) {
		file->fd = fd;
		return true;
	}
	if (dup3(fd, file->fd, flags & O_CLOEXEC) < 0) {
		close(fd);
		return false;
	}
	close(fd);
	return true;
}

FILE *
freopen(
    const char *restrict path, const char *restrict mode, FILE *restrict file)
{
	int flags = __file_mode(mode);
	unsigned keep = FILE_OWN_BUFFER | FILE_STATIC;

	if (flags < 0) {
		fclose(file);
		return NULL;
	}
	file_lock(file);
	fflush_unlocked(file);
	if (!reopen(file, path, flags)) {
		int error = errno;

		file_unlock(file);
		fclose(file);
		errno = error;
		return NULL;
	}
	file->flags = (file->flags & keep) | flags_of(flags);
	file->ops = &__file_fd_ops;
	file->orientation = 0;
	if (file->mode == _IOLBF)
		file->mode = _IOFBF;
	file->read_at = file->read_end = NULL;
	file->write_at = file->write_end = file->write_base = NULL;
	file_unlock(file);
	return file;
}
