/* SPDX-License-Identifier: BSD-2-Clause */
#include "short_memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <store.h>
#include <string.h>

int memory_left = -1;
int chunks_mapped;

/* The linker's names: --wrap, see tests.mk. */
/* NOLINTBEGIN(bugprone-reserved-identifier) */
extern void *__real_malloc(size_t size);
extern void *__real_calloc(size_t count, size_t size);
extern void *__real_realloc(void *old, size_t size);
extern char *__real_strdup(const char *text);
extern void *__wrap_malloc(size_t size);
extern void *__wrap_calloc(size_t count, size_t size);
extern void *__wrap_realloc(void *old, size_t size);
extern char *__wrap_strdup(const char *text);

static bool
fails(void)
{
	if (memory_left > 0)
		memory_left--;
	else if (memory_left == 0)
		return true;
	return false;
}

void *
__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : __real_calloc(count, size);
}

void *
__wrap_realloc(void *old, size_t size)
{
	return fails() ? NULL : __real_realloc(old, size);
}

char *
__wrap_strdup(const char *text)
{
	return fails() ? NULL : __real_strdup(text);
}

char *
memory_map(void)
{
	char *chunk = fails() ? NULL : __real_calloc(1, CHUNK_SIZE);

	chunks_mapped += chunk != NULL;
	return chunk;
}
/* NOLINTEND(bugprone-reserved-identifier) */

void
memory_unmap(char *chunk)
{
	chunks_mapped--;
	free(chunk);
}
