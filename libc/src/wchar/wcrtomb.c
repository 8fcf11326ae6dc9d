/* SPDX-License-Identifier: BSD-2-Clause */
/* Wide to multibyte characters. */
#include <errno.h>
#include <stdlib.h>
#include <wchar.h>

#include "locale_state.h"

size_t
wcrtomb(char *restrict to, wchar_t wide, mbstate_t *restrict state)
{
	(void)state;
	if (to == NULL)
		return 1;
	if ((unsigned)wide >= 0x80 && !__locale_is_utf8()) {
		if (IS_BYTE_CHARACTER(wide)) {
			*to = (char)wide;
			return 1;
		}
		errno = EILSEQ;
		return (size_t)-1;
	}
	return __utf8_encode(to, (unsigned)wide);
}

size_t
__utf8_encode(char *to, unsigned c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
		errno = EILSEQ;
		return (size_t)-1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xe0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

int
wctomb(char *to, wchar_t wide)
{
	return to != NULL ? (int)wcrtomb(to, wide, NULL) : 0;
}

int
wctob(wint_t c)
{
	if (c >= 0x80 && (!IS_BYTE_CHARACTER(c) || __locale_is_utf8()))
		return -1;
	return (int)(c & 0xff);
}
