/* SPDX-License-Identifier: BSD-2-Clause */
/* Choosing how a stream is buffered. */
#include <errno.h>
#include <stdlib.h>

#include "file.h"

static void
use_buffer(FILE *file, unsigned char *memory, size_t size, unsigned own)
{
	if (file->flags & FILE_OWN_BUFFER)
		free(file->buffer - PUSHBACK);
	file->flags &= ~(unsigned)FILE_OWN_BUFFER;
	file->flags |= own;
	file->buffer = memory + PUSHBACK;
	file->size = size - PUSHBACK;
}

int
setvbuf(FILE *restrict file, char *restrict memory, int mode, size_t size)
{
	int result = 0;

	if (mode != _IOFBF && mode != _IOLBF && mode != _IONBF) {
		errno = EINVAL;
		return -1;
	}
	file_lock(file);
	fflush_unlocked(file);
	if (file->read_at == file->read_end) {
		file->read_at = file->read_end = NULL;
		file->write_at = file->write_end = file->write_base = NULL;
		if (mode != _IONBF && memory == NULL && size > 0 &&
		    size != file->size) {
			unsigned char *own = malloc(size + PUSHBACK);

			if (own != NULL)
				use_buffer(file, own, size + PUSHBACK,
				    FILE_OWN_BUFFER);
			else
				result = -1;
		} else if (mode != _IONBF && memory != NULL &&
			   size > PUSHBACK) {
			use_buffer(file, (unsigned char *)memory, size, 0);
		}
		file->mode = mode;
		file->flags &= ~(unsigned)FILE_ASK_TTY;
	}
	file_unlock(file);
	return result;
}

void
setbuf(FILE *restrict file, char *restrict memory)
{
	setvbuf(file, memory, memory != NULL ? _IOFBF : _IONBF, BUFSIZ);
}

void
setlinebuf(FILE *file)
{
	setvbuf(file, NULL, _IOLBF, 0);
}
