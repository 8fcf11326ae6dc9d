/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The networks: lines of a name, a number in dot notation and other names.
 * Numbers are in the host's byte order, and of a network's bytes only: 127
 * stands for 127.0.0.0.
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>

#include "word_table.h"

static struct word_table table = {.path = PATH_NETWORKS};
static struct netent own;

/* As inet_aton() has it, but each number is a byte. */
static bool
parse_number(const char *word, uint32_t *number)
{
	uint32_t value = 0;
	int bytes = 0;

	for (;; word++) {
		char digits[4];
		size_t length = strcspn(word, ".");
		unsigned long byte;

		if (bytes++ == 4 || strlcpy(digits, word, sizeof(digits)) == 0)
			return false;
		if (length < sizeof(digits))
			digits[length] = '\0';
		if (!__word_number(digits, 0xff, &byte))
			return false;
		value = value << 8 | (uint32_t)byte;
		word += length;
		if (*word == '\0')
			break;
	}
	*number = value;
	return true;
}

struct netent *
getnetent(void)
{
	while (__word_table_next(&table)) {
		if (!parse_number(table.words[1], &own.n_net))
			continue;
		own.n_name = table.words[0];
		own.n_aliases = table.words + 2;
		own.n_addrtype = AF_INET;
		return &own;
	}
	return NULL;
}

void
setnetent(int stay_open)
{
	__word_table_rewind(&table, stay_open != 0);
}

void
endnetent(void)
{
	__word_table_close(&table);
}

static struct netent *
found(struct netent *entry)
{
	if (!table.stay_open)
		__word_table_close(&table);
	return entry;
}

struct netent *
getnetbyname(const char *name)
{
	struct netent *entry;

	__word_table_rewind(&table, table.stay_open);
	do
		entry = getnetent();
	while (entry != NULL && strcmp(entry->n_name, name) != 0 &&
	       !__word_among(entry->n_aliases, name));
	return found(entry);
}

struct netent *
getnetbyaddr(uint32_t number, int family)
{
	struct netent *entry;

	__word_table_rewind(&table, table.stay_open);
	do
		entry = getnetent();
	while (entry != NULL &&
	       (entry->n_addrtype != family || entry->n_net != number));
	return found(entry);
}
