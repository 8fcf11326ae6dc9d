/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cached disk blocks: a hash by block number and a list in order of use. A
 * buffer with references stays; the oldest without makes room. Dirty buffers
 * are written before they are reused, when too many have gathered, and on
 * sync, in runs of consecutive blocks.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ext2.h"

#define HASH_SIZE 1024U
#define WORTH_IT  4 /* blocks to be written without those that follow */
#define RUN_MAX   (EXT2_CHUNK / 1024) /* the smallest blocks there are */

int
bcache_init(struct ext2_cache *cache, struct ext2_disk *disk,
    uint32_t block_size, uint32_t block_count, unsigned buffers)
{
	memset(cache, 0, sizeof(*cache));
	cache->disk = disk;
	cache->block_size = block_size;
	cache->block_count = block_count;
	cache->buffer_max = buffers;
	cache->hash = calloc(HASH_SIZE, sizeof(struct ext2_buffer *));
	return cache->hash != NULL ? 0 : ENOMEM;
}

static struct ext2_buffer **
slot(struct ext2_cache *cache, uint32_t block)
{
	return &cache->hash[block % HASH_SIZE];
}

static struct ext2_buffer *
find(struct ext2_cache *cache, uint32_t block)
{
	struct ext2_buffer *buffer = *slot(cache, block);

	while (buffer != NULL && buffer->block != block)
		buffer = buffer->hash_next;
	return buffer;
}

static void
order_remove(struct ext2_cache *cache, struct ext2_buffer *buffer)
{
	if (buffer->newer != NULL)
		buffer->newer->older = buffer->older;
	else
		cache->newest = buffer->older;
	if (buffer->older != NULL)
		buffer->older->newer = buffer->newer;
	else
		cache->oldest = buffer->newer;
}

static void
order_newest(struct ext2_cache *cache, struct ext2_buffer *buffer)
{
	buffer->newer = NULL;
	buffer->older = cache->newest;
	if (cache->newest != NULL)
		cache->newest->newer = buffer;
	else
		cache->oldest = buffer;
	cache->newest = buffer;
}

static void
hash_remove(struct ext2_cache *cache, struct ext2_buffer *buffer)
{
	struct ext2_buffer **link = slot(cache, buffer->block);

	while (*link != buffer)
		link = &(*link)->hash_next;
	*link = buffer->hash_next;
}

static void
set_clean(struct ext2_cache *cache, struct ext2_buffer *buffer)
{
	if (buffer->dirty) {
		buffer->dirty = false;
		cache->dirty_count--;
	}
}

/* `buffer` and the dirty blocks that follow it on the disk; how many. */
static uint32_t
dirty_run(struct ext2_cache *cache, struct ext2_buffer *buffer,
    struct ext2_buffer **run)
{
	uint32_t max = EXT2_CHUNK / cache->block_size;
	uint32_t count = 0;

	do
		run[count++] = buffer;
	while (count < max &&
	       (buffer = find(cache, buffer->block + 1)) != NULL &&
	       buffer->dirty);
	return count;
}

/* How many of them have their data one behind the other in one chunk. */
static uint32_t
in_order(const struct ext2_cache *cache, struct ext2_buffer *const *run,
    uint32_t count)
{
	uint32_t i = 1;

	while (i < count && run[i]->chunk == run[0]->chunk &&
	       run[i]->data == run[i - 1]->data + cache->block_size)
		i++;
	return i;
}

/* Memory for what does not. False: none. What is left there is nobody's. */
static bool
have_run(struct ext2_cache *cache)
{
	if (cache->run == NULL)
		cache->run = ext2_memory(cache);
	return cache->run != NULL;
}

/* Write `buffer` together with the dirty blocks that follow it on disk. */
static int
write_run(struct ext2_cache *cache, struct ext2_buffer *buffer)
{
	struct ext2_buffer *run[RUN_MAX];
	uint32_t count = dirty_run(cache, buffer, run);
	uint32_t as_it_lies = in_order(cache, run, count);
	const uint8_t *data = buffer->data;
	size_t size = cache->block_size;
	int error;

	if (as_it_lies >= WORTH_IT || count == as_it_lies || !have_run(cache)) {
		count = as_it_lies;
	} else {
		for (uint32_t i = 0; i < count; i++)
			memcpy(cache->run + i * size, run[i]->data, size);
		data = cache->run;
	}
	error = cache->disk->write(cache->disk->context,
	    buffer->block * (uint64_t)size, data, count * size);
	for (uint32_t i = 0; error == 0 && i < count; i++)
		set_clean(cache, run[i]);
	return error;
}

