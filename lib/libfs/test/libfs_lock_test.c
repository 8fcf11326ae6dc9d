/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ranges of locks against a map with the owner and kind of each byte: random
 * locks of four owners, and what each finds in its way.
 */
#include <fcntl.h>
#include <libfs/lock.h>
#include <libtest/test.h>
#include <stdlib.h>

#define OWNERS 4
#define BYTES  40
#define ROUNDS 200000

static struct lock_owner owners[OWNERS];
static struct lock *list;
static int model[OWNERS][BYTES]; /* 0, or 1 + the type */
static unsigned seed = 1;

static unsigned
roll(unsigned below)
{
	seed = seed * 1103515245U + 12345U;
	return (seed >> 16) % below;
}

/* The byte that stands in the way, or -1. */
static int
model_find(int who, int type, int start, int end)
{
	for (int at = start; at <= end; at++) {
		for (int i = 0; i < OWNERS; i++) {
			if (i != who && model[i][at] != 0 &&
			    (type == F_WRLCK || model[i][at] == 1 + F_WRLCK))
				return at;
		}
	}
	return -1;
}

static bool
one_round(const struct fs_file *file)
{
	int who = (int)roll(OWNERS), type = (int)roll(3);
	int start = (int)roll(BYTES);
	int end = start + (int)roll((unsigned)(BYTES - start));
	struct lock wanted = {.owner = &owners[who],
	    .file = file,
	    .type = type,
	    .start = start,
	    .end = end};
	struct lock_spares spares;
	const struct lock *found;
	int place;

	if (type != F_UNLCK) {
		found = lock_find(list, &wanted);
		place = model_find(who, type, start, end);
		if ((found == NULL) != (place < 0))
			return false;
		if (found != NULL)
			return found->end >= place && found->start <= place;
	}
	if (!lock_spares_get(&spares))
		return false;
	lock_set(&list, &wanted, &spares);
	lock_spares_put(&spares);
	for (int at = start; at <= end; at++)
		model[who][at] = type == F_UNLCK ? 0 : 1 + type;
	return true;
}

/* As many locks as there are runs of bytes: neighbours have become one. */
static bool
is_joined(void)
{
	int runs = 0, locks = 0;

	for (int i = 0; i < OWNERS; i++) {
		for (int at = 0; at < BYTES; at++)
			runs += model[i][at] != 0 &&
				(at == 0 || model[i][at] != model[i][at - 1]);
	}
	for (const struct lock *lock = list; lock; lock = lock->next)
		locks++;
	return runs == locks;
}

static void
test_many(void)
{
	struct lock_spares spares[5000];
	int count = 0;

	while (count < 5000 && lock_spares_get(&spares[count]))
		count++;
	ok(count > 1000 && count < 5000, "there is a limit");
	while (count > 0)
		lock_spares_put(&spares[--count]);
	ok(lock_spares_get(&spares[0]), "and then there is room again");
	lock_spares_put(&spares[0]);
}

int
main(void)
{
	static char file, other;
	const struct fs_file *one = (const void *)&file;
	const struct fs_file *two = (const void *)&other;
	int round = 0;

	while (round < ROUNDS && one_round(one) && is_joined())
		round++;
	is_int(round, ROUNDS, "as the model says");
	ok(!lock_remove(&list, NULL, two), "nothing is of another file");
	while (list != NULL)
		ok(lock_remove(&list, list->owner, NULL), "an owner's");
	ok(one_round(two), "one through another file");
	(void)lock_remove(&list, NULL, two);
	ok(list == NULL || list->file == one, "goes with it");
	(void)lock_remove(&list, NULL, one);
	test_many();
	return test_done();
}
