/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory of the cache's buffers, in chunks: buffers that are taken one after
 * the other lie so, and are transferred with one request; and a chunk is memory
 * that the device reaches, if there is such. A chunk none of whose buffers is
 * used goes back, but for the one that is taken from.
 */
#include <stdlib.h>
#include <string.h>

#include "ext2.h"

struct ext2_chunk {
	struct ext2_chunk *next; /* of those with unused buffers */
	struct ext2_chunk *prev;
	uint8_t *data;
	uint64_t unused; /* a bit for each buffer */
	struct ext2_buffer buffers[];
};

static unsigned
buffers_of(const struct ext2_cache *cache)
{
	return EXT2_CHUNK / cache->block_size;
}

static uint64_t
all_of(const struct ext2_cache *cache)
{
	return ~(uint64_t)0 >> ((64 - buffers_of(cache)) & 63);
}

uint8_t *
ext2_memory(struct ext2_cache *cache)
{
	const struct ext2_disk *disk = cache->disk;
	void *memory = NULL;

	if (disk->memory != NULL)
		memory = disk->memory(disk->context, EXT2_CHUNK);
	/* There may be pages still, but none that lie together. */
	return memory != NULL ? memory : malloc(EXT2_CHUNK);
}

void
ext2_memory_free(struct ext2_cache *cache, uint8_t *memory)
{
	const struct ext2_disk *disk = cache->disk;

	if (disk->memory == NULL ||
	    !disk->memory_free(disk->context, memory, EXT2_CHUNK))
		free(memory);
}

static void
list_add(struct ext2_cache *cache, struct ext2_chunk *chunk)
{
	chunk->prev = NULL;
	chunk->next = cache->chunks;
	if (chunk->next != NULL)
		chunk->next->prev = chunk;
	cache->chunks = chunk;
}

static void
list_remove(struct ext2_cache *cache, struct ext2_chunk *chunk)
{
	if (chunk->next != NULL)
		chunk->next->prev = chunk->prev;
	if (chunk->prev != NULL)
		chunk->prev->next = chunk->next;
	else
		cache->chunks = chunk->next;
}

static struct ext2_chunk *
new_chunk(struct ext2_cache *cache)
{
	unsigned count = buffers_of(cache);
	struct ext2_chunk *chunk =
	    calloc(1, sizeof(*chunk) + count * sizeof(struct ext2_buffer));

	if (chunk == NULL)
		return NULL;
	chunk->data = ext2_memory(cache);
	if (chunk->data == NULL) {
		free(chunk);
		return NULL;
	}
	for (unsigned i = 0; i < count; i++) {
		chunk->buffers[i].chunk = chunk;
		chunk->buffers[i].data =
		    chunk->data + (size_t)i * cache->block_size;
	}
	chunk->unused = all_of(cache);
	list_add(cache, chunk);
	return chunk;
}

static void
free_chunk(struct ext2_cache *cache, struct ext2_chunk *chunk)
{
	ext2_memory_free(cache, chunk->data);
	free(chunk);
}

struct ext2_buffer *
chunk_take(struct ext2_cache *cache)
{
	struct ext2_chunk *chunk = cache->chunks;
	unsigned i;

	if (chunk == NULL)
		chunk = new_chunk(cache);
	if (chunk == NULL)
		return NULL;
	i = (unsigned)__builtin_ctzll(chunk->unused);
	chunk->unused &= chunk->unused - 1;
	if (chunk->unused == 0)
		list_remove(cache, chunk);
	return &chunk->buffers[i];
}

void
chunk_give(struct ext2_cache *cache, struct ext2_buffer *buffer)
{
	struct ext2_chunk *chunk = buffer->chunk;

	/* Behind the one that is taken from: what is in order stays so. */
	if (chunk->unused == 0) {
		struct ext2_chunk *first = cache->chunks;

		list_add(cache, chunk);
		if (first != NULL) {
			list_remove(cache, first);
			list_add(cache, first);
		}
	}
	chunk->unused |= 1ULL << (buffer - chunk->buffers);
	if (chunk->unused == all_of(cache) && chunk != cache->chunks) {
		list_remove(cache, chunk);
		free_chunk(cache, chunk);
	}
}

void
chunk_end(struct ext2_cache *cache)
{
	struct ext2_chunk *next;

	for (struct ext2_chunk *chunk = cache->chunks; chunk != NULL;
	     chunk = next) {
		next = chunk->next;
		free_chunk(cache, chunk);
	}
	cache->chunks = NULL;
}
