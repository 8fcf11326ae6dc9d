/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Multibyte to wide characters: UTF-8, or in the C locale single bytes
 * (BYTE_CHARACTER). The state holds the bits so far, and how
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

/* The least and the most that can come of what has been read. */
static bool
may_become_valid(const mbstate_t *state)
{
	unsigned missing = 6 * LEFT(state);
	unsigned low = state->__value << missing;
	unsigned high = low | ((1U << missing) - 1);

	return high >= LEAST(state) && low <= 0x10ffff &&
	       (low < 0xd800 || high > 0xdfff);
}

/* A byte that is a character. */
static size_t
single(wchar_t *to, unsigned char byte)
{
	if (to != NULL)
		*to = (wchar_t)(byte < 0x80 ? byte : BYTE_CHARACTER(byte));
	return byte != 0;
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

		if (byte < 0x80 || !__locale_is_utf8())
			return single(to, byte);
		if (!start(state, byte))
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
		if (!may_become_valid(state))
			return invalid(state);
	}
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
	if (c < 0 || c > 0xff || (c >= 0x80 && __locale_is_utf8()))
		return WEOF;
	return c < 0x80 ? (wint_t)c : BYTE_CHARACTER((wint_t)c);
}

size_t
__mb_cur_max(void)
{
	return __locale_is_utf8() ? 4 : 1;
}
