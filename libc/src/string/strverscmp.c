/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strverscmp(): numbers inside of names compare as numbers, except after a
 * leading zero, where they compare as fractions.
 */
#include <ctype.h>
#include <string.h>

int
strverscmp(const char *left, const char *right)
{
	const unsigned char *a = (const unsigned char *)left;
	const unsigned char *b = (const unsigned char *)right;
	size_t at = 0;
	size_t digits = 0; /* where the common run of digits starts */
	size_t i;
	int zeros = 1; /* only zeros in that run so far? */

	for (; a[at] == b[at]; at++) {
		if (a[at] == '\0')
			return 0;
		if (!isdigit(a[at])) {
			digits = at + 1;
			zeros = 1;
		} else if (a[at] != '0') {
			zeros = 0;
		}
	}
	if ((digits < at && a[digits] == '0') ||
	    (digits == at && (a[at] == '0' || b[at] == '0'))) {
		if (zeros && digits < at && isdigit(a[at]) != isdigit(b[at]))
			return isdigit(a[at]) ? -1 : 1;
		return a[at] - b[at];
	}
	for (i = at; isdigit(a[i]) && isdigit(b[i]); i++)
		;
	if (isdigit(a[i]) && (i > at || digits < at || isdigit(b[at])))
		return 1;
	if (isdigit(b[i]) && (i > at || digits < at || isdigit(a[at])))
		return -1;
	return a[at] - b[at];
}