static void
destroy(struct ext2_cache *cache, struct ext2_buffer *buffer)
{
	set_clean(cache, buffer);
	hash_remove(cache, buffer);
	order_remove(cache, buffer);
	chunk_give(cache, buffer);
	cache->buffer_count--;
}

/* Let so many of the oldest buffers go, but for those that are held. */
static int
evict(struct ext2_cache *cache, unsigned count)
{
	struct ext2_buffer *buffer = cache->oldest;

	while (buffer != NULL && count > 0) {
		struct ext2_buffer *newer = buffer->newer;
		bool unused = buffer->references == 0;
		int error = 0;

		if (unused && buffer->dirty)
			error = write_run(cache, buffer);
		if (error != 0)
			return error;
		if (unused) {
			destroy(cache, buffer);
			count--;
		}
		buffer = newer;
	}
	return 0;
}

/* Make room for more buffers. A cache full of held buffers grows. */
static int
make_room(struct ext2_cache *cache, unsigned count)
{
	unsigned wanted = cache->buffer_count + count;

	return wanted > cache->buffer_max
		   ? evict(cache, wanted - cache->buffer_max)
		   : 0;
}

/* A new buffer for `block`, contents undefined, in hash and order. */
static int
create(struct ext2_cache *cache, uint32_t block, struct ext2_buffer **result)
{
	struct ext2_buffer *buffer;
	int error = make_room(cache, 1);

	if (error != 0)
		return error;
	buffer = chunk_take(cache);
	if (buffer == NULL) {
		error = evict(cache, cache->buffer_count / 8 + 1);
		if (error == 0)
			buffer = chunk_take(cache);
		if (buffer == NULL)
			return error != 0 ? error : ENOMEM;
	}
	buffer->block = block;
	buffer->references = 0;
	buffer->dirty = false;
	buffer->hash_next = *slot(cache, block);
	*slot(cache, block) = buffer;
	order_newest(cache, buffer);
	cache->buffer_count++;
	*result = buffer;
	return 0;
}

static void
hold(struct ext2_cache *cache, struct ext2_buffer *buffer)
{
	buffer->references++;
	if (cache->newest != buffer) {
		order_remove(cache, buffer);
		order_newest(cache, buffer);
	}
}

int
bcache_get(
    struct ext2_cache *cache, uint32_t block, struct ext2_buffer **result)
{
	struct ext2_buffer *buffer;
	int error;

	if (block >= cache->block_count)
		return EIO;
	buffer = find(cache, block);
	if (buffer == NULL) {
		error = create(cache, block, &buffer);
		if (error != 0)
			return error;
		error = cache->disk->read(cache->disk->context,
		    (uint64_t)block * cache->block_size, buffer->data,
		    cache->block_size);
		if (error != 0) {
			destroy(cache, buffer);
			return error;
		}
	}
	hold(cache, buffer);
	*result = buffer;
	return 0;
}

int
bcache_new(
    struct ext2_cache *cache, uint32_t block, struct ext2_buffer **result)
{
	struct ext2_buffer *buffer;
	int error;

	if (block >= cache->block_count)
		return EIO;
	buffer = find(cache, block);
	if (buffer == NULL) {
		error = create(cache, block, &buffer);
		if (error != 0)
			return error;
	}
	hold(cache, buffer);
	*result = buffer;
	return 0;
}

int
bcache_zero(
    struct ext2_cache *cache, uint32_t block, struct ext2_buffer **result)
{
	int error = bcache_new(cache, block, result);

	if (error != 0)
		return error;
	memset((*result)->data, 0, cache->block_size);
	bcache_dirty(cache, *result);
	return 0;
}

void
bcache_put(struct ext2_cache *cache, struct ext2_buffer *buffer)
{
	(void)cache;
	buffer->references--;
}

void
bcache_dirty(struct ext2_cache *cache, struct ext2_buffer *buffer)
{
	if (!buffer->dirty) {
		buffer->dirty = true;
		cache->dirty_count++;
	}
}

