/* SPDX-License-Identifier: BSD-2-Clause */
/* The descriptor under a stream. */
#include <errno.h>

#include "file.h"

int
fileno_unlocked(FILE *file)
{
	if (file->fd < 0)
		errno = EBADF;
	return file->fd;
}

int
fileno(FILE *file)
{
	return fileno_unlocked(file);
}
