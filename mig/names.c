/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A table of things by name: the last one added under a name is found. Half
 * full at most, so that a look-up takes the same time in any interface.
 */
#include <string.h>

#include "mig.h"

struct named {
	const char *name; /* NULL: free */
	void *value;
};

/* The slot that a name has or is to have. */
static struct named *
slot_of(const struct names *names, const char *name)
{
	size_t hash = 5381;
	const char *p;

	for (p = name; *p != '\0'; p++)
		hash = hash * 33 + (unsigned char)*p;
	for (;; hash++) {
		struct named *slot = &names->slots[hash & (names->room - 1)];

		if (slot->name == NULL || strcmp(slot->name, name) == 0)
			return slot;
	}
}

/* What was added under a name, or NULL. */
void *
names_find(const struct names *names, const char *name)
{
	return names->room == 0 ? NULL : slot_of(names, name)->value;
}

/* Twice the room. */
static void
grow(struct names *names)
{
	struct names larger = {.room = names->room * 2};
	size_t i;

	if (larger.room == 0)
		larger.room = 256;
	larger.slots = mem_alloc(larger.room * sizeof(*larger.slots));
	for (i = 0; i < names->room; i++)
		if (names->slots[i].name != NULL)
			*slot_of(&larger, names->slots[i].name) =
			    names->slots[i];
	larger.count = names->count;
	*names = larger;
}

/* Add `value`, or put it in the place of what had the name. */
void
names_add(struct names *names, const char *name, void *value)
{
	struct named *slot;

	if (names->count * 2 >= names->room)
		grow(names);
	slot = slot_of(names, name);
	names->count += slot->name == NULL;
	slot->name = name;
	slot->value = value;
}
