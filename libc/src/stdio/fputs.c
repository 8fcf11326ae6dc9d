/* SPDX-License-Identifier: BSD-2-Clause */
/* Writing of strings. */
#include <string.h>

#include "file.h"

int
fputs_unlocked(const char *restrict string, FILE *restrict file)
{
	size_t length = strlen(string);

	return __file_write(file, string, length) == length ? 0 : EOF;
}

int
fputs(const char *restrict string, FILE *restrict file)
{
	int result;

	file_lock(file);
	result = fputs_unlocked(string, file);
	file_unlock(file);
	return result;
}

int
puts(const char *string)
{
	int result;

	file_lock(stdout);
	result = fputs_unlocked(string, stdout);
	if (result == 0 && file_putc(stdout, '\n') == EOF)
		result = EOF;
	file_unlock(stdout);
	return result;
}
