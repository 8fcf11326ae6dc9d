/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * qsort() and qsort_r(): quicksort with the median of three, insertion sort for
 * short runs, and heap sort when the recursion gets too deep, so that no input
 * takes more than n log n steps or much stack.
 */
#include <stdlib.h>
#include <string.h>

#include "word.h"

#define SHORT_RUN 12

typedef int compare_with_t(const void *, const void *, void *);

struct sort {
	size_t size;
	compare_with_t *compare;
	void *cookie;
};

static void
swap(char *a, char *b, size_t size)
{
	for (; size >= 8; size -= 8) {
		word_t x = *(word_t *)a;

		*(word_t *)a = *(word_t *)b;
		*(word_t *)b = x;
		a += 8;
		b += 8;
	}
	for (; size > 0; size--) {
		char x = *a;

		*a++ = *b;
		*b++ = x;
	}
}

static int
compare(const struct sort *sort, const char *a, const char *b)
{
	return sort->compare(a, b, sort->cookie);
}

static void
insertion_sort(const struct sort *sort, char *base, size_t count)
{
	size_t size = sort->size;
	char *end = base + count * size;
	char *at;
	char *p;

	for (at = base + size; at < end; at += size)
		for (p = at; p > base && compare(sort, p - size, p) > 0;
		     p -= size)
			swap(p - size, p, size);
}

static void
sift_down(const struct sort *sort, char *base, size_t root, size_t count)
{
	size_t size = sort->size;

	for (;;) {
		size_t child = 2 * root + 1;

		if (child >= count)
			return;
		if (child + 1 < count && compare(sort, base + child * size,
					     base + (child + 1) * size) < 0)
			child++;
		if (compare(sort, base + root * size, base + child * size) >= 0)
			return;
		swap(base + root * size, base + child * size, size);
		root = child;
	}
}

static void
heap_sort(const struct sort *sort, char *base, size_t count)
{
	size_t i;

	for (i = count / 2; i-- > 0;)
		sift_down(sort, base, i, count);
	for (i = count; i-- > 1;) {
		swap(base, base + i * sort->size, sort->size);
		sift_down(sort, base, 0, i);
	}
}

/* Bring the median of first, middle and last to the front. */
static void
choose_pivot(const struct sort *sort, char *base, size_t count)
{
	size_t size = sort->size;
	char *middle = base + count / 2 * size;
	char *last = base + (count - 1) * size;

	if (compare(sort, middle, base) > 0)
		swap(middle, base, size);
	if (compare(sort, base, last) > 0)
		swap(base, last, size);
	if (compare(sort, middle, base) > 0)
		swap(middle, base, size);
}

/* Returns how many elements come before the pivot. */
static size_t
partition(const struct sort *sort, char *base, size_t count)
{
	size_t size = sort->size;
	char *low = base;
	char *high = base + count * size;

	for (;;) {
		do
			low += size;
		while (low < high && compare(sort, low, base) < 0);
		do
			high -= size;
		while (high > base && compare(sort, high, base) > 0);
		if (low >= high)
			break;
		swap(low, high, size);
	}
	swap(base, high, size);
	return (size_t)(high - base) / size;
}

/* Recurses into the smaller part only. */
static void
quick_sort(const struct sort *sort, char *base, size_t count, int depth)
{
	while (count > SHORT_RUN) {
		size_t before;
		size_t after;
		char *right;

		if (depth-- == 0) {
			heap_sort(sort, base, count);
			return;
		}
		choose_pivot(sort, base, count);
		before = partition(sort, base, count);
		after = count - before - 1;
		right = base + (before + 1) * sort->size;
		if (before < after) {
			quick_sort(sort, base, before, depth);
			base = right;
			count = after;
		} else {
			quick_sort(sort, right, after, depth);
			count = before;
		}
	}
	insertion_sort(sort, base, count);
}

void
qsort_r(void *base, size_t count, size_t size, compare_with_t *function,
    void *cookie)
{
	struct sort sort = {size, function, cookie};
	int depth = 2;
	size_t n;

	for (n = count; n > 0; n /= 2)
		depth += 2;
	if (count > 1 && size > 0)
		quick_sort(&sort, base, count, depth);
}

/* The cookie points to the caller's two-argument function. */
static int
compare_plain(const void *a, const void *b, void *cookie)
{
	int (*const *function)(const void *, const void *) = cookie;

	return (*function)(a, b);
}

void
qsort(void *base, size_t count, size_t size,
    int (*function)(const void *, const void *))
{
	qsort_r(base, count, size, compare_plain, &function);
}
