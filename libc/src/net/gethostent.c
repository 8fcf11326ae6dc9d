/* SPDX-License-Identifier: BSD-2-Clause */
/* The hosts: lines of an address, a name and other names. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "word_table.h"

static struct word_table table = {.path = PATH_HOSTS};
static struct hostent own;
static struct in6_addr own_address;
static char *own_list[2];
static int own_errno;

int *
__h_errno(void)
{
	return &own_errno;
}

const char *
hstrerror(int code)
{
	switch (code) {
	case 0:
		return "No error";
	case HOST_NOT_FOUND:
		return "No such host";
	case TRY_AGAIN:
		return "Name not found for now";
	case NO_RECOVERY:
		return "Names cannot be looked up";
	case NO_DATA:
		return "The host has no address";
	default:
		return "Unknown error";
	}
}

void
herror(const char *text)
{
	const char *reason = hstrerror(h_errno);

	if (text != NULL && *text != '\0')
		(void)fprintf(stderr, "%s: %s\n", text, reason);
	else
		(void)fprintf(stderr, "%s\n", reason);
}

/* The entry has one address, which is in own_address. */
static struct hostent *
entry_of(int family, char *name, char **aliases)
{
	own_list[0] = (char *)&own_address;
	own_list[1] = NULL;
	own.h_name = name;
	own.h_aliases = aliases;
	own.h_addrtype = family;
	own.h_length = family == AF_INET ? (int)sizeof(struct in_addr)
					 : (int)sizeof(struct in6_addr);
	own.h_addr_list = own_list;
	return &own;
}

struct hostent *
gethostent(void)
{
	while (__word_table_next(&table)) {
		int family =
		    strchr(table.words[0], ':') != NULL ? AF_INET6 : AF_INET;

		if (inet_pton(family, table.words[0], &own_address) == 1)
			return entry_of(
			    family, table.words[1], table.words + 2);
	}
	return NULL;
}

void
sethostent(int stay_open)
{
	__word_table_rewind(&table, stay_open != 0);
}

void
endhostent(void)
{
	__word_table_close(&table);
}

static struct hostent *
found(struct hostent *entry)
{
	if (entry == NULL)
		h_errno = HOST_NOT_FOUND;
	if (!table.stay_open)
		__word_table_close(&table);
	return entry;
}

static bool
is_called(const struct hostent *entry, const char *name)
{
	char **alias = entry->h_aliases;

	if (strcasecmp(entry->h_name, name) == 0)
		return true;
	while (*alias != NULL)
		if (strcasecmp(*alias++, name) == 0)
			return true;
	return false;
}

/* Addresses of version 4 only, as ever. */
struct hostent *
gethostbyname(const char *name)
{
	static char *no_aliases[1];
	static char own_name[256];
	struct in_addr address;
	struct hostent *entry;

	if (inet_aton(name, &address)) {
		memcpy(&own_address, &address, sizeof(address));
		(void)strlcpy(own_name, name, sizeof(own_name));
		return entry_of(AF_INET, own_name, no_aliases);
	}
	__word_table_rewind(&table, table.stay_open);
	do
		entry = gethostent();
	while (entry != NULL &&
	       (entry->h_addrtype != AF_INET || !is_called(entry, name)));
	return found(entry);
}

struct hostent *
gethostbyaddr(const void *address, socklen_t size, int family)
{
	struct hostent *entry;

	__word_table_rewind(&table, table.stay_open);
	do
		entry = gethostent();
	while (entry != NULL && (entry->h_addrtype != family ||
				    (socklen_t)entry->h_length != size ||
				    memcmp(address, &own_address, size) != 0));
	return found(entry);
}
