/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two-way string matching (Crochemore and Perrin): linear time, constant
 * space. The needle is split at a critical position; the right part is
 * compared forwards, then the left part backwards, and each mismatch says how
 * far the needle may move. With `fold` letters are compared as lower case.
 */
#ifndef TWO_WAY_H
#define TWO_WAY_H

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static inline unsigned char
two_way_byte(const unsigned char *at, bool fold)
{
	return fold ? (unsigned char)tolower(*at) : *at;
}

static inline bool
two_way_same(
    const unsigned char *a, const unsigned char *b, size_t size, bool fold)
{
	while (size > 0 && two_way_byte(a, fold) == two_way_byte(b, fold)) {
		a++;
		b++;
		size--;
	}
	return size == 0;
}

/*
 * Start of the greatest suffix of the needle under the byte order, or under
 * its reverse; `period` is that suffix's period. The result may be -1 + 1 = 0.
 */
static inline size_t
greatest_suffix(const unsigned char *needle, size_t length, int reverse,
    size_t *period, bool fold)
{
	size_t start = 0;
	size_t candidate = 1;
	size_t offset = 0;

	*period = 1;
	while (candidate + offset < length) {
		unsigned char a = two_way_byte(needle + start + offset, fold);
		unsigned char b =
		    two_way_byte(needle + candidate + offset, fold);

		if (a == b) {
			if (offset + 1 == *period) {
				candidate += *period;
				offset = 0;
			} else {
				offset++;
			}
		} else if ((b < a) != reverse) {
			candidate += offset + 1;
			offset = 0;
			*period = candidate - start;
		} else {
			start = candidate++;
			offset = 0;
			*period = 1;
		}
	}
	return start;
}

static inline size_t
critical_position(
    const unsigned char *needle, size_t length, size_t *period, bool fold)
{
	size_t forward_period;
	size_t reverse_period;
	size_t forward =
	    greatest_suffix(needle, length, 0, &forward_period, fold);
	size_t reverse =
	    greatest_suffix(needle, length, 1, &reverse_period, fold);

	if (reverse > forward) {
		*period = reverse_period;
		return reverse;
	}
	*period = forward_period;
	return forward;
}

static inline const unsigned char *
two_way(const unsigned char *hay, size_t hay_length,
    const unsigned char *needle, size_t length, bool fold)
{
	size_t period;
	size_t split = critical_position(needle, length, &period, fold);
	size_t known = 0; /* bytes of the left part known to match */
	size_t keep = 0;
	size_t at = 0;

	if (two_way_same(needle, needle + period, split, fold)) {
		keep = length - period;
	} else {
		period = (split > length - split ? split : length - split) + 1;
	}
	while (at + length <= hay_length) {
		size_t i = split > known ? split : known;

		while (i < length && two_way_byte(needle + i, fold) ==
					 two_way_byte(hay + at + i, fold))
			i++;
		if (i < length) {
			at += i - split + 1;
			known = 0;
			continue;
		}
		i = split;
		while (i > known && two_way_byte(needle + i - 1, fold) ==
					two_way_byte(hay + at + i - 1, fold))
			i--;
		if (i <= known)
			return hay + at;
		at += period;
		known = keep;
	}
	return NULL;
}

#endif
