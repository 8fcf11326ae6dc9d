/* SPDX-License-Identifier: BSD-2-Clause */
/* Multibyte and wide strings into each other. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

size_t
mbsnrtowcs(wchar_t *restrict to, const char **restrict from, size_t bytes,
    size_t size, mbstate_t *restrict state)
{
	static mbstate_t own;
	const char *at = *from;
	size_t count = 0;

	if (state == NULL)
		state = &own;
	while ((to == NULL || count < size) && bytes > 0) {
		wchar_t wide;
		size_t used = mbrtowc(&wide, at, bytes, state);

		if (used == (size_t)-1) {
			if (to != NULL)
				*from = at;
			return used;
		}
		if (used == (size_t)-2) {
			at += bytes;
			break;
		}
		if (to != NULL)
			to[count] = wide;
		if (used == 0) {
			if (to != NULL)
				*from = NULL;
			return count;
		}
		at += used;
		bytes -= used;
		count++;
	}
	if (to != NULL)
		*from = at;
	return count;
}

size_t
mbsrtowcs(wchar_t *restrict to, const char **restrict from, size_t size,
    mbstate_t *restrict state)
{
	return mbsnrtowcs(to, from, strlen(*from) + 1, size, state);
}

size_t
mbstowcs(wchar_t *restrict to, const char *restrict from, size_t size)
{
	mbstate_t state = {0, 0};
	const char *at = from;

	return mbsrtowcs(to, &at, size, &state);
}

size_t
wcsnrtombs(char *restrict to, const wchar_t **restrict from, size_t wides,
    size_t size, mbstate_t *restrict state)
{
	const wchar_t *at = *from;
	size_t count = 0;
	char text[4];

	for (; wides > 0; wides--) {
		size_t used = wcrtomb(text, *at, state);

		if (used == (size_t)-1) {
			if (to != NULL)
				*from = at;
			return used;
		}
		if (to != NULL && count + used > size)
			break;
		if (to != NULL)
			memcpy(to + count, text, used);
		if (*at == 0) {
			if (to != NULL)
				*from = NULL;
			return count;
		}
		count += used;
		at++;
	}
	if (to != NULL)
		*from = at;
	return count;
}

size_t
wcsrtombs(char *restrict to, const wchar_t **restrict from, size_t size,
    mbstate_t *restrict state)
{
	return wcsnrtombs(to, from, SIZE_MAX, size, state);
}

size_t
wcstombs(char *restrict to, const wchar_t *restrict from, size_t size)
{
	const wchar_t *at = from;

	return wcsrtombs(to, &at, size, NULL);
}
