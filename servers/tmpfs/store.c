/* SPDX-License-Identifier: BSD-2-Clause */
/* Pages in chunks: see store.h. */
#include "store.h"

#include <stdlib.h>
#include <string.h>

#define ALL_FREE 0xffffU

_Static_assert(CHUNK_PAGES == 16, "a bit for each page");
_Static_assert(CHUNK_SIZE == (size_t)CHUNK_PAGES * PAGE_SIZE, "its pages");

static struct chunk *
chunk_of(const struct store *store, uint32_t slot)
{
	return &store->chunks[slot - 1];
}

static void
partial_add(struct store *store, uint32_t slot)
{
	struct chunk *chunk = chunk_of(store, slot);

	chunk->prev = 0;
	chunk->next = store->partial;
	if (store->partial != 0)
		chunk_of(store, store->partial)->prev = slot;
	store->partial = slot;
}

static void
partial_remove(struct store *store, uint32_t slot)
{
	const struct chunk *chunk = chunk_of(store, slot);

	if (chunk->next != 0)
		chunk_of(store, chunk->next)->prev = chunk->prev;
	if (chunk->prev != 0)
		chunk_of(store, chunk->prev)->next = chunk->next;
	else
		store->partial = chunk->next;
}

/* More slots, all of them not in use. */
static bool
grow(struct store *store)
{
	uint32_t slots = store->slots == 0 ? 16 : store->slots * 2;
	struct chunk *chunks;

	if (slots > UINT32_MAX / CHUNK_PAGES / 2)
		return false;
	chunks = realloc(store->chunks, slots * sizeof(*chunks));
	if (chunks == NULL)
		return false;
	store->chunks = chunks;
	for (uint32_t slot = slots; slot > store->slots; slot--) {
		chunks[slot - 1] = (struct chunk){.next = store->unused};
		store->unused = slot;
	}
	store->slots = slots;
	return true;
}

static bool
add_chunk(struct store *store)
{
	uint32_t slot;
	struct chunk *chunk;
	char *memory;

	if (store->unused == 0 && !grow(store))
		return false;
	memory = memory_map();
	if (memory == NULL)
		return false;
	slot = store->unused;
	chunk = chunk_of(store, slot);
	store->unused = chunk->next;
	chunk->memory = memory;
	chunk->free = ALL_FREE;
	chunk->fresh = ALL_FREE;
	store->spare = slot;
	partial_add(store, slot);
	return true;
}

static void
remove_chunk(struct store *store, uint32_t slot)
{
	struct chunk *chunk = chunk_of(store, slot);

	partial_remove(store, slot);
	memory_unmap(chunk->memory);
	chunk->memory = NULL;
	chunk->next = store->unused;
	store->unused = slot;
}

/* Prefer a chunk in use to the spare one, which is to be unmapped some day. */
static uint32_t
find_partial(const struct store *store)
{
	uint32_t slot = store->partial;

	if (slot != 0 && slot == store->spare &&
	    chunk_of(store, slot)->next != 0)
		slot = chunk_of(store, slot)->next;
	return slot;
}

uint32_t
store_take(struct store *store, bool zero)
{
	struct chunk *chunk;
	uint32_t slot, index;
	uint16_t bit;

	if (store->used >= store->limit ||
	    (store->partial == 0 && !add_chunk(store)))
		return 0;
	slot = find_partial(store);
	chunk = chunk_of(store, slot);
	index = (uint32_t)__builtin_ctz(chunk->free);
	bit = (uint16_t)(1U << index);
	if (slot == store->spare)
		store->spare = 0;
	chunk->free &= (uint16_t)~bit;
	if (chunk->free == 0)
		partial_remove(store, slot);
	if (zero && (chunk->fresh & bit) == 0)
		memset(chunk->memory + index * (size_t)PAGE_SIZE, 0, PAGE_SIZE);
	chunk->fresh &= (uint16_t)~bit;
	store->used++;
	return slot * CHUNK_PAGES + index;
}

void
store_give(struct store *store, uint32_t page)
{
	uint32_t slot = page / CHUNK_PAGES;
	struct chunk *chunk = chunk_of(store, slot);

	if (chunk->free == 0)
		partial_add(store, slot);
	chunk->free |= (uint16_t)(1U << page % CHUNK_PAGES);
	store->used--;
	if (chunk->free != ALL_FREE)
		return;
	if (store->spare != 0)
		remove_chunk(store, slot);
	else
		store->spare = slot;
}

char *
store_page(const struct store *store, uint32_t page)
{
	return chunk_of(store, page / CHUNK_PAGES)->memory +
	       page % CHUNK_PAGES * (size_t)PAGE_SIZE;
}

void
store_free(struct store *store)
{
	if (store->spare != 0)
		remove_chunk(store, store->spare);
	free(store->chunks);
	*store = (struct store){.limit = store->limit};
}
