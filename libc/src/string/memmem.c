/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memmem() and strstr() by two-way string matching (Crochemore and Perrin):
 * linear time, constant space. The needle is split at a critical position; the
 * right part is compared forwards, then the left part backwards, and each
 * mismatch says how far the needle may move.
 */
#include <string.h>

#include "word.h"

/*
 * Start of the greatest suffix of the needle under the byte order, or under
 * its reverse; `period` is that suffix's period. The result may be -1 + 1 = 0.
 */
static size_t
greatest_suffix(
    const unsigned char *needle, size_t length, int reverse, size_t *period)
{
	size_t start = 0;
	size_t candidate = 1;
	size_t offset = 0;

	*period = 1;
	while (candidate + offset < length) {
		unsigned char a = needle[start + offset];
		unsigned char b = needle[candidate + offset];

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

static size_t
critical_position(const unsigned char *needle, size_t length, size_t *period)
{
	size_t forward_period;
	size_t reverse_period;
	size_t forward = greatest_suffix(needle, length, 0, &forward_period);
	size_t reverse = greatest_suffix(needle, length, 1, &reverse_period);

	if (reverse > forward) {
		*period = reverse_period;
		return reverse;
	}
	*period = forward_period;
	return forward;
}

static const unsigned char *
two_way(const unsigned char *hay, size_t hay_length,
    const unsigned char *needle, size_t length)
{
	size_t period;
	size_t split = critical_position(needle, length, &period);
	size_t known = 0; /* bytes of the left part known to match */
	size_t keep = 0;
	size_t at = 0;

	if (memcmp(needle, needle + period, split) == 0) {
		keep = length - period;
	} else {
		period = (split > length - split ? split : length - split) + 1;
	}
	while (at + length <= hay_length) {
		size_t i = split > known ? split : known;

		while (i < length && needle[i] == hay[at + i])
			i++;
		if (i < length) {
			at += i - split + 1;
			known = 0;
			continue;
		}
		i = split;
		while (i > known && needle[i - 1] == hay[at + i - 1])
			i--;
		if (i <= known)
			return hay + at;
		at += period;
		known = keep;
	}
	return NULL;
}

void *
memmem(const void *hay, size_t hay_length, const void *needle, size_t length)
{
	const unsigned char *from = hay;
	const unsigned char *first;

	if (length == 0)
		return UNCONST(void *, hay);
	if (length > hay_length)
		return NULL;
	first = memchr(
	    hay, *(const unsigned char *)needle, hay_length - length + 1);
	if (first == NULL || length == 1)
		return UNCONST(void *, first);
	return UNCONST(
	    void *, two_way(first, hay_length - (size_t)(first - from), needle,
			length));
}

char *
strstr(const char *hay, const char *needle)
{
	return memmem(hay, strlen(hay), needle, strlen(needle));
}
