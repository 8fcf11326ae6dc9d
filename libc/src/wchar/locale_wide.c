/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The functions of wide characters that take a locale: characters are Unicode
 * in each, so they are those without.
 */
#include <wchar.h>
#include <wctype.h>

#define CLASS(name)                                  \
	int isw##name##_l(wint_t c, locale_t locale) \
	{                                            \
		(void)locale;                        \
		return isw##name(c);                 \
	}

CLASS(alnum)
CLASS(alpha)
CLASS(blank)
CLASS(cntrl)
CLASS(digit)
CLASS(graph)
CLASS(lower)
CLASS(print)
CLASS(punct)
CLASS(space)
CLASS(upper)
CLASS(xdigit)

int
iswctype_l(wint_t c, wctype_t type, locale_t locale)
{
	(void)locale;
	return iswctype(c, type);
}

wctype_t
wctype_l(const char *name, locale_t locale)
{
	(void)locale;
	return wctype(name);
}

wctrans_t
wctrans_l(const char *name, locale_t locale)
{
	(void)locale;
	return wctrans(name);
}

wint_t
towctrans_l(wint_t c, wctrans_t how, locale_t locale)
{
	(void)locale;
	return towctrans(c, how);
}

wint_t
towlower_l(wint_t c, locale_t locale)
{
	(void)locale;
	return towlower(c);
}

wint_t
towupper_l(wint_t c, locale_t locale)
{
	(void)locale;
	return towupper(c);
}

int
wcscasecmp_l(const wchar_t *one, const wchar_t *other, locale_t locale)
{
	(void)locale;
	return wcscasecmp(one, other);
}

int
wcsncasecmp_l(
    const wchar_t *one, const wchar_t *other, size_t size, locale_t locale)
{
	(void)locale;
	return wcsncasecmp(one, other, size);
}

int
wcscoll_l(const wchar_t *one, const wchar_t *other, locale_t locale)
{
	(void)locale;
	return wcscoll(one, other);
}

size_t
wcsxfrm_l(wchar_t *restrict to, const wchar_t *restrict from, size_t size,
    locale_t locale)
{
	(void)locale;
	return wcsxfrm(to, from, size);
}
