/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Addresses of a host and a service. First the kinds of socket and the ports
 * are found, then the addresses; each of these with each of those is a result.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "word_table.h"

#define FLAGS                                                                \
	(AI_PASSIVE | AI_CANONNAME | AI_NUMERICHOST | AI_V4MAPPED | AI_ALL | \
	    AI_ADDRCONFIG | AI_NUMERICSERV)
#define KINDS         3
#define ADDRESSES_MAX 32
#define NAME_MAX_SIZE 256

struct address {
	int family;
	struct in6_addr bytes; /* of version 4: the first */
	uint32_t scope;
};

struct query {
	int flags;
	int family;
	int kinds; /* of sockets */
	struct kind {
		int type;
		int protocol;
		in_port_t port;
	} kind[KINDS];
	int addresses;
	struct address address[ADDRESSES_MAX];
	char name[NAME_MAX_SIZE]; /* that the host is known by */
};

struct result {
	struct addrinfo info;
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} address;
};

static const struct {
	int type;
	int protocol;
	const char *name;
} known_kinds[KINDS] = {
    {SOCK_STREAM, IPPROTO_TCP, "tcp"},
    {SOCK_DGRAM, IPPROTO_UDP, "udp"},
    {SOCK_RAW, IPPROTO_IP, NULL},
};

static bool
find_service(const char *name, const char *protocol, in_port_t *port)
{
	struct word_table table = {.path = PATH_SERVICES};
	struct servent entry;
	bool found = false;

	while (!found && __word_table_next(&table))
		found = __service_parse(&table, &entry) &&
			__service_is(&entry, name, protocol);
	if (found)
		*port = (in_port_t)entry.s_port;
	__word_table_free(&table);
	return found;
}

/* The port of a service for a kind of socket; false: there is none. */
static bool
find_port(
    const char *service, bool numeric, const char *protocol, in_port_t *port)
{
	unsigned long number;

	if (service == NULL) {
		*port = 0;
		return true;
	}
	if (__word_number(service, 0xffff, &number)) {
		*port = htons((in_port_t)number);
		return true;
	}
	return !numeric && protocol != NULL &&
	       find_service(service, protocol, port);
}

static int
find_kinds(struct query *query, const char *service, int type, int protocol)
{
	bool numeric = (query->flags & AI_NUMERICSERV) != 0;
	bool of_type = false;

	for (int i = 0; i < KINDS; i++) {
		struct kind *kind = &query->kind[query->kinds];

		if (type != 0 && type != known_kinds[i].type)
			continue;
		/* Any protocol goes with a raw socket. */
		if (protocol != 0 && known_kinds[i].protocol != protocol &&
		    known_kinds[i].type != SOCK_RAW)
			continue;
		if (protocol != 0 && type == 0 &&
		    known_kinds[i].type == SOCK_RAW && query->kinds > 0)
			continue;
		of_type = true;
		if (!find_port(
			service, numeric, known_kinds[i].name, &kind->port))
			continue;
		kind->type = known_kinds[i].type;
		kind->protocol =
		    protocol != 0 ? protocol : known_kinds[i].protocol;
		query->kinds++;
	}
	if (!of_type)
		return EAI_SOCKTYPE;
	if (query->kinds > 0)
		return 0;
	return numeric ? EAI_NONAME : EAI_SERVICE;
}

static bool
wants(const struct query *query, int family)
{
	return query->family == AF_UNSPEC || query->family == family ||
	       (query->family == AF_INET6 && family == AF_INET &&
		   (query->flags & AI_V4MAPPED) != 0);
}

static void
add(struct query *query, int family, const void *bytes, uint32_t scope)
{
	struct address *to = &query->address[query->addresses];

	if (query->addresses == ADDRESSES_MAX || !wants(query, family))
		return;
	to->family = family;
	to->scope = scope;
	memcpy(&to->bytes, bytes,
	    family == AF_INET ? sizeof(struct in_addr)
			      : sizeof(struct in6_addr));
	query->addresses++;
}

/* Of version 6 with a scope behind it: a number, for want of interfaces. */
static bool
parse_v6(const char *host, struct in6_addr *to, uint32_t *scope)
{
	char text[INET6_ADDRSTRLEN];
	size_t length = strcspn(host, "%");
	unsigned long number = 0;

	if (length >= sizeof(text))
		return false;
	memcpy(text, host, length);
	text[length] = '\0';
	if (inet_pton(AF_INET6, text, to) != 1 ||
	    (host[length] == '%' &&
		!__word_number(host + length + 1, 0xffffffff, &number)))
		return false;
	*scope = (uint32_t)number;
	return true;
}

/* Is it an address? Then it is one, if not of the wanted family. */
static bool
find_numeric(struct query *query, const char *host)
{
	struct in_addr v4;
	struct in6_addr v6;
	uint32_t scope;

	if (strchr(host, ' ') == NULL && inet_aton(host, &v4)) {
		add(query, AF_INET, &v4, 0);
		return true;
	}
	if (!parse_v6(host, &v6, &scope))
		return false;
	add(query, AF_INET6, &v6, scope);
	return true;
}

static void
find_in_hosts(struct query *query, const char *host)
{
	struct word_table table = {.path = PATH_HOSTS};
	struct in6_addr bytes;

	while (__word_table_next(&table)) {
		int family =
		    strchr(table.words[0], ':') != NULL ? AF_INET6 : AF_INET;
		int before = query->addresses;
		char **name = table.words + 1;

		while (*name != NULL && strcasecmp(*name, host) != 0)
			name++;
		if (*name == NULL ||
		    inet_pton(family, table.words[0], &bytes) != 1)
			continue;
		add(query, family, &bytes, 0);
		if (before == 0 && query->addresses > 0)
			(void)strlcpy(
			    query->name, table.words[1], sizeof(query->name));
	}
	__word_table_free(&table);
}

