/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How many comparisons qsort() makes: a quarter more than n log2 n at most on
 * usual orders, three times as many on one made to fool the choice of a pivot.
 */
#include <libtest/test.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST 20000

static int values[MOST];
static unsigned long compared;

static int
compare_counted(const void *a, const void *b)
{
	int x = *(const int *)a;
	int y = *(const int *)b;

	compared++;
	return (x > y) - (x < y);
}

enum order {
	ASCENDING,
	DESCENDING,
	RANDOM,
	UP_AND_DOWN,
	DOWN_AND_UP,
	EQUAL,
	FEW_VALUES,
	DESCENDING_FEW,
	LEAST_LAST,
	GREATEST_LAST,
	TWO_WAYS,
	ORDERS,
};

static const char *const order_name[ORDERS] = {"ascending", "descending",
    "random", "up and down", "down and up", "equal", "few values",
    "descending, few values", "ascending, the least last",
    "descending, the greatest last", "two sequences in one"};

static unsigned
next(void)
{
	static unsigned seed = 3;

	seed = seed * 1103515245 + 12345;
	return seed >> 8;
}

static int
value_of(enum order order, int i, int n)
{
	switch (order) {
	case DESCENDING:
		return n - i;
	case RANDOM:
		return (int)next();
	case UP_AND_DOWN:
		return i < n / 2 ? i : n - i;
	case DOWN_AND_UP:
		return i < n / 2 ? n - i : i;
	case EQUAL:
		return 5;
	case FEW_VALUES:
		return i % 7;
	case DESCENDING_FEW:
		return (n - i) / 10;
	case LEAST_LAST:
		return i == n - 1 ? -1 : i;
	case GREATEST_LAST:
		return i == n - 1 ? n + 1 : n - i;
	case TWO_WAYS:
		return (i & 1) != 0 ? i : n - i;
	case ASCENDING:
	case ORDERS:
		break;
	}
	return i;
}

static int
log2_above(int n)
{
	int log = 0;

	for (; n > 0; n /= 2)
		log++;
	return log;
}

/* Twelfths of n log2 n. */
static bool
is_cheap(int n, int twelfths)
{
	return compared <= (unsigned long)n *
			       (unsigned long)(log2_above(n) * twelfths) / 12;
}

static bool
sorts(enum order order, int n)
{
	for (int i = 0; i < n; i++)
		values[i] = value_of(order, i, n);
	compared = 0;
	qsort(values, (size_t)n, sizeof(values[0]), compare_counted);
	for (int i = 1; i < n; i++)
		if (values[i - 1] > values[i])
			return false;
	return true;
}

static void
test_orders(void)
{
	for (int order = 0; order < ORDERS; order++) {
		bool right = true;
		bool cheap = true;

		for (int n = 1; n < MOST; n += n < 300 ? 1 : n / 5 | 1) {
			right = right && sorts((enum order)order, n);
			cheap = cheap && (n < 20 || is_cheap(n, 15));
		}
		ok(right && cheap, order_name[order]);
	}
}

/*
 * Who compares decides what the values are, and so late that what is compared
 * with much turns out to be small: whatever the sort takes for its pivot.
 */
static int decided[MOST];
static int next_value, undecided, candidate;

static int
compare_to_fool(const void *a, const void *b)
{
	int x = *(const int *)a;
	int y = *(const int *)b;

	compared++;
	if (decided[x] == undecided && decided[y] == undecided)
		decided[x == candidate ? x : y] = next_value++;
	if (decided[x] == undecided)
		candidate = x;
	else if (decided[y] == undecided)
		candidate = y;
	return decided[x] - decided[y];
}

static void
test_fooled(void)
{
	bool right = true;

	undecided = MOST;
	for (int i = 0; i < MOST; i++) {
		values[i] = i;
		decided[i] = undecided;
	}
	compared = 0;
	qsort(values, MOST, sizeof(values[0]), compare_to_fool);
	ok(is_cheap(MOST, 36), "an adversary: few comparisons");
	/* What it came to is an input as any other. */
	for (int i = 0; i < MOST; i++)
		values[i] = decided[i];
	compared = 0;
	qsort(values, MOST, sizeof(values[0]), compare_counted);
	for (int i = 1; i < MOST; i++)
		right = right && values[i - 1] <= values[i];
	ok(right, "what an adversary made: sorted");
	ok(is_cheap(MOST, 36), "what an adversary made: few comparisons");
}

/* Elements of other sizes than swap() moves at once, all of each. */
static int
compare_first(const void *a, const void *b)
{
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

static void
test_sizes(void)
{
	static unsigned char bytes[250 * 40];
	bool right = true;

	for (size_t size = 1; size <= 40; size++) {
		for (size_t i = 0; i < 250; i++)
			for (size_t k = 0; k < size; k++)
				bytes[i * size + k] =
				    (unsigned char)(249 - i + k);
		qsort(bytes, 250, size, compare_first);
		for (size_t i = 0; i < 250 * size; i++)
			right = right && bytes[i] == (unsigned char)(i / size +
								     i % size);
	}
	ok(right, "elements of 1 to 40 bytes move as a whole");
}

int
main(void)
{
	test_orders();
	test_fooled();
	test_sizes();
	return test_done();
}
