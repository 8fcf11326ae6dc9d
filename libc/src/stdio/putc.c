/* SPDX-License-Identifier: BSD-2-Clause */
/* Writing of single characters. */
#include "file.h"

int
fputc(int c, FILE *file)
{
	file_lock(file);
	c = file_putc(file, c);
	file_unlock(file);
	return c;
}

int
putc(int c, FILE *file)
{
	return fputc(c, file);
}

int
putchar(int c)
{
	return fputc(c, stdout);
}

int
fputc_unlocked(int c, FILE *file)
{
	return file_putc(file, c);
}

int
putc_unlocked(int c, FILE *file)
{
	return file_putc(file, c);
}

int
putchar_unlocked(int c)
{
	return file_putc(stdout, c);
}
