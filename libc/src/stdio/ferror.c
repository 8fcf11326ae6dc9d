/* SPDX-License-Identifier: BSD-2-Clause */
/* The state of streams. */
#include "file.h"

int
feof_unlocked(FILE *file)
{
	return (file->flags & FILE_AT_END) != 0;
}

int
ferror_unlocked(FILE *file)
{
	return (file->flags & FILE_ERROR) != 0;
}

void
clearerr_unlocked(FILE *file)
{
	file->flags &= ~(unsigned)(FILE_AT_END | FILE_ERROR);
}

int
feof(FILE *file)
{
	return feof_unlocked(file);
}

int
ferror(FILE *file)
{
	return ferror_unlocked(file);
}

void
clearerr(FILE *file)
{
	file_lock(file);
	clearerr_unlocked(file);
	file_unlock(file);
}
