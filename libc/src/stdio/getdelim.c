/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading of lines of any length into memory that grows. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

static bool
grow(char **line, size_t *capacity, size_t wanted)
{
	size_t size = *line != NULL ? *capacity : 0;
	char *grown;

	if (wanted <= size)
		return true;
	if (wanted > SSIZE_MAX) {
		errno = EOVERFLOW;
		return false;
	}
	size = wanted < 60 ? 120 : wanted * 2;
	grown = realloc(*line, size);
	if (grown == NULL)
		return false;
	*line = grown;
	*capacity = size;
	return true;
}

static ssize_t
read_line(char **line, size_t *capacity, int delimiter, FILE *file)
{
	size_t used = 0;

	for (;;) {
		size_t ready = (size_t)(file->read_end - file->read_at);
		const unsigned char *end = NULL;

		if (ready == 0) {
			if (__file_underflow(file) == EOF)
				break;
			file->read_at--;
			continue;
		}
		end = memchr(file->read_at, delimiter, ready);
		if (end != NULL)
			ready = (size_t)(end + 1 - file->read_at);
		if (!grow(line, capacity, used + ready + 1) || *line == NULL) {
			file->flags |= FILE_ERROR;
			return -1;
		}
		memcpy(*line + used, file->read_at, ready);
		file->read_at += ready;
		used += ready;
		if (end != NULL)
			break;
	}
	if (used == 0)
		return -1;
	(*line)[used] = '\0';
	return (ssize_t)used;
}

ssize_t
getdelim(char **restrict line, size_t *restrict capacity, int delimiter,
    FILE *restrict file)
{
	ssize_t result;

	if (line == NULL || capacity == NULL) {
		errno = EINVAL;
		return -1;
	}
	file_lock(file);
	result = read_line(line, capacity, delimiter, file);
	file_unlock(file);
	return result;
}

ssize_t
getline(char **restrict line, size_t *restrict capacity, FILE *restrict file)
{
	return getdelim(line, capacity, '\n', file);
}
