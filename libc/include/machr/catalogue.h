/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The file of a message catalogue, which gencat writes and catopen() maps: a
 * head, a line for each message in order of set and number, then the texts,
 * each with its NUL. Numbers are in the machine's order.
 */
#ifndef MACHR_CATALOGUE_H
#define MACHR_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MACHR_CATALOGUE_MAGIC "MRcat\r\n" /* 8 bytes with its NUL */

struct machr_catalogue_line {
	uint32_t set;
	uint32_t number;
	uint32_t text; /* where it begins in the texts */
};

struct machr_catalogue {
	char magic[8];
	uint32_t count;
	uint32_t texts_size;
	struct machr_catalogue_line lines[];
};

static inline const char *
machr_catalogue_texts(const struct machr_catalogue *catalogue)
{
	return (const char *)&catalogue->lines[catalogue->count];
}

/* Are these bytes one, so that no text of it is outside? */
static inline bool
machr_catalogue_is_valid(const struct machr_catalogue *catalogue, size_t size)
{
	size_t rest = size - sizeof(*catalogue);

	if (size < sizeof(*catalogue) ||
	    memcmp(catalogue->magic, MACHR_CATALOGUE_MAGIC,
		sizeof(catalogue->magic)) != 0 ||
	    catalogue->count > rest / sizeof(catalogue->lines[0]) ||
	    catalogue->texts_size !=
		rest - catalogue->count * sizeof(catalogue->lines[0]))
		return false;
	for (uint32_t i = 0; i < catalogue->count; i++)
		if (catalogue->lines[i].text >= catalogue->texts_size)
			return false;
	return catalogue->texts_size == 0 ||
	       machr_catalogue_texts(catalogue)[catalogue->texts_size - 1] ==
		   '\0';
}

#endif
