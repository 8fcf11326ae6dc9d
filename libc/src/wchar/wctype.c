/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Classes of wide characters: those of ASCII, and beyond it letters, digits
 * and marks count as printable, nothing else. Case is changed in the
 * alphabets where it is a fixed distance: Latin-1, Greek, Cyrillic.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

static int
is_ascii(wint_t c)
{
	return c < 128;
}

/* A character outside of ASCII that is not a control or a space. */
static int
is_beyond(wint_t c)
{
	if (c < 0xa1 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	return !iswspace(c) && (c & 0xfffe) != 0xfffe;
}

int
iswblank(wint_t c)
{
	return is_ascii(c) && isblank((int)c);
}

int
iswdigit(wint_t c)
{
	return is_ascii(c) && isdigit((int)c);
}

int
iswxdigit(wint_t c)
{
	return is_ascii(c) && isxdigit((int)c);
}

int
iswcntrl(wint_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
	       c == 0x2029;
}

int
iswspace(wint_t c)
{
	if (is_ascii(c))
		return isspace((int)c);
	return c == 0x85 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
	       c == 0x2028 || c == 0x2029 || c == 0x205f || c == 0x3000;
}

int
iswprint(wint_t c)
{
	if (is_ascii(c))
		return isprint((int)c);
	return is_beyond(c) || (iswspace(c) && !iswcntrl(c));
}

int
iswgraph(wint_t c)
{
	return is_ascii(c) ? isgraph((int)c) : is_beyond(c);
}

/* General punctuation and symbols; the rest beyond ASCII are letters. */
static int
is_symbol(wint_t c)
{
	return (c < 0xc0 && c != 0xaa && c != 0xb5 && c != 0xba) || c == 0xd7 ||
	       c == 0xf7 || (c >= 0x2010 && c <= 0x2bff) ||
	       (c >= 0x3001 && c <= 0x3020) || (c >= 0x1f000 && c <= 0x1faff);
}

int
iswpunct(wint_t c)
{
	if (is_ascii(c))
		return ispunct((int)c);
	return is_beyond(c) && is_symbol(c);
}

int
iswalpha(wint_t c)
{
	if (is_ascii(c))
		return isalpha((int)c);
	return is_beyond(c) && !is_symbol(c);
}

int
iswalnum(wint_t c)
{
	return iswalpha(c) || iswdigit(c);
}

wint_t
towlower(wint_t c)
{
	if (is_ascii(c))
		return (wint_t)tolower((int)c);
	if ((c >= 0xc0 && c <= 0xde && c != 0xd7) ||
	    (c >= 0x391 && c <= 0x3ab && c != 0x3a2) ||
	    (c >= 0x410 && c <= 0x42f))
		return c + 32;
	if (c >= 0x400 && c <= 0x40f)
		return c + 80;
	return c;
}

wint_t
towupper(wint_t c)
{
	if (is_ascii(c))
		return (wint_t)toupper((int)c);
	if ((c >= 0xe0 && c <= 0xfe && c != 0xf7) ||
	    (c >= 0x3b1 && c <= 0x3cb && c != 0x3c2) ||
	    (c >= 0x430 && c <= 0x44f))
		return c - 32;
	if (c >= 0x450 && c <= 0x45f)
		return c - 80;
	return c;
}

int
iswlower(wint_t c)
{
	return towupper(c) != c;
}

int
iswupper(wint_t c)
{
	return towlower(c) != c;
}

static const struct {
	const char *name;
	int (*test)(wint_t);
} classes[] = {
    {"alnum", iswalnum},
    {"alpha", iswalpha},
    {"blank", iswblank},
    {"cntrl", iswcntrl},
    {"digit", iswdigit},
    {"graph", iswgraph},
    {"lower", iswlower},
    {"print", iswprint},
    {"punct", iswpunct},
    {"space", iswspace},
    {"upper", iswupper},
    {"xdigit", iswxdigit},
};

#define CLASSES (sizeof(classes) / sizeof(classes[0]))

wctype_t
wctype(const char *name)
{
	size_t i;

	for (i = 0; i < CLASSES; i++)
		if (strcmp(classes[i].name, name) == 0)
			return i + 1;
	return 0;
}

int
iswctype(wint_t c, wctype_t class)
{
	return class > 0 && class <= CLASSES && classes[class - 1].test(c);
}

wctrans_t
wctrans(const char *name)
{
	if (strcmp(name, "tolower") == 0)
		return 1;
	return strcmp(name, "toupper") == 0 ? 2 : 0;
}

wint_t
towctrans(wint_t c, wctrans_t mapping)
{
	switch (mapping) {
	case 1:
		return towlower(c);
	case 2:
		return towupper(c);
	default:
		return c;
	}
}

/* Combining marks take no column, East Asian and emoji characters two. */
int
wcwidth(wchar_t wide)
{
	wint_t c = (wint_t)wide;

	if (c == 0 || (c >= 0x300 && c <= 0x36f) ||
	    (c >= 0x200b && c <= 0x200f) || (c >= 0x20d0 && c <= 0x20ff) ||
	    (c >= 0xfe00 && c <= 0xfe0f))
		return 0;
	if (!iswprint(c))
		return -1;
	if ((c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
	    (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
	    (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
	    (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd))
		return 2;
	return 1;
}

int
wcswidth(const wchar_t *string, size_t size)
{
	int total = 0;

	for (; size > 0 && *string != 0; size--) {
		int width = wcwidth(*string++);

		if (width < 0)
			return -1;
		total += width;
	}
	return total;
}
