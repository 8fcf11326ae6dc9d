/* SPDX-License-Identifier: BSD-2-Clause */
/* Collation: in the locales there are, the order of bytes. */
#include <string.h>

int
strcoll(const char *left, const char *right)
{
	return strcmp(left, right);
}

int
strcoll_l(const char *left, const char *right, locale_t locale)
{
	(void)locale;
	return strcmp(left, right);
}

size_t
strxfrm(char *restrict to, const char *restrict from, size_t size)
{
	return strlcpy(to, from, size);
}

size_t
strxfrm_l(
    char *restrict to, const char *restrict from, size_t size, locale_t locale)
{
	(void)locale;
	return strlcpy(to, from, size);
}
