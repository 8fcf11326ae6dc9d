/* SPDX-License-Identifier: BSD-2-Clause */
/* Searching in wide strings, and taking them apart. */
#include <stdbool.h>
#include <wchar.h>

#include "word.h"

wchar_t *
wcschr(const wchar_t *string, wchar_t c)
{
	for (;; string++) {
		if (*string == c)
			return UNCONST(wchar_t *, string);
		if (*string == 0)
			return NULL;
	}
}

wchar_t *
wcsrchr(const wchar_t *string, wchar_t c)
{
	const wchar_t *at = string + wcslen(string);

	for (;; at--) {
		if (*at == c)
			return UNCONST(wchar_t *, at);
		if (at == string)
			return NULL;
	}
}

static size_t
span(const wchar_t *string, const wchar_t *set, bool inside)
{
	const wchar_t *at = string;

	while (*at != 0 && (wcschr(set, *at) != NULL) == inside)
		at++;
	return (size_t)(at - string);
}

size_t
wcsspn(const wchar_t *string, const wchar_t *accept)
{
	return span(string, accept, true);
}

size_t
wcscspn(const wchar_t *string, const wchar_t *reject)
{
	return span(string, reject, false);
}

wchar_t *
wcspbrk(const wchar_t *string, const wchar_t *accept)
{
	string += wcscspn(string, accept);
	return *string != 0 ? UNCONST(wchar_t *, string) : NULL;
}

wchar_t *
wcsstr(const wchar_t *restrict hay, const wchar_t *restrict needle)
{
	size_t length = wcslen(needle);

	for (;; hay++) {
		if (wcsncmp(hay, needle, length) == 0)
			return UNCONST(wchar_t *, hay);
		if (*hay == 0)
			return NULL;
	}
}

wchar_t *
wcstok(wchar_t *restrict string, const wchar_t *restrict separators,
    wchar_t **restrict rest)
{
	wchar_t *end;

	if (string == NULL)
		string = *rest;
	*rest = NULL;
	if (string == NULL)
		return NULL;
	string += wcsspn(string, separators);
	if (*string == 0)
		return NULL;
	end = string + wcscspn(string, separators);
	if (*end != 0) {
		*end = 0;
		*rest = end + 1;
	}
	return string;
}
