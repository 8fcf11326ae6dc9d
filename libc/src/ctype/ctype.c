/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Character classes of the C locale. One table, indexed by the byte: a
 * non-zero entry is a set of class bits.
 */
#include <ctype.h>

enum {
	UPPER = 0x01,
	LOWER = 0x02,
	DIGIT = 0x04,
	SPACE = 0x08,
	PUNCT = 0x10,
	CNTRL = 0x20,
	HEX = 0x40,
	BLANK = 0x80,
};

static const unsigned char classes[128] = {
    [0 ... 8] = CNTRL,
    ['\t'] = CNTRL | SPACE | BLANK,
    ['\n' ... '\r'] = CNTRL | SPACE,
    [14 ... 31] = CNTRL,
    [' '] = SPACE | BLANK,
    ['!' ... '/'] = PUNCT,
    ['0' ... '9'] = DIGIT | HEX,
    [':' ... '@'] = PUNCT,
    ['A' ... 'F'] = UPPER | HEX,
    ['G' ... 'Z'] = UPPER,
    ['[' ... '`'] = PUNCT,
    ['a' ... 'f'] = LOWER | HEX,
    ['g' ... 'z'] = LOWER,
    ['{' ... '~'] = PUNCT,
    [127] = CNTRL,
};

static int
in_class(int c, int class)
{
	return (unsigned)c < sizeof(classes) && (classes[c] & class) != 0;
}

int
isalnum(int c)
{
	return in_class(c, UPPER | LOWER | DIGIT);
}

int
isalnum_l(int c, locale_t locale)
{
	(void)locale;
	return in_class(c, UPPER | LOWER | DIGIT);
}

int
isalpha(int c)
{
	return in_class(c, UPPER | LOWER);
}

int
isalpha_l(int c, locale_t locale)
{
	(void)locale;
	return in_class(c, UPPER | LOWER);
}

int
isblank(int c)
{
	return in_class(c, BLANK);
}

int
isblank_l(int c, locale_t locale)
{
	(void)locale;
	return in_class(c, BLANK);
}

int
iscntrl(int c)
{
	return in_class(c, CNTRL);
}

int
iscntrl_l(int c, locale_t locale)
{
	(void)locale;
	return in_class(c, CNTRL);
}

int
isdigit(int c)
{
	return in_class(c, DIGIT);
}

int
isdigit_l(int c, locale_t locale)
{
	(void)locale;
	return in_class(c, DIGIT);
}

int
islower(int c)
{
	return in_class(c, LOWER);
}

int
islower_l(int c, locale_t locale)
{
	(void)locale;
	return in_class(c, LOWER);
}

int
ispunct(int c)
{
	return in_class(c, PUNCT);
}

int
ispunct_l(int c, locale_t locale)
{
	(void)locale;
	return in_class(c, PUNCT);
}

int
isspace(int c)
{
	return in_class(c, SPACE);
}

int
isspace_l(int c, locale_t locale)
{
	(void)locale;
	return in_class(c, SPACE);
}

int
isupper(int c)
{
	return in_class(c, UPPER);
}

int
isupper_l(int c, locale_t locale)
{
	(void)locale;
	return in_class(c, UPPER);
}

int
isxdigit(int c)
{
	return in_class(c, HEX);
}

int
isxdigit_l(int c, locale_t locale)
{
	(void)locale;
	return in_class(c, HEX);
}

int
isgraph(int c)
{
	return in_class(c, UPPER | LOWER | DIGIT | PUNCT);
}

int
isgraph_l(int c, locale_t locale)
{
	(void)locale;
	return in_class(c, UPPER | LOWER | DIGIT | PUNCT);
}

int
isprint(int c)
{
	return (unsigned)c - 0x20 < 0x5f;
}

int
isprint_l(int c, locale_t locale)
{
	(void)locale;
	return isprint(c);
}

int
tolower(int c)
{
	return (unsigned)c - 'A' < 26 ? c + 32 : c;
}

int
toupper(int c)
{
	return (unsigned)c - 'a' < 26 ? c - 32 : c;
}

int
tolower_l(int c, locale_t locale)
{
	(void)locale;
	return tolower(c);
}

int
toupper_l(int c, locale_t locale)
{
	(void)locale;
	return toupper(c);
}

int
isascii(int c)
{
	return (unsigned)c < 128;
}

int
toascii(int c)
{
	return c & 0x7f;
}

/* Of letters of the other case only: so they say. */
int(_tolower)(int c)
{
	return _tolower(c);
}

int(_toupper)(int c)
{
	return _toupper(c);
}
