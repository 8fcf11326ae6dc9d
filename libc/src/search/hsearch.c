/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one hash table of POSIX: open addressing, doubled when it is three
 * quarters full.
 */
#include <errno.h>
#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static ENTRY *table;
static size_t capacity; /* a power of two */
static size_t used;

static size_t
hash(const char *key)
{
	uint64_t value = 14695981039346656037UL;

	for (; *key != '\0'; key++)
		value = (value ^ (unsigned char)*key) * 1099511628211UL;
	return value ^ value >> 32;
}

/* The key's place, or the free one where it belongs. */
static ENTRY *
find(const char *key)
{
	size_t at = hash(key) & (capacity - 1);

	while (table[at].key != NULL && strcmp(table[at].key, key) != 0)
		at = (at + 1) & (capacity - 1);
	return &table[at];
}

static int
resize(size_t wanted)
{
	ENTRY *old = table;
	size_t old_capacity = capacity;
	ENTRY *grown = calloc(wanted, sizeof(*grown));
	size_t i;

	if (grown == NULL)
		return 0;
	table = grown;
	capacity = wanted;
	for (i = 0; i < old_capacity; i++)
		if (old[i].key != NULL)
			*find(old[i].key) = old[i];
	free(old);
	return 1;
}

int
hcreate(size_t count)
{
	size_t wanted = 16;

	if (table != NULL || count > SIZE_MAX / 4 / sizeof(*table)) {
		errno = table != NULL ? EBUSY : ENOMEM;
		return 0;
	}
	while (wanted < count * 4 / 3 + 1)
		wanted *= 2;
	used = 0;
	return resize(wanted);
}

void
hdestroy(void)
{
	free(table);
	table = NULL;
	capacity = 0;
}

ENTRY *
hsearch(ENTRY entry, ACTION action)
{
	ENTRY *place;

	if (table == NULL) {
		errno = ESRCH;
		return NULL;
	}
	place = find(entry.key);
	if (place->key != NULL)
		return place;
	if (action == FIND) {
		errno = ESRCH;
		return NULL;
	}
	if ((used + 1) * 4 > capacity * 3) {
		if (!resize(capacity * 2)) {
			errno = ENOMEM;
			return NULL;
		}
		place = find(entry.key);
	}
	used++;
	*place = entry;
	return place;
}
