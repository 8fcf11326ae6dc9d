/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading of lines into a given space. */
#include <string.h>

#include "file.h"

char *
fgets_unlocked(char *restrict to, int size, FILE *restrict file)
{
	size_t left = size > 0 ? (size_t)size - 1 : 0;
	char *at = to;

	if (size <= 0)
		return NULL;
	while (left > 0) {
		size_t ready = (size_t)(file->read_end - file->read_at);
		const unsigned char *end;

		if (ready == 0) {
			int c = __file_underflow(file);

			if (c == EOF)
				break;
			file->read_at--;
			continue;
		}
		if (ready > left)
			ready = left;
		end = memchr(file->read_at, '\n', ready);
		if (end != NULL)
			ready = (size_t)(end + 1 - file->read_at);
		memcpy(at, file->read_at, ready);
		file->read_at += ready;
		at += ready;
		left -= ready;
		if (end != NULL)
			break;
	}
	if ((at == to && size > 1) || (file->flags & FILE_ERROR))
		return NULL;
	*at = '\0';
	return to;
}

char *
fgets(char *restrict to, int size, FILE *restrict file)
{
	char *result;

	file_lock(file);
	result = fgets_unlocked(to, size, file);
	file_unlock(file);
	return result;
}
