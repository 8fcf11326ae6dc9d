/* SPDX-License-Identifier: BSD-2-Clause */
/* Formatted output of wide characters, through the engine of printf(). */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <wchar.h>

#include "format.h"
#include "wide_format.h"

/* The result as UTF-8, to be freed, and how many characters it has. */
static char *
format(const wchar_t *wide, va_list arguments, int *count)
{
	char *narrow = __wide_to_utf8(wide);
	char *text = NULL;
	size_t size = 0;
	struct format_sink sink = {.wide = true};

	*count = -1;
	if (narrow == NULL)
		return NULL;
	sink.file = open_memstream(&text, &size);
	if (sink.file != NULL) {
		if (__file_start_writing(sink.file))
			*count = __format(&sink, narrow, arguments);
		if (fclose(sink.file) != 0)
			*count = -1;
		if (*count < 0) {
			free(text);
			text = NULL;
		}
	}
	free(narrow);
	return text;
}

int
vswprintf(wchar_t *restrict to, size_t size, const wchar_t *restrict wide,
    va_list arguments)
{
	int count;
	char *text = format(wide, arguments, &count);
	const char *at = text;
	int i;

	if (text == NULL)
		return -1;
	for (i = 0; i < count && (size_t)i + 1 < size; i++)
		to[i] = __utf8_next(&at);
	if (size > 0)
		to[i] = 0;
	free(text);
	if ((size_t)count < size)
		return count;
	errno = EOVERFLOW;
	return -1;
}

int
vfwprintf(FILE *restrict file, const wchar_t *restrict wide, va_list arguments)
{
	int count;
	char *text = format(wide, arguments, &count);
	const char *at = text;
	int i;

	if (text == NULL)
		return -1;
	file_lock(file);
	for (i = 0; i < count; i++)
		if (fputwc(__utf8_next(&at), file) == WEOF)
			count = -1;
	file_unlock(file);
	free(text);
	return count;
}

int
vwprintf(const wchar_t *restrict wide, va_list arguments)
{
	return vfwprintf(stdout, wide, arguments);
}

int
swprintf(wchar_t *restrict to, size_t size, const wchar_t *restrict wide, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, wide);
	result = vswprintf(to, size, wide, arguments);
	va_end(arguments);
	return result;
}

int
fwprintf(FILE *restrict file, const wchar_t *restrict wide, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, wide);
	result = vfwprintf(file, wide, arguments);
	va_end(arguments);
	return result;
}

int
wprintf(const wchar_t *restrict wide, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, wide);
	result = vfwprintf(stdout, wide, arguments);
	va_end(arguments);
	return result;
}
