/* SPDX-License-Identifier: BSD-2-Clause */
/* Formatted output to memory. */
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include "format.h"

int
vsnprintf(char *restrict to, size_t size, const char *restrict format,
    va_list arguments)
{
	char nowhere[1];
	struct format_sink sink = {.at = nowhere, .end = nowhere};
	int result;

	if (size > 0) {
		size_t room = size - 1;

		if (room > UINTPTR_MAX - (uintptr_t)to)
			room = UINTPTR_MAX - (uintptr_t)to;
		sink.at = to;
		sink.end = (char *)((uintptr_t)to + room);
	}
	result = __format(&sink, format, arguments);
	if (size > 0)
		*sink.at = '\0';
	return result;
}

int
vsprintf(char *restrict to, const char *restrict format, va_list arguments)
{
	return vsnprintf(to, SIZE_MAX, format, arguments);
}

int
snprintf(char *restrict to, size_t size, const char *restrict format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = vsnprintf(to, size, format, arguments);
	va_end(arguments);
	return result;
}

int
sprintf(char *restrict to, const char *restrict format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = vsnprintf(to, SIZE_MAX, format, arguments);
	va_end(arguments);
	return result;
}
