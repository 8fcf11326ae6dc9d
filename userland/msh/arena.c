/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory given back as a whole, and strings that grow in it. An arena is a
 * chain of chunks, newest first; a mark names a chunk and a fill level.
 */
#include <stdlib.h>
#include <string.h>

#include "msh.h"

#define CHUNK_SIZE 2048
#define ALIGNMENT  16

struct chunk {
	struct chunk *older;
	size_t size;
	size_t used;
	_Alignas(ALIGNMENT) char data[];
};

struct arena {
	int references;
	struct chunk *chunk;
};

static struct chunk *
chunk_new(size_t size, struct chunk *older)
{
	struct chunk *chunk;

	if (size < CHUNK_SIZE)
		size = CHUNK_SIZE;
	chunk = xmalloc(sizeof(*chunk) + size);
	chunk->older = older;
	chunk->size = size;
	chunk->used = 0;
	return chunk;
}

struct arena *
arena_new(void)
{
	struct arena *arena = xmalloc(sizeof(*arena));

	arena->references = 1;
	arena->chunk = chunk_new(0, NULL);
	return arena;
}

void
arena_reference(struct arena *arena)
{
	arena->references++;
}

void
arena_release(struct arena *arena)
{
	if (arena == NULL || --arena->references > 0)
		return;
	while (arena->chunk != NULL) {
		struct chunk *older = arena->chunk->older;

		free(arena->chunk);
		arena->chunk = older;
	}
	free(arena);
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	struct chunk *chunk = arena->chunk;
	char *data;

	size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (chunk->size - chunk->used < size)
		chunk = arena->chunk = chunk_new(size, chunk);
	data = chunk->data + chunk->used;
	chunk->used += size;
	return memset(data, 0, size);
}

char *
arena_copy(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	memcpy(copy, text, length);
	return copy;
}

struct arena_mark
arena_mark(struct arena *arena)
{
	return (struct arena_mark){arena->chunk, arena->chunk->used};
}

void
arena_rewind(struct arena *arena, struct arena_mark mark)
{
	while (arena->chunk != mark.chunk) {
		struct chunk *older = arena->chunk->older;

		free(arena->chunk);
		arena->chunk = older;
	}
	arena->chunk->used = mark.used;
}

void
strbuf_init(struct strbuf *sb, struct arena *arena)
{
	*sb = (struct strbuf){.arena = arena};
}

/* Make room for `more` bytes and a NUL; the old text stays in the arena. */
static void
strbuf_grow(struct strbuf *sb, size_t more)
{
	size_t capacity = sb->capacity != 0 ? sb->capacity * 2 : 16;
	char *text;

	while (capacity < sb->length + more + 1)
		capacity *= 2;
	text = arena_alloc(sb->arena, capacity);
	if (sb->text != NULL)
		memcpy(text, sb->text, sb->length);
	sb->text = text;
	sb->capacity = capacity;
}

void
strbuf_add(struct strbuf *sb, int c)
{
	if (sb->length + 2 > sb->capacity)
		strbuf_grow(sb, 1);
	sb->text[sb->length++] = (char)c;
	sb->text[sb->length] = '\0';
}

void
strbuf_append(struct strbuf *sb, const char *text, size_t length)
{
	if (sb->length + length + 1 > sb->capacity)
		strbuf_grow(sb, length);
	memcpy(sb->text + sb->length, text, length);
	sb->length += length;
	sb->text[sb->length] = '\0';
}

void
strbuf_string(struct strbuf *sb, const char *text)
{
	strbuf_append(sb, text, strlen(text));
}

char *
strbuf_text(struct strbuf *sb)
{
	if (sb->text == NULL)
		strbuf_grow(sb, 0);
	return sb->text;
}
