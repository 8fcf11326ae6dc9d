/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading of single characters, and putting them back. */
#include "file.h"

int
fgetc(FILE *file)
{
	int c;

	file_lock(file);
	c = file_getc(file);
	file_unlock(file);
	return c;
}

int
getc(FILE *file)
{
	return fgetc(file);
}

int
getchar(void)
{
	return fgetc(stdin);
}

int
fgetc_unlocked(FILE *file)
{
	return file_getc(file);
}

int
getc_unlocked(FILE *file)
{
	return file_getc(file);
}

int
getchar_unlocked(void)
{
	return file_getc(stdin);
}

int
ungetc(int c, FILE *file)
{
	if (c == EOF)
		return EOF;
	file_lock(file);
	if (!__file_start_reading(file) ||
	    file->read_at == file->buffer - PUSHBACK) {
		file_unlock(file);
		return EOF;
	}
	*--file->read_at = (unsigned char)c;
	file->flags &= ~(unsigned)FILE_AT_END;
	file_unlock(file);
	return (unsigned char)c;
}
