/* SPDX-License-Identifier: BSD-2-Clause */
/* Text that grows. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "procfs.h"

#define ROOM_FIRST 1024U

static bool
make_room(struct text *text, size_t size)
{
	size_t room = text->room != 0 ? text->room : ROOM_FIRST;
	char *data;

	while (room - text->size < size)
		room *= 2;
	if (room == text->room)
		return !text->failed;
	data = text->failed ? NULL : realloc(text->data, room);
	if (data == NULL) {
		text->failed = true;
		return false;
	}
	text->data = data;
	text->room = room;
	return true;
}

void
text_bytes(struct text *text, const void *data, size_t size)
{
	if (size == 0 || !make_room(text, size))
		return;
	memcpy(text->data + text->size, data, size);
	text->size += size;
}

void
text_print(struct text *text, const char *format, ...)
{
	char line[512];
	va_list arguments;
	int size;

	va_start(arguments, format);
	size = vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	if (size > 0)
		text_bytes(text, line,
		    (size_t)size < sizeof(line) ? (size_t)size
						: sizeof(line) - 1);
}
