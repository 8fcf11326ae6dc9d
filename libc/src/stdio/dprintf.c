/* SPDX-License-Identifier: BSD-2-Clause */
/* Formatted output to a descriptor. */
#include <stdarg.h>
#include <stdio.h>

#include "format.h"

int
vdprintf(int fd, const char *restrict format, va_list arguments)
{
	unsigned char space[BUFSIZ];
	FILE file = {
	    .flags = FILE_NO_READ | FILE_STATIC,
	    .fd = fd,
	    .buffer = space,
	    .size = sizeof(space),
	    .ops = &__file_fd_ops,
	};
	struct format_sink sink = {.file = &file};
	int result = __format(&sink, format, arguments);

	if (__file_flush(&file) != 0)
		result = -1;
	return result;
}

int
dprintf(int fd, const char *restrict format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = vdprintf(fd, format, arguments);
	va_end(arguments);
	return result;
}
