/* SPDX-License-Identifier: BSD-2-Clause */
/* Ranges of locks: see lock.h. */
#include "lock.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>

#define LOCKS_MAX 8192U

static unsigned count; /* that exist, spares too */

static void
release(struct lock *lock)
{
	if (lock == NULL)
		return;
	count--;
	free(lock);
}

bool
lock_spares_get(struct lock_spares *spares)
{
	for (unsigned i = 0; i < 2; i++) {
		spares->lock[i] =
		    count < LOCKS_MAX ? calloc(1, sizeof(struct lock)) : NULL;
		count += spares->lock[i] != NULL;
	}
	if (spares->lock[0] != NULL && spares->lock[1] != NULL)
		return true;
	lock_spares_put(spares);
	return false;
}

void
lock_spares_put(struct lock_spares *spares)
{
	for (unsigned i = 0; i < 2; i++) {
		release(spares->lock[i]);
		spares->lock[i] = NULL;
	}
}

/* A copy of `from` in front of *link. */
static void
insert(struct lock **link, const struct lock *from, struct lock_spares *spares)
{
	unsigned which = spares->lock[0] == NULL;
	struct lock *lock = spares->lock[which];

	/* One range splits one lock and adds one: there are enough. */
	if (lock == NULL)
		abort();
	spares->lock[which] = NULL;
	*lock = *from;
	lock->next = *link;
	*link = lock;
}

static void
unlink_lock(struct lock **link)
{
	struct lock *lock = *link;

	*link = lock->next;
	release(lock);
}

static bool
overlap(const struct lock *a, const struct lock *b)
{
	return a->start <= b->end && b->start <= a->end;
}

bool
lock_blocks(const struct lock *held, const struct lock *wanted)
{
	return held->owner != wanted->owner &&
	       held->owner->is_file == wanted->owner->is_file &&
	       overlap(held, wanted) &&
	       (held->type == F_WRLCK || wanted->type == F_WRLCK);
}

struct lock *
lock_find(struct lock *list, const struct lock *wanted)
{
	struct lock *found = NULL;

	for (; list != NULL; list = list->next) {
		if (lock_blocks(list, wanted) &&
		    (found == NULL || list->start < found->start))
			found = list;
	}
	return found;
}

/* Leave of *link what is not in the range; true: it is still there. */
static bool
cut(struct lock **link, const struct lock *range, struct lock_spares *spares)
{
	struct lock *lock = *link;

	if (lock->start >= range->start && lock->end <= range->end) {
		unlink_lock(link);
		return false;
	}
	if (lock->start < range->start && lock->end > range->end) {
		insert(link, lock, spares);
		(*link)->end = range->start - 1;
		lock->start = range->end + 1;
	} else if (lock->start < range->start) {
		lock->end = range->start - 1;
	} else {
		lock->start = range->end + 1;
	}
	return true;
}

/* Do they touch, so that one could stand for both? */
static bool
continues(const struct lock *a, const struct lock *b)
{
	return a->owner == b->owner && a->file == b->file &&
	       a->type == b->type &&
	       ((a->end != INT64_MAX && a->end + 1 == b->start) ||
		   (b->end != INT64_MAX && b->end + 1 == a->start));
}

/* Take up neighbours of the lock at the head of the list. */
static void
join(struct lock *lock)
{
	struct lock **link = &lock->next;

	while (*link != NULL) {
		if (!continues(lock, *link)) {
			link = &(*link)->next;
			continue;
		}
		if ((*link)->start < lock->start)
			lock->start = (*link)->start;
		else
			lock->end = (*link)->end;
		unlink_lock(link);
	}
}

void
lock_set(
    struct lock **list, const struct lock *wanted, struct lock_spares *spares)
{
	struct lock **link = list;

	while (*link != NULL) {
		struct lock *lock = *link;

		if (lock->owner != wanted->owner || !overlap(lock, wanted) ||
		    cut(link, wanted, spares))
			link = &lock->next;
	}
	if (wanted->type == F_UNLCK)
		return;
	insert(list, wanted, spares);
	join(*list);
}

bool
lock_remove(struct lock **list, const struct lock_owner *owner,
    const struct fs_file *file)
{
	bool removed = false;

	while (*list != NULL) {
		if ((*list)->owner == owner || (*list)->file == file) {
			unlink_lock(list);
			removed = true;
		} else {
			list = &(*list)->next;
		}
	}
	return removed;
}
