/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text that the system gives: asked for until the buffer holds all of it.
 */
#include "text.h"

#include <stdlib.h>

#include "util.h"

char *
system_text(ssize_t (*get)(char *, size_t), size_t *size)
{
	size_t capacity = 4096;
	char *text = xmalloc(capacity);

	for (;;) {
		ssize_t length = get(text, capacity - 1);

		if (length < 0) {
			free(text);
			return NULL;
		}
		if ((size_t)length < capacity) {
			text[length] = '\0';
			*size = (size_t)length;
			return text;
		}
		capacity = (size_t)length + 1024;
		text = xrealloc(text, capacity);
	}
}
