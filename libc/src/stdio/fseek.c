/* SPDX-License-Identifier: BSD-2-Clause */
/* Positions in streams. */
#include <errno.h>

#include "file.h"

int
fseeko(FILE *file, off_t offset, int whence)
{
	int result;

	if (whence != SEEK_SET && whence != SEEK_CUR && whence != SEEK_END) {
		errno = EINVAL;
		return -1;
	}
	file_lock(file);
	result = __file_seek(file, offset, whence);
	file_unlock(file);
	return result;
}

int
fseek(FILE *file, long offset, int whence)
{
	return fseeko(file, offset, whence);
}

off_t
ftello(FILE *file)
{
	off_t offset;

	file_lock(file);
	offset = __file_tell(file);
	file_unlock(file);
	return offset;
}

long
ftell(FILE *file)
{
	return ftello(file);
}

void
rewind(FILE *file)
{
	file_lock(file);
	__file_seek(file, 0, SEEK_SET);
	file->flags &= ~(unsigned)FILE_ERROR;
	file_unlock(file);
}

int
fgetpos(FILE *restrict file, fpos_t *restrict position)
{
	position->__offset = ftello(file);
	position->__state = 0;
	return position->__offset < 0 ? -1 : 0;
}

int
fsetpos(FILE *file, const fpos_t *position)
{
	return fseeko(file, position->__offset, SEEK_SET);
}
