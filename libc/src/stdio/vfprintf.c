/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formatted output to streams. An unbuffered stream gets a buffer for the time
 * of the call, so that a message goes out in one piece.
 */
#include <stdarg.h>
#include <stdio.h>

#include "format.h"

#define CALL_BUFFER 512

static int
print_unbuffered(FILE *file, const char *format, va_list arguments)
{
	unsigned char space[CALL_BUFFER];
	struct format_sink sink = {.file = file};
	unsigned char *buffer = file->buffer;
	size_t size = file->size;
	int result;

	file->buffer = space;
	file->size = sizeof(space);
	file->mode = _IOFBF;
	file->write_base = file->write_at = space;
	file->write_end = space + sizeof(space);
	result = __format(&sink, format, arguments);
	if (__file_flush(file) != 0)
		result = -1;
	file->mode = _IONBF;
	file->buffer = buffer;
	file->size = size;
	file->write_base = file->write_at = file->write_end = buffer;
	return result;
}

int
vfprintf(FILE *restrict file, const char *restrict format, va_list arguments)
{
	struct format_sink sink = {.file = file};
	int result = -1;

	file_lock(file);
	if (__file_start_writing(file)) {
		if (file->mode == _IONBF)
			result = print_unbuffered(file, format, arguments);
		else
			result = __format(&sink, format, arguments);
	}
	file_unlock(file);
	return result;
}

int
vprintf(const char *restrict format, va_list arguments)
{
	return vfprintf(stdout, format, arguments);
}

int
fprintf(FILE *restrict file, const char *restrict format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = vfprintf(file, format, arguments);
	va_end(arguments);
	return result;
}

int
printf(const char *restrict format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = vfprintf(stdout, format, arguments);
	va_end(arguments);
	return result;
}
