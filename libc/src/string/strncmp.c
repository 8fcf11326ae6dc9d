/* SPDX-License-Identifier: BSD-2-Clause */
/* strncmp(): comparison of at most so many bytes. */
#include <string.h>

int
strncmp(const char *left, const char *right, size_t size)
{
	const unsigned char *a = (const unsigned char *)left;
	const unsigned char *b = (const unsigned char *)right;

	for (; size > 0; size--) {
		if (*a == '\0' || *a != *b)
			return *a - *b;
		a++;
		b++;
	}
	return 0;
}
