/* SPDX-License-Identifier: BSD-2-Clause */
/* Dates as wide strings. */
#include <stdlib.h>
#include <time.h>
#include <wchar.h>

#include "wide_format.h"

size_t
wcsftime(wchar_t *restrict to, size_t size, const wchar_t *restrict wide,
    const struct tm *restrict time)
{
	/* The format cannot be checked. */
	size_t (*convert)(char *, size_t, const char *, const struct tm *) =
	    strftime;
	char *format = __wide_to_utf8(wide);
	char *text = malloc(4 * size + 1);
	const char *at = text;
	size_t used = 0;
	size_t count = 0;

	if (format != NULL && text != NULL)
		used = convert(text, 4 * size + 1, format, time);
	while (used > 0 && at < text + used && count < size)
		to[count++] = __utf8_next(&at);
	free(format);
	free(text);
	if (count == size)
		return 0;
	to[count] = 0;
	return count;
}
