/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading and writing of arrays. */
#include <errno.h>

#include "file.h"

size_t
fread_unlocked(
    void *restrict to, size_t size, size_t count, FILE *restrict file)
{
	size_t total;

	if (__builtin_mul_overflow(size, count, &total)) {
		errno = EOVERFLOW;
		file->flags |= FILE_ERROR;
		return 0;
	}
	if (total == 0)
		return 0;
	return __file_read(file, to, total) / size;
}

size_t
fread(void *restrict to, size_t size, size_t count, FILE *restrict file)
{
	size_t done;

	file_lock(file);
	done = fread_unlocked(to, size, count, file);
	file_unlock(file);
	return done;
}

size_t
fwrite_unlocked(
    const void *restrict from, size_t size, size_t count, FILE *restrict file)
{
	size_t total;

	if (__builtin_mul_overflow(size, count, &total)) {
		errno = EOVERFLOW;
		file->flags |= FILE_ERROR;
		return 0;
	}
	if (total == 0)
		return 0;
	return __file_write(file, from, total) / size;
}

size_t
fwrite(
    const void *restrict from, size_t size, size_t count, FILE *restrict file)
{
	size_t done;

	file_lock(file);
	done = fwrite_unlocked(from, size, count, file);
	file_unlock(file);
	return done;
}
