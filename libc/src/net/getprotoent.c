/* SPDX-License-Identifier: BSD-2-Clause */
/* The protocols: lines of a name, a number and other names. */
#include <netdb.h>
#include <string.h>

#include "word_table.h"

static struct word_table table = {.path = PATH_PROTOCOLS};
static struct protoent own;

struct protoent *
getprotoent(void)
{
	unsigned long number;

	while (__word_table_next(&table)) {
		if (!__word_number(table.words[1], 0xff, &number))
			continue;
		own.p_name = table.words[0];
		own.p_aliases = table.words + 2;
		own.p_proto = (int)number;
		return &own;
	}
	return NULL;
}

void
setprotoent(int stay_open)
{
	__word_table_rewind(&table, stay_open != 0);
}

void
endprotoent(void)
{
	__word_table_close(&table);
}

static struct protoent *
found(struct protoent *entry)
{
	if (!table.stay_open)
		__word_table_close(&table);
	return entry;
}

struct protoent *
getprotobyname(const char *name)
{
	struct protoent *entry;

	__word_table_rewind(&table, table.stay_open);
	do
		entry = getprotoent();
	while (entry != NULL && strcmp(entry->p_name, name) != 0 &&
	       !__word_among(entry->p_aliases, name));
	return found(entry);
}

struct protoent *
getprotobynumber(int number)
{
	struct protoent *entry;

	__word_table_rewind(&table, table.stay_open);
	do
		entry = getprotoent();
	while (entry != NULL && entry->p_proto != number);
	return found(entry);
}
