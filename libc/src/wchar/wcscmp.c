/* SPDX-License-Identifier: BSD-2-Clause */
/* Comparison of wide strings, in the order of code points. */
#include <stdint.h>
#include <wchar.h>
#include <wctype.h>

int
wcsncmp(const wchar_t *left, const wchar_t *right, size_t size)
{
	for (; size > 0; size--) {
		if (*left != *right)
			return *left < *right ? -1 : 1;
		if (*left == 0)
			return 0;
		left++;
		right++;
	}
	return 0;
}

int
wcscmp(const wchar_t *left, const wchar_t *right)
{
	return wcsncmp(left, right, SIZE_MAX);
}

int
wcscoll(const wchar_t *left, const wchar_t *right)
{
	return wcsncmp(left, right, SIZE_MAX);
}

size_t
wcsxfrm(wchar_t *restrict to, const wchar_t *restrict from, size_t size)
{
	size_t length = wcslen(from);

	if (length < size)
		wmemcpy(to, from, length + 1);
	return length;
}

int
wcsncasecmp(const wchar_t *left, const wchar_t *right, size_t size)
{
	for (; size > 0; size--) {
		wint_t a = towlower((wint_t)*left);
		wint_t b = towlower((wint_t)*right);

		if (a != b)
			return a < b ? -1 : 1;
		if (*left == 0)
			return 0;
		left++;
		right++;
	}
	return 0;
}

int
wcscasecmp(const wchar_t *left, const wchar_t *right)
{
	return wcsncasecmp(left, right, SIZE_MAX);
}
