/* SPDX-License-Identifier: BSD-2-Clause */
/* The other members of the scanf() family. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "file.h"
#include "scan.h"
#include "word.h"

FILE *
__scan_string(FILE *space, const char *string)
{
	static const struct file_ops ops = {.read = NULL};
	unsigned char *text = UNCONST(unsigned char *, string);

	/* The buffer is never used: what it holds is its address. */
	*space = (FILE){
	    .flags = FILE_NO_WRITE | FILE_STATIC,
	    .fd = -1,
	    .buffer = text,
	    .size = 1,
	    .ops = &ops,
	    .read_at = text,
	    .read_end = text + strlen(string),
	};
	return space;
}

int
vsscanf(
    const char *restrict string, const char *restrict format, va_list arguments)
{
	FILE file;

	return vfscanf(__scan_string(&file, string), format, arguments);
}

int
vscanf(const char *restrict format, va_list arguments)
{
	return vfscanf(stdin, format, arguments);
}

int
fscanf(FILE *restrict file, const char *restrict format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = vfscanf(file, format, arguments);
	va_end(arguments);
	return result;
}

int
scanf(const char *restrict format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = vfscanf(stdin, format, arguments);
	va_end(arguments);
	return result;
}

int
sscanf(const char *restrict string, const char *restrict format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = vsscanf(string, format, arguments);
	va_end(arguments);
	return result;
}
