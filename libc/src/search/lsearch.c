/* SPDX-License-Identifier: BSD-2-Clause */
/* Linear search, and linked queues. */
#include <search.h>
#include <string.h>

#include "word.h"

void *
lfind(const void *key, const void *array, size_t *count, size_t size,
    int (*compare)(const void *, const void *))
{
	const char *at = array;
	size_t i;

	for (i = 0; i < *count; i++, at += size)
		if (compare(key, at) == 0)
			return UNCONST(void *, at);
	return NULL;
}

void *
lsearch(const void *key, void *array, size_t *count, size_t size,
    int (*compare)(const void *, const void *))
{
	void *found = lfind(key, array, count, size, compare);

	if (found != NULL || array == NULL)
		return found;
	found = (char *)array + *count * size;
	(*count)++;
	memmove(found, key, size);
	return found;
}

struct element {
	struct element *next;
	struct element *prev;
};

void
insque(void *element, void *after)
{
	struct element *new_one = element;
	struct element *before = after;

	new_one->prev = before;
	new_one->next = before != NULL ? before->next : NULL;
	if (before != NULL) {
		if (before->next != NULL)
			before->next->prev = new_one;
		before->next = new_one;
	}
}

void
remque(void *element)
{
	struct element *old = element;

	if (old->next != NULL)
		old->next->prev = old->prev;
	if (old->prev != NULL)
		old->prev->next = old->next;
}
