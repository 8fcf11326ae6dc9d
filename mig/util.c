/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory that lives until exit, and words compared without case.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "mig.h"

/* Every block, so that it stays reachable for the leak checker. */
struct block {
	struct block *next;
	max_align_t data[];
};

static struct block *blocks;

/* Zeroed memory; never fails. */
void *
mem_alloc(size_t size)
{
	struct block *block = calloc(1, sizeof(*block) + size);

	if (block == NULL)
		fatal("out of memory");
	block->next = blocks;
	blocks = block;
	return block->data;
}

char *
mem_text(const char *text, size_t length)
{
	char *copy = mem_alloc(length + 1);

	memcpy(copy, text, length);
	return copy;
}

char *
mem_format(const char *format, ...)
{
	va_list args;
	int length;
	char *text;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		fatal("cannot format a string");
	text = mem_alloc((size_t)length + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)length + 1, format, args);
	va_end(args);
	return text;
}

/* The language's keywords ignore case. */
bool
same_word(const char *a, const char *b)
{
	for (; *a != '\0' && *b != '\0'; a++, b++)
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return false;
	return *a == *b;
}

/* A string as JSON has it, with its quotes. */
void
json_text(FILE *f, const char *text)
{
	fputc('"', f);
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			fputc('\\', f);
		if ((unsigned char)*text < ' ')
			fprintf(f, "\\u%04x", (unsigned)*text);
		else
			fputc(*text, f);
	}
	fputc('"', f);
}
