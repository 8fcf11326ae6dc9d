/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings and arrays of wide characters. */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "word.h"

size_t
wcslen(const wchar_t *string)
{
	const wchar_t *at = string;

	while (*at != 0)
		at++;
	return (size_t)(at - string);
}

size_t
wcsnlen(const wchar_t *string, size_t size)
{
	const wchar_t *end = wmemchr(string, 0, size);

	return end != NULL ? (size_t)(end - string) : size;
}

wchar_t *
wmemcpy(wchar_t *restrict to, const wchar_t *restrict from, size_t size)
{
	return memcpy(to, from, size * sizeof(*to));
}

wchar_t *
wmemmove(wchar_t *to, const wchar_t *from, size_t size)
{
	return memmove(to, from, size * sizeof(*to));
}

wchar_t *
wmemset(wchar_t *to, wchar_t c, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		to[i] = c;
	return to;
}

int
wmemcmp(const wchar_t *left, const wchar_t *right, size_t size)
{
	for (; size > 0; size--) {
		if (*left != *right)
			return *left < *right ? -1 : 1;
		left++;
		right++;
	}
	return 0;
}

wchar_t *
wmemchr(const wchar_t *array, wchar_t c, size_t size)
{
	for (; size > 0; size--) {
		if (*array == c)
			return UNCONST(wchar_t *, array);
		array++;
	}
	return NULL;
}

wchar_t *
wcscpy(wchar_t *restrict to, const wchar_t *restrict from)
{
	return wmemcpy(to, from, wcslen(from) + 1);
}

wchar_t *
wcpcpy(wchar_t *restrict to, const wchar_t *restrict from)
{
	size_t length = wcslen(from);

	wmemcpy(to, from, length + 1);
	return to + length;
}

wchar_t *
wcpncpy(wchar_t *restrict to, const wchar_t *restrict from, size_t size)
{
	size_t length = wcsnlen(from, size);

	wmemcpy(to, from, length);
	wmemset(to + length, 0, size - length);
	return to + length;
}

wchar_t *
wcsncpy(wchar_t *restrict to, const wchar_t *restrict from, size_t size)
{
	wcpncpy(to, from, size);
	return to;
}

wchar_t *
wcscat(wchar_t *restrict to, const wchar_t *restrict from)
{
	wcscpy(to + wcslen(to), from);
	return to;
}

wchar_t *
wcsncat(wchar_t *restrict to, const wchar_t *restrict from, size_t size)
{
	size_t length = wcsnlen(from, size);
	wchar_t *end = to + wcslen(to);

	wmemcpy(end, from, length);
	end[length] = 0;
	return to;
}

wchar_t *
wcsdup(const wchar_t *string)
{
	size_t size = wcslen(string) + 1;
	wchar_t *copy = reallocarray(NULL, size, sizeof(*copy));

	return copy != NULL ? wmemcpy(copy, string, size) : NULL;
}
