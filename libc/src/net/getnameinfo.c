/* SPDX-License-Identifier: BSD-2-Clause */
/* The name of an address and of a port. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "word_table.h"

#define FLAGS                                                        \
	(NI_NUMERICHOST | NI_NUMERICSERV | NI_NOFQDN | NI_NAMEREQD | \
	    NI_DGRAM | NI_NUMERICSCOPE)
#define TEXT_MAX (INET6_ADDRSTRLEN + sizeof("%4294967295"))

static int
give(const char *text, char *to, socklen_t size)
{
	return strlcpy(to, text, size) < size ? 0 : EAI_OVERFLOW;
}

/* The first host that has the address. EAI_NONAME: none. */
static int
host_name(int family, const void *address, int flags, char *to, socklen_t size)
{
	struct word_table table = {.path = PATH_HOSTS};
	size_t length = family == AF_INET ? sizeof(struct in_addr)
					  : sizeof(struct in6_addr);
	struct in6_addr found;
	int result = EAI_NONAME;

	while (result == EAI_NONAME && __word_table_next(&table)) {
		char *name = table.words[1];

		if (inet_pton(family, table.words[0], &found) != 1 ||
		    memcmp(&found, address, length) != 0)
			continue;
		if ((flags & NI_NOFQDN) != 0)
			name[strcspn(name, ".")] = '\0';
		result = give(name, to, size);
	}
	__word_table_free(&table);
	return result;
}

static int
host_number(
    const struct sockaddr *from, const void *address, char *to, socklen_t size)
{
	const struct sockaddr_in6 *v6 = (const void *)from;
	char text[TEXT_MAX];
	size_t length;

	(void)inet_ntop(from->sa_family, address, text, sizeof(text));
	length = strlen(text);
	if (from->sa_family == AF_INET6 && v6->sin6_scope_id != 0)
		(void)snprintf(text + length, sizeof(text) - length, "%%%u",
		    v6->sin6_scope_id);
	return give(text, to, size);
}

static int
service_name(in_port_t port, int flags, char *to, socklen_t size)
{
	struct word_table table = {.path = PATH_SERVICES};
	const char *protocol = (flags & NI_DGRAM) != 0 ? "udp" : "tcp";
	struct servent entry;
	bool found = false;
	char number[sizeof("65535")];
	int result;

	while ((flags & NI_NUMERICSERV) == 0 && !found &&
	       __word_table_next(&table))
		found = __service_parse(&table, &entry) &&
			entry.s_port == port &&
			strcmp(entry.s_proto, protocol) == 0;
	(void)snprintf(number, sizeof(number), "%d", ntohs(port));
	result = give(found ? entry.s_name : number, to, size);
	__word_table_free(&table);
	return result;
}

/* Null when it is no address of the internet, or too short. */
static const void *
address_in(const struct sockaddr *from, socklen_t size, in_port_t *port)
{
	const struct sockaddr_in *v4 = (const void *)from;
	const struct sockaddr_in6 *v6 = (const void *)from;

	if (from->sa_family == AF_INET && size >= sizeof(*v4)) {
		*port = v4->sin_port;
		return &v4->sin_addr;
	}
	if (from->sa_family == AF_INET6 && size >= sizeof(*v6)) {
		*port = v6->sin6_port;
		return &v6->sin6_addr;
	}
	return NULL;
}

/* Reads files, so it may block. Returns 0 or an EAI_ code. */
int
/* NOLINTNEXTLINE(readability-function-size): POSIX gives it seven. */
getnameinfo(const struct sockaddr *restrict from, socklen_t from_size,
    char *restrict host, socklen_t host_size, char *restrict service,
    socklen_t service_size, int flags)
{
	const void *address;
	in_port_t port;
	int saved = errno;
	int result = 0;

	if ((flags & ~FLAGS) != 0)
		return EAI_BADFLAGS;
	address = address_in(from, from_size, &port);
	if (address == NULL)
		return EAI_FAMILY;
	if (host_size == 0 && service_size == 0)
		return EAI_NONAME;
	if (host != NULL && host_size > 0) {
		result = (flags & NI_NUMERICHOST) != 0
			     ? EAI_NONAME
			     : host_name(from->sa_family, address, flags, host,
				   host_size);
		if (result == EAI_NONAME && (flags & NI_NAMEREQD) == 0)
			result = host_number(from, address, host, host_size);
	}
	if (result == 0 && service != NULL && service_size > 0)
		result = service_name(port, flags, service, service_size);
	errno = saved;
	return result;
}
