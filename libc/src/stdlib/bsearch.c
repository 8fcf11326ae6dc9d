/* SPDX-License-Identifier: BSD-2-Clause */
/* bsearch(): binary search. */
#include <stdlib.h>

#include "word.h"

void *
bsearch(const void *key, const void *array, size_t count, size_t size,
    int (*compare)(const void *, const void *))
{
	const char *base = array;

	while (count > 0) {
		const char *middle = base + count / 2 * size;
		int order = compare(key, middle);

		if (order == 0)
			return UNCONST(void *, middle);
		if (order > 0) {
			base = middle + size;
			count--;
		}
		count /= 2;
	}
	return NULL;
}