static void
find_own(struct query *query)
{
	bool passive = (query->flags & AI_PASSIVE) != 0;
	struct in_addr v4 = {htonl(passive ? INADDR_ANY : INADDR_LOOPBACK)};

	if (query->family != AF_INET6)
		add(query, AF_INET, &v4, 0);
	add(query, AF_INET6, passive ? &in6addr_any : &in6addr_loopback, 0);
}

/* Are there sockets of the family? */
static bool
is_configured(int family)
{
	int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/*
 * Drop what is not wanted after all: addresses of families that the system
 * does not have, and mapped ones where there are others.
 */
static void
sift(struct query *query)
{
	bool configured = (query->flags & AI_ADDRCONFIG) != 0;
	bool has_v4 = !configured || is_configured(AF_INET);
	bool has_v6 = !configured || is_configured(AF_INET6);
	bool mapped = query->family == AF_INET6;
	int kept = 0;

	for (int i = 0; mapped && i < query->addresses; i++)
		if (query->address[i].family == AF_INET6 &&
		    (query->flags & AI_ALL) == 0)
			has_v4 = false;
	for (int i = 0; i < query->addresses; i++) {
		struct address *at = &query->address[i];

		if (at->family == AF_INET ? has_v4 : has_v6)
			query->address[kept++] = *at;
	}
	query->addresses = kept;
}

static int
find_addresses(struct query *query, const char *host)
{
	if (host == NULL) {
		find_own(query);
	} else {
		(void)strlcpy(query->name, host, sizeof(query->name));
		if (!find_numeric(query, host) &&
		    (query->flags & AI_NUMERICHOST) == 0)
			find_in_hosts(query, host);
	}
	sift(query);
	return query->addresses > 0 ? 0 : EAI_NONAME;
}

static void
fill_v6(struct sockaddr_in6 *to, const struct address *from, in_port_t port)
{
	to->sin6_family = AF_INET6;
	to->sin6_port = port;
	to->sin6_scope_id = from->scope;
	if (from->family == AF_INET6) {
		to->sin6_addr = from->bytes;
		return;
	}
	to->sin6_addr.s6_addr[10] = 0xff;
	to->sin6_addr.s6_addr[11] = 0xff;
	memcpy(
	    to->sin6_addr.s6_addr + 12, &from->bytes, sizeof(struct in_addr));
}

static struct addrinfo *
new_result(const struct query *query, const struct address *address,
    const struct kind *kind)
{
	struct result *result = calloc(1, sizeof(*result));

	if (result == NULL)
		return NULL;
	if (address->family == AF_INET && query->family != AF_INET6) {
		result->info.ai_addrlen = sizeof(result->address.v4);
		result->address.v4.sin_family = AF_INET;
		result->address.v4.sin_port = kind->port;
		memcpy(&result->address.v4.sin_addr, &address->bytes,
		    sizeof(struct in_addr));
	} else {
		result->info.ai_addrlen = sizeof(result->address.v6);
		fill_v6(&result->address.v6, address, kind->port);
	}
	result->info.ai_flags = query->flags;
	result->info.ai_family = result->address.any.sa_family;
	result->info.ai_socktype = kind->type;
	result->info.ai_protocol = kind->protocol;
	result->info.ai_addr = &result->address.any;
	return &result->info;
}

static int
make_results(const struct query *query, struct addrinfo **results)
{
	struct addrinfo *first = NULL;
	struct addrinfo **end = &first;

	for (int i = 0; i < query->addresses * query->kinds; i++) {
		*end = new_result(query, &query->address[i / query->kinds],
		    &query->kind[i % query->kinds]);
		if (*end == NULL)
			goto no_memory;
		end = &(*end)->ai_next;
	}
	if ((query->flags & AI_CANONNAME) != 0 && first != NULL) {
		first->ai_canonname = strdup(query->name);
		if (first->ai_canonname == NULL)
			goto no_memory;
	}
	*results = first;
	return 0;
no_memory:
	freeaddrinfo(first);
	return EAI_MEMORY;
}

/* Reads files, so it may block. Returns 0 or an EAI_ code. */
int
getaddrinfo(const char *restrict host, const char *restrict service,
    const struct addrinfo *restrict hints, struct addrinfo **restrict results)
{
	static const struct addrinfo none;
	struct query query;
	int saved = errno;
	int result;

	if (hints == NULL)
		hints = &none;
	if (host == NULL && service == NULL)
		return EAI_NONAME;
	query.flags = hints->ai_flags;
	query.family = hints->ai_family;
	query.kinds = 0;
	query.addresses = 0;
	if ((query.flags & ~FLAGS) != 0 ||
	    ((query.flags & AI_CANONNAME) != 0 && host == NULL))
		return EAI_BADFLAGS;
	if (query.family != AF_UNSPEC && query.family != AF_INET &&
	    query.family != AF_INET6)
		return EAI_FAMILY;
	result =
	    find_kinds(&query, service, hints->ai_socktype, hints->ai_protocol);
	if (result == 0)
		result = find_addresses(&query, host);
	if (result == 0)
		result = make_results(&query, results);
	errno = saved;
	return result;
}

void
freeaddrinfo(struct addrinfo *info)
{
	while (info != NULL) {
		struct addrinfo *next = info->ai_next;

		free(info->ai_canonname);
		free(info);
		info = next;
	}
}
