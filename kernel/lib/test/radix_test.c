/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of radix.c against a plain table, with large indexes and failing
 * allocations.
 */
#include <kern/panic.h>
#include <kern/slab.h>
#include <lib/radix.h>
#include <libtest/test.h>
#include <stdlib.h>

static int nodes;
static int fail_in = -1; /* allocations until one fails */

void
slab_cache_init(
    struct slab_cache *cache, const char *name, size_t size, size_t align)
{
	*cache =
	    (struct slab_cache){.name = name, .size = size, .align = align};
}

void *
slab_alloc_zero(struct slab_cache *cache)
{
	if (fail_in >= 0 && fail_in-- == 0)
		return NULL;
	nodes++;
	return calloc(1, cache->size);
}

void
slab_free(struct slab_cache *cache, void *object)
{
	(void)cache;
	nodes--;
	free(object);
}

void
panic(const char *format, ...)
{
	printf("Bail out! panic: %s\n", format);
	abort();
}

#define COUNT 5000

static char item[COUNT];
static bool in[COUNT];

static void
test_random(void)
{
	struct radix tree = {NULL, 0};
	bool right = true;
	uint64_t index = 0;
	int seen = 0, want = 0;

	srand(3);
	for (int round = 0; round < 40000; round++) {
		int i = rand() % COUNT;
		void *const *run = radix_run(&tree, (uint64_t)i);

		if (run != NULL)
			right = right && run[i % RADIX_SLOTS] ==
					     (in[i] ? &item[i] : NULL);
		else
			right = right && (i == 0 || !in[i]);
		right = right && radix_lookup(&tree, (uint64_t)i) ==
				     (in[i] ? &item[i] : NULL);
		if (in[i])
			right = right &&
				radix_remove(&tree, (uint64_t)i) == &item[i];
		else
			right =
			    right && radix_insert(&tree, (uint64_t)i, &item[i]);
		in[i] = !in[i];
	}
	ok(right, "lookups agree with a table");
	for (int i = 0; i < COUNT; i++)
		want += in[i];
	for (void *at; (at = radix_next(&tree, &index)) != NULL; index++) {
		right = right && at == &item[index] && in[index];
		seen++;
	}
	ok(right, "the walk finds the right ones");
	is_int(seen, want, "and all of them");
	for (int i = 0; i < COUNT; i++)
		radix_remove(&tree, (uint64_t)i);
	ok(tree.root == NULL && nodes == 0, "no node is left over");
}

static void
test_large(void)
{
	static const uint64_t at[] = {0, 63, 64, 1ULL << 40, UINT64_MAX};
	struct radix tree = {NULL, 0};
	uint64_t index = 0;
	bool right = true;

	for (int i = 0; i < 5; i++)
		right = right && radix_insert(&tree, at[i], &item[i]);
	for (int i = 0; i < 5; i++, index++)
		right = right && radix_next(&tree, &index) == &item[i] &&
			index == at[i];
	ok(right, "indexes up to the largest, in order");
	radix_replace(&tree, 64, &item[9]);
	ok(radix_lookup(&tree, 64) == &item[9], "replaced");
	for (int i = 0; i < 5; i++)
		radix_remove(&tree, at[i]);
	ok(radix_lookup(&tree, 0) == NULL && nodes == 0, "empty again");
	index = 0;
	ok(radix_next(&tree, &index) == NULL, "nothing in an empty tree");
	ok(radix_remove(&tree, 5) == NULL, "nothing to remove");
}

static void
test_failure(void)
{
	struct radix tree = {NULL, 0};
	int tries = 0;

	radix_insert(&tree, 3, &item[3]);
	for (fail_in = 0; !radix_insert(&tree, 1ULL << 30, &item[1]);
	     fail_in = ++tries)
		if (radix_lookup(&tree, 3) != &item[3])
			break;
	fail_in = -1;
	ok(tries > 3, "each allocation failed in its turn");
	ok(radix_lookup(&tree, 3) == &item[3] &&
		radix_lookup(&tree, 1ULL << 30) == &item[1],
	    "and nothing was lost");
	radix_remove(&tree, 1ULL << 30);
	radix_remove(&tree, 3);
	is_int(nodes, 0, "nor leaked");
}

int
main(void)
{
	radix_init();
	test_random();
	test_large();
	test_failure();
	return test_done();
}
