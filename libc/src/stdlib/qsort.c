/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * qsort() and qsort_r(): quicksort with the median of three, or of three such
 * medians, and insertion sort for short runs. A split that leaves hardly any
 * elements on one side means that the order of the input fools the choice: the
 * parts are stirred a little, and after log n such splits heap sort
 * takes over. So no input takes more than O(n log n) steps or much stack.
 */
#include <stdlib.h>
#include <string.h>

#include "word.h"

#define SHORT_RUN 12
#define LONG_RUN  64

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

/*
 * Way down along the larger children without a look at what sinks, which mostly
 * belongs near the end, and back up to its place: one comparison a level.
 */
static void
sift_down(const struct sort *sort, char *base, size_t root, size_t count)
{
	size_t size = sort->size;
	size_t at = root;

	while (2 * at + 2 < count) {
		at = 2 * at + 1;
		if (compare(sort, base + at * size, base + (at + 1) * size) < 0)
			at++;
	}
	if (2 * at + 1 < count)
		at = 2 * at + 1;
	while (at > root &&
	       compare(sort, base + root * size, base + at * size) >= 0)
		at = (at - 1) / 2;
	for (; at > root; at = (at - 1) / 2)
		swap(base + root * size, base + at * size, size);
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

static char *
median(const struct sort *sort, char *a, char *b, char *c)
{
	if (compare(sort, a, b) < 0) {
		if (compare(sort, b, c) < 0)
			return b;
		return compare(sort, a, c) < 0 ? c : a;
	}
	if (compare(sort, a, c) < 0)
		return a;
	return compare(sort, b, c) < 0 ? c : b;
}

/* Bring an element that is likely near the middle to the front. */
static void
choose_pivot(const struct sort *sort, char *base, size_t count)
{
	size_t size = sort->size;
	char *low = base;
	char *middle = base + count / 2 * size;
	char *high = base + (count - 1) * size;

	if (count > LONG_RUN) {
		size_t step = count / 8 * size;

		low = median(sort, low, low + step, low + 2 * step);
		middle = median(sort, middle - step, middle, middle + step);
		high = median(sort, high - 2 * step, high - step, high);
	}
	middle = median(sort, low, middle, high);
	if (middle != base)
		swap(base, middle, size);
}

/* Let other elements be where the next pivot is looked for. */
static void
stir(const struct sort *sort, char *base, size_t count)
{
	size_t size = sort->size;
	size_t quarter = count / 4 * size;

	if (count <= SHORT_RUN)
		return;
	swap(base, base + quarter, size);
	swap(base + count / 2 * size, base + count / 2 * size - quarter + size,
	    size);
	swap(base + (count - 1) * size, base + (count - 1) * size - quarter,
	    size);
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
quick_sort(const struct sort *sort, char *base, size_t count, int bad_splits)
{
	while (count > SHORT_RUN) {
		size_t before;
		size_t after;
		char *right;

		choose_pivot(sort, base, count);
		before = partition(sort, base, count);
		after = count - before - 1;
		right = base + (before + 1) * sort->size;
		if (before < count / 8 || after < count / 8) {
			if (bad_splits-- == 0) {
				heap_sort(sort, base, count);
				return;
			}
			stir(sort, base, before);
			stir(sort, right, after);
		}
		if (before < after) {
			quick_sort(sort, base, before, bad_splits);
			base = right;
			count = after;
		} else {
			quick_sort(sort, right, after, bad_splits);
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
	int bad_splits = 0;
	size_t n;

	for (n = count; n > 0; n /= 2)
		bad_splits++;
	if (count > 1 && size > 0)
		quick_sort(&sort, base, count, bad_splits);
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
