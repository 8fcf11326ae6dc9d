/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A stream into growing memory of wide characters. What arrives are multibyte
 * characters, perhaps in parts.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "file.h"

struct wide_memory {
	wchar_t *base;
	size_t size; /* characters, without the final one */
	size_t capacity;
	size_t position;
	mbstate_t state;
	wchar_t **result_base;
	size_t *result_size;
};

static bool
grow(struct wide_memory *memory, size_t wanted)
{
	wchar_t *grown;
	size_t i;

	if (wanted <= memory->capacity)
		return true;
	if (wanted < 2 * memory->capacity)
		wanted = 2 * memory->capacity;
	grown = reallocarray(memory->base, wanted + 1, sizeof(*grown));
	if (grown == NULL)
		return false;
	for (i = memory->size; i <= wanted; i++)
		grown[i] = 0;
	memory->base = grown;
	memory->capacity = wanted;
	return true;
}

static void
publish(const struct wide_memory *memory)
{
	*memory->result_base = memory->base;
	*memory->result_size =
	    memory->position < memory->size ? memory->position : memory->size;
}

static ssize_t
wide_write(FILE *file, const void *from, size_t size)
{
	struct wide_memory *memory = file->cookie;
	const char *at = from;
	size_t left = size;

	if (!grow(memory, memory->position + size))
		return -1;
	while (left > 0) {
		wchar_t character;
		size_t used = mbrtowc(&character, at, left, &memory->state);

		if (used == (size_t)-1)
			return -1;
		if (used == (size_t)-2)
			break;
		if (used == 0)
			used = 1;
		memory->base[memory->position++] = character;
		at += used;
		left -= used;
	}
	if (memory->position > memory->size) {
		memory->size = memory->position;
		memory->base[memory->size] = 0;
	}
	publish(memory);
	return (ssize_t)size;
}

static ssize_t
wide_read(FILE *file, void *to, size_t size)
{
	(void)file;
	(void)to;
	(void)size;
	errno = EBADF;
	return -1;
}

static off_t
wide_seek(FILE *file, off_t offset, int whence)
{
	struct wide_memory *memory = file->cookie;
	off_t base = 0;

	if (whence == SEEK_CUR)
		base = (off_t)memory->position;
	if (whence == SEEK_END)
		base = (off_t)memory->size;
	if (offset < -base) {
		errno = EINVAL;
		return -1;
	}
	if (!grow(memory, (size_t)(base + offset)))
		return -1;
	memset(&memory->state, 0, sizeof(memory->state));
	memory->position = (size_t)(base + offset);
	publish(memory);
	return base + offset;
}

static int
wide_close(FILE *file)
{
	publish(file->cookie);
	free(file->cookie);
	return 0;
}

static const struct file_ops wide_ops = {
    wide_read, wide_write, wide_seek, wide_close};

FILE *
open_wmemstream(wchar_t **base, size_t *size)
{
	struct wide_memory *memory = calloc(1, sizeof(*memory));
	FILE *file = NULL;

	if (memory == NULL)
		return NULL;
	memory->result_base = base;
	memory->result_size = size;
	if (grow(memory, 31))
		file = __file_new(FILE_NO_READ, -1, &wide_ops);
	if (file == NULL) {
		free(memory->base);
		free(memory);
		return NULL;
	}
	file->cookie = memory;
	publish(memory);
	return file;
}
