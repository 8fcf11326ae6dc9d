/* SPDX-License-Identifier: BSD-2-Clause */
/* The other members of the scanf() family. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "file.h"
#include "word.h"

int
vsscanf(
    const char *restrict string, const char *restrict format, va_list arguments)
{
	static const struct file_ops ops = {.read = NULL};
	unsigned char *text = UNCONST(unsigned char *, string);
	unsigned char space[1];
	FILE file = {
	    .flags = FILE_NO_WRITE | FILE_STATIC,
	    .fd = -1,
	    .buffer = space,
	    .size = sizeof(space),
	    .ops = &ops,
	    .read_at = text,
	    .read_end = text + strlen(string),
	};

	return vfscanf(&file, format, arguments);
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
