/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Characters of 16 and 32 bits. A wide character is one of 32 bits; beyond
 * 0xffff one of 16 bits is half a pair, and the state remembers that the other
 * half is still to come: PAIR in `left`, which is no state of mbrtowc().
 */
#include <errno.h>
#include <uchar.h>

#define PAIR       (~0U)
#define PAIR_FIRST 0x10000
#define HIGH       0xd800
#define LOW        0xdc00
#define HALF_END   0xe000
#define HALF_BITS  10
#define HALF_MASK  0x3ff

/* Results of mbrtowc() that are no number of bytes. */
#define INCOMPLETE ((size_t)-2)
/* Of mbrtoc16(): a character, and no bytes were read for it. */
#define NO_BYTES ((size_t)-3)

size_t
mbrtoc32(char32_t *restrict to, const char *restrict from, size_t size,
    mbstate_t *restrict state)
{
	static mbstate_t own;
	wchar_t wide = 0;
	size_t used;

	if (state == NULL)
		state = &own;
	if (from == NULL)
		return mbrtowc(NULL, "", 1, state);
	used = mbrtowc(&wide, from, size, state);
	if (used < INCOMPLETE && to != NULL)
		*to = (char32_t)wide;
	return used;
}

size_t
c32rtomb(char *restrict to, char32_t c, mbstate_t *restrict state)
{
	return wcrtomb(to, (wchar_t)c, state);
}

size_t
mbrtoc16(char16_t *restrict to, const char *restrict from, size_t size,
    mbstate_t *restrict state)
{
	static mbstate_t own;
	char32_t c = 0;
	size_t used;

	if (state == NULL)
		state = &own;
	if (state->__left == PAIR) {
		state->__left = 0;
		if (from == NULL)
			return 0;
		if (to != NULL)
			*to = (char16_t)state->__value;
		return NO_BYTES;
	}
	used = mbrtoc32(&c, from, size, state);
	if (used >= INCOMPLETE)
		return used;
	if (c >= PAIR_FIRST) {
		c -= PAIR_FIRST;
		state->__value = LOW | (c & HALF_MASK);
		state->__left = PAIR;
		c = HIGH | c >> HALF_BITS;
	}
	if (to != NULL && from != NULL)
		*to = (char16_t)c;
	return used;
}

static size_t
invalid(mbstate_t *state)
{
	state->__left = 0;
	errno = EILSEQ;
	return (size_t)-1;
}

size_t
c16rtomb(char *restrict to, char16_t c, mbstate_t *restrict state)
{
	static mbstate_t own;
	char32_t whole = c;

	if (state == NULL)
		state = &own;
	if (to == NULL) {
		state->__left = 0;
		return 1;
	}
	if (state->__left == PAIR) {
		if (c < LOW || c >= HALF_END)
			return invalid(state);
		whole =
		    PAIR_FIRST + ((state->__value & HALF_MASK) << HALF_BITS |
				     (c & HALF_MASK));
	} else if (c >= HIGH && c < LOW) {
		state->__value = c;
		state->__left = PAIR;
		return 0;
	}
	state->__left = 0;
	return wcrtomb(to, (wchar_t)whole, state);
}
