/* SPDX-License-Identifier: BSD-2-Clause */
/* Formatted output to memory allocated for it. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int
vasprintf(char **to, const char *format, va_list arguments)
{
	va_list again;
	int size;

	va_copy(again, arguments);
	size = vsnprintf(NULL, 0, format, again);
	va_end(again);
	*to = size >= 0 ? malloc((size_t)size + 1) : NULL;
	if (*to == NULL)
		return -1;
	return vsnprintf(*to, (size_t)size + 1, format, arguments);
}

int
asprintf(char **to, const char *format, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, format);
	result = vasprintf(to, format, arguments);
	va_end(arguments);
	return result;
}
