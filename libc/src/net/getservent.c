/* SPDX-License-Identifier: BSD-2-Clause */
/* The services: lines of a name, a port/protocol and other names. */
#include <netdb.h>
#include <string.h>

#include "word_table.h"

static struct word_table table = {.path = PATH_SERVICES};
static struct servent own;

bool
__service_parse(struct word_table *from, struct servent *entry)
{
	char *slash = strchr(from->words[1], '/');
	unsigned long port;

	if (slash == NULL)
		return false;
	*slash = '\0';
	if (!__word_number(from->words[1], 0xffff, &port))
		return false;
	entry->s_name = from->words[0];
	entry->s_aliases = from->words + 2;
	entry->s_port = htons((uint16_t)port);
	entry->s_proto = slash + 1;
	return true;
}

bool
__service_is(
    const struct servent *entry, const char *name, const char *protocol)
{
	return (protocol == NULL || strcmp(entry->s_proto, protocol) == 0) &&
	       (strcmp(entry->s_name, name) == 0 ||
		   __word_among(entry->s_aliases, name));
}

struct servent *
getservent(void)
{
	while (__word_table_next(&table))
		if (__service_parse(&table, &own))
			return &own;
	return NULL;
}

void
setservent(int stay_open)
{
	__word_table_rewind(&table, stay_open != 0);
}

void
endservent(void)
{
	__word_table_close(&table);
}

/* What was found, when it is not to be looked for further. */
static struct servent *
found(struct servent *entry)
{
	if (!table.stay_open)
		__word_table_close(&table);
	return entry;
}

struct servent *
getservbyname(const char *name, const char *protocol)
{
	struct servent *entry;

	__word_table_rewind(&table, table.stay_open);
	do
		entry = getservent();
	while (entry != NULL && !__service_is(entry, name, protocol));
	return found(entry);
}

struct servent *
getservbyport(int port, const char *protocol)
{
	struct servent *entry;

	__word_table_rewind(&table, table.stay_open);
	do
		entry = getservent();
	while (
	    entry != NULL &&
	    (entry->s_port != port ||
		(protocol != NULL && strcmp(entry->s_proto, protocol) != 0)));
	return found(entry);
}