void
bcache_forget(struct ext2_cache *cache, uint32_t block)
{
	struct ext2_buffer *buffer = find(cache, block);

	if (buffer == NULL)
		return;
	if (buffer->references == 0)
		destroy(cache, buffer);
	else
		set_clean(cache, buffer);
}

bool
bcache_has(struct ext2_cache *cache, uint32_t block)
{
	return find(cache, block) != NULL;
}

/* New buffers, held, for up to `count` blocks that are not cached; how many. */
static uint32_t
create_run(struct ext2_cache *cache, uint32_t block, uint32_t count,
    struct ext2_buffer **run)
{
	uint32_t done = 0;

	while (done < count && find(cache, block + done) == NULL &&
	       create(cache, block + done, &run[done]) == 0)
		run[done++]->references++; /* what follows is not to evict it */
	return done;
}

void
bcache_prefetch(struct ext2_cache *cache, uint32_t block, uint32_t count)
{
	uint32_t max = EXT2_CHUNK / cache->block_size;
	struct ext2_buffer *run[RUN_MAX];
	size_t size = cache->block_size;
	bool as_it_lies;
	int error = ENOMEM;

	if (count > max)
		count = max;
	if (count > cache->buffer_max / 2)
		count = cache->buffer_max / 2;
	if (count < 2 || block >= cache->block_count ||
	    count > cache->block_count - block || find(cache, block) != NULL)
		return;
	/* First: what is written to make room goes the same way. */
	if (make_room(cache, count) != 0)
		return;
	count = create_run(cache, block, count, run);
	if (count == 0)
		return;
	as_it_lies = in_order(cache, run, count) == count;
	if (as_it_lies || have_run(cache))
		error = cache->disk->read(cache->disk->context,
		    block * (uint64_t)size,
		    as_it_lies ? run[0]->data : cache->run, count * size);
	for (uint32_t i = 0; i < count; i++) {
		run[i]->references--;
		if (error != 0)
			destroy(cache, run[i]);
		else if (!as_it_lies)
			memcpy(run[i]->data, cache->run + i * size, size);
	}
}

/* Two lists in order of block numbers, as one. */
static struct ext2_buffer *
merge(struct ext2_buffer *a, struct ext2_buffer *b)
{
	struct ext2_buffer *first = NULL;
	struct ext2_buffer **end = &first;

	while (a != NULL && b != NULL) {
		struct ext2_buffer **lower = a->block < b->block ? &a : &b;

		*end = *lower;
		end = &(*lower)->next_dirty;
		*lower = *end;
	}
	*end = a != NULL ? a : b;
	return first;
}

/*
 * All dirty buffers, by block number: lists of 1, 2, 4... are merged as they
 * come, so what was written in order costs little.
 */
static struct ext2_buffer *
sorted_dirty(const struct ext2_cache *cache)
{
	struct ext2_buffer *lists[32] = {NULL};
	struct ext2_buffer *all = NULL;

	for (struct ext2_buffer *buffer = cache->oldest; buffer != NULL;
	     buffer = buffer->newer) {
		struct ext2_buffer *list = buffer;
		unsigned i;

		if (!buffer->dirty)
			continue;
		buffer->next_dirty = NULL;
		for (i = 0; i < 31 && lists[i] != NULL; i++) {
			list = merge(lists[i], list);
			lists[i] = NULL;
		}
		lists[i] = list;
	}
	for (unsigned i = 0; i < 32; i++)
		all = merge(lists[i], all);
	return all;
}

int
bcache_sync(struct ext2_cache *cache)
{
	struct ext2_buffer *buffer = sorted_dirty(cache);
	int result = 0;

	for (; buffer != NULL; buffer = buffer->next_dirty) {
		int error = buffer->dirty ? write_run(cache, buffer) : 0;

		if (error != 0 && result == 0)
			result = error;
	}
	if (result == 0)
		result = cache->disk->sync(cache->disk->context);
	return result;
}

void
bcache_free(struct ext2_cache *cache)
{
	struct ext2_buffer *buffer = cache->newest;

	while (buffer != NULL) {
		struct ext2_buffer *older = buffer->older;

		destroy(cache, buffer);
		buffer = older;
	}
	ext2_memory_free(cache, cache->run);
	cache->run = NULL;
	chunk_end(cache);
	free(cache->hash);
	cache->hash = NULL;
}
