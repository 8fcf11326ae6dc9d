/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formatted input of wide characters: the stream's bytes are multibyte
 * characters, so scanf() reads them; a wide string becomes such bytes first.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <wchar.h>

#include "file.h"
#include "scan.h"
#include "wide_format.h"

int
vfwscanf(FILE *restrict file, const wchar_t *restrict wide, va_list arguments)
{
	char *format = __wide_to_utf8(wide);
	int result;

	if (format == NULL)
		return EOF;
	(void)fwide(file, 1);
	result = __scan(file, format, SCAN_CHARACTERS, arguments);
	free(format);
	return result;
}

int
vswscanf(const wchar_t *restrict from, const wchar_t *restrict wide,
    va_list arguments)
{
	char *format = __wide_to_utf8(wide);
	char *text = __wide_to_utf8(from);
	int result = EOF;
	FILE file;

	if (format != NULL && text != NULL)
		result = __scan(
		    __scan_string(&file, text), format, SCAN_UTF8, arguments);
	free(format);
	free(text);
	return result;
}

int
vwscanf(const wchar_t *restrict wide, va_list arguments)
{
	return vfwscanf(stdin, wide, arguments);
}

int
swscanf(const wchar_t *restrict from, const wchar_t *restrict wide, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, wide);
	result = vswscanf(from, wide, arguments);
	va_end(arguments);
	return result;
}

int
fwscanf(FILE *restrict file, const wchar_t *restrict wide, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, wide);
	result = vfwscanf(file, wide, arguments);
	va_end(arguments);
	return result;
}

int
wscanf(const wchar_t *restrict wide, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, wide);
	result = vfwscanf(stdin, wide, arguments);
	va_end(arguments);
	return result;
}
