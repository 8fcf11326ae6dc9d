/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Streams over memory: open_memstream() grows its own, fmemopen() uses a given
 * one.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

struct memory {
	char *base;
	size_t size;     /* bytes of data */
	size_t capacity; /* bytes of memory, without a final NUL */
	size_t position;
	char **result_base; /* open_memstream() only */
	size_t *result_size;
	bool own;
	bool append;
};

static ssize_t
memory_read(FILE *file, void *to, size_t size)
{
	struct memory *memory = file->cookie;
	size_t left = 0;

	if (memory->position < memory->size)
		left = memory->size - memory->position;
	if (size > left)
		size = left;
	memcpy(to, memory->base + memory->position, size);
	memory->position += size;
	return (ssize_t)size;
}

static bool
memory_grow(struct memory *memory, size_t wanted)
{
	char *grown;

	if (wanted <= memory->capacity)
		return true;
	if (wanted < 2 * memory->capacity)
		wanted = 2 * memory->capacity;
	grown = realloc(memory->base, wanted + 1);
	if (grown == NULL)
		return false;
	memset(grown + memory->capacity, 0, wanted + 1 - memory->capacity);
	memory->base = grown;
	memory->capacity = wanted;
	return true;
}

static void
memory_publish(struct memory *memory)
{
	if (memory->result_base == NULL)
		return;
	*memory->result_base = memory->base;
	*memory->result_size =
	    memory->position < memory->size ? memory->position : memory->size;
}

static ssize_t
memory_write(FILE *file, const void *from, size_t size)
{
	struct memory *memory = file->cookie;
	size_t room;

	if (memory->append)
		memory->position = memory->size;
	if (memory->result_base != NULL &&
	    !memory_grow(memory, memory->position + size))
		return -1;
	room = memory->position < memory->capacity
		   ? memory->capacity - memory->position
		   : 0;
	if (room == 0 && size > 0) {
		errno = ENOSPC;
		return -1;
	}
	if (size > room)
		size = room;
	memcpy(memory->base + memory->position, from, size);
	memory->position += size;
	if (memory->position > memory->size) {
		memory->size = memory->position;
		if (memory->result_base != NULL ||
		    memory->size < memory->capacity)
			memory->base[memory->size] = '\0';
	}
	memory_publish(memory);
	return (ssize_t)size;
}

static off_t
memory_seek(FILE *file, off_t offset, int whence)
{
	struct memory *memory = file->cookie;
	off_t base = 0;

	if (whence == SEEK_CUR)
		base = (off_t)memory->position;
	if (whence == SEEK_END)
		base = (off_t)memory->size;
	if (offset < -base || (memory->result_base == NULL &&
				  offset > (off_t)memory->capacity - base)) {
		errno = EINVAL;
		return -1;
	}
	memory->position = (size_t)(base + offset);
	memory_publish(memory);
	return base + offset;
}

static int
memory_close(FILE *file)
{
	struct memory *memory = file->cookie;

	memory_publish(memory);
	if (memory->own)
		free(memory->base);
	free(memory);
	return 0;
}

static const struct file_ops memory_ops = {
    memory_read, memory_write, memory_seek, memory_close};

static FILE *
finish(struct memory *memory, unsigned flags)
{
	FILE *file = __file_new(flags, -1, &memory_ops);

	if (file == NULL) {
		free(memory->base);
		free(memory);
		return NULL;
	}
	file->cookie = memory;
	return file;
}

FILE *
open_memstream(char **base, size_t *size)
{
	struct memory *memory = calloc(1, sizeof(*memory));

	if (memory == NULL)
		return NULL;
	memory->result_base = base;
	memory->result_size = size;
	memory->base = calloc(1, 128);
	if (memory->base == NULL) {
		free(memory);
		return NULL;
	}
	memory->capacity = 127;
	memory_publish(memory);
	return finish(memory, FILE_NO_READ);
}

FILE *
fmemopen(void *restrict base, size_t size, const char *restrict mode)
{
	int flags = __file_mode(mode);
	unsigned file_flags = 0;
	struct memory *memory;

	if (flags < 0)
		return NULL;
	if (size == SIZE_MAX) {
		errno = ENOMEM;
		return NULL;
	}
	memory = calloc(1, sizeof(*memory));
	if (memory == NULL)
		return NULL;
	memory->capacity = size;
	memory->own = base == NULL;
	memory->base = base != NULL ? base : calloc(1, size + 1);
	if (memory->base == NULL) {
		free(memory);
		return NULL;
	}
	if ((flags & O_ACCMODE) == O_RDONLY)
		file_flags |= FILE_NO_WRITE;
	if ((flags & O_ACCMODE) == O_WRONLY)
		file_flags |= FILE_NO_READ;
	if (flags & O_TRUNC) {
		if (size > 0)
			memory->base[0] = '\0';
	} else if (flags & O_APPEND) {
		memory->append = true;
		memory->size = strnlen(memory->base, size);
		memory->position = memory->size;
	} else {
		memory->size = size;
	}
	return finish(memory, file_flags);
}
