/* SPDX-License-Identifier: BSD-2-Clause */
/* What is in a stream's buffer. */
#include <stdio_ext.h>

#include "file.h"

size_t
__fbufsize(FILE *file)
{
	return file->size;
}

int
__freading(FILE *file)
{
	return (file->flags & FILE_NO_WRITE) || file->read_end != NULL;
}

int
__fwriting(FILE *file)
{
	return (file->flags & FILE_NO_READ) || file->write_base != NULL;
}

int
__freadable(FILE *file)
{
	return !(file->flags & FILE_NO_READ);
}

int
__fwritable(FILE *file)
{
	return !(file->flags & FILE_NO_WRITE);
}

int
__flbf(FILE *file)
{
	return file->mode == _IOLBF;
}

size_t
__fpending(FILE *file)
{
	return (size_t)(file->write_at - file->write_base);
}

size_t
__freadahead(FILE *file)
{
	return (size_t)(file->read_end - file->read_at);
}

const char *
__freadptr(FILE *file, size_t *size)
{
	*size = __freadahead(file);
	return *size > 0 ? (const char *)file->read_at : NULL;
}

void
__freadptrinc(FILE *file, size_t size)
{
	file->read_at += size;
}

void
__fpurge(FILE *file)
{
	file_lock(file);
	file->read_at = file->read_end = NULL;
	file->write_at = file->write_end = file->write_base = NULL;
	file_unlock(file);
}

void
_flushlbf(void)
{
	fflush(NULL);
}

int
__fsetlocking(FILE *file, int type)
{
	(void)file;
	(void)type;
	return FSETLOCKING_INTERNAL;
}

void
__fseterr(FILE *file)
{
	file->flags |= FILE_ERROR;
}
