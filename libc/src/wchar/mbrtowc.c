/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Multibyte to wide characters: UTF-8, or in the C locale single bytes, of
 * which those above 127 are an error. The state holds the bits so far, and how
 * many bytes are missing; the top bits of `left` hold the least value that the
 * sequence may have, so that overlong forms are refused.
 */
#include <errno.h>
#include <stdlib.h>
#include <wchar.h>

#include "locale_state.h"

#define LEFT(state)  ((state)->__left & 3)
#define LEAST(state) ((state)->__left >> 2)

static size_t
invalid(mbstate_t *state)
{
	state->__left = 0;
	errno = EILSEQ;
	return (size_t)-1;
}

static int
start(mbstate_t *state, unsigned char byte)
{
	unsigned least;
	unsigned left;

	if (byte >= 0xc2 && byte <= 0xdf) {
		left = 1;
		least = 0x80;
		state->__value = byte & 0x1f;
	} else if ((byte & 0xf0) == 0xe0) {
		left = 2;
		least = 0x800;
		state->__value = byte & 0x0f;
	} else if (byte >= 0xf0 && byte <= 0xf4) {
		left = 3;
		least = 0x10000;
		state->__value = byte & 0x07;
	} else {
		return 0;
	}
	state->__left = least << 2 | left;
	return 1;
}

size_t
mbrtowc(wchar_t *restrict to, const char *restrict from, size_t size,
    mbstate_t *restrict state)
{
	static mbstate_t own;
	size_t used = 0;

	if (state == NULL)
		state = &own;
	if (from == NULL)
		return state->__left != 0 ? invalid(state) : 0;
	if (size == 0)
		return (size_t)-2;
	if (state->__left == 0) {
		unsigned char byte = (unsigned char)from[used++];

		if (byte < 0x80) {
			if (to != NULL)
				*to = byte;
			return byte != 0;
		}
		if (!__locale_is_utf8() || !start(state, byte))
			return invalid(state);
	}
	while (LEFT(state) > 0) {
		unsigned char byte;

		if (used == size)
			return (size_t)-2;
		byte = (unsigned char)from[used++];
		if ((byte & 0xc0) != 0x80)
			return invalid(state);
		state->__value = state->__value << 6 | (byte & 0x3f);
		state->__left--;
	}
	if (state->__value < LEAST(state) || state->__value > 0x10ffff ||
	    (state->__value >= 0xd800 && state->__value < 0xe000))
		return invalid(state);
	state->__left = 0;
	if (to != NULL)
		*to = (wchar_t)state->__value;
	return used;
}

size_t
mbrlen(const char *restrict from, size_t size, mbstate_t *restrict state)
{
	static mbstate_t own;

	return mbrtowc(NULL, from, size, state != NULL ? state : &own);
}

int
mbsinit(const mbstate_t *state)
{
	return state == NULL || state->__left == 0;
}

int
mbtowc(wchar_t *restrict to, const char *restrict from, size_t size)
{
	mbstate_t state = {0, 0};
	size_t used;

	if (from == NULL)
		return 0;
	used = mbrtowc(to, from, size, &state);
	if (used == (size_t)-2)
		errno = EILSEQ;
	return used >= (size_t)-2 ? -1 : (int)used;
}

int
mblen(const char *from, size_t size)
{
	return mbtowc(NULL, from, size);
}

wint_t
btowc(int c)
{
	return c >= 0 && c < 0x80 ? (wint_t)c : WEOF;
}

size_t
__mb_cur_max(void)
{
	return __locale_is_utf8() ? 4 : 1;
}
