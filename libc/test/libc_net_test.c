/* SPDX-License-Identifier: BSD-2-Clause */
/* Internet addresses as text, against the host's, and looking up numbers. */
#include <arpa/inet.h>
#include <errno.h>
#include <libtest/test.h>
#include <net/if.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int host_inet_pton(int, const char *, void *) __asm__("inet_pton");
const char *host_inet_ntop(int, const void *, char *, socklen_t) __asm__(
    "inet_ntop");
int host_inet_aton(const char *, struct in_addr *) __asm__("inet_aton");

static unsigned seed = 1;

static unsigned
next(unsigned limit)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 8) % limit;
}

static void
test_order(void)
{
	static const unsigned char bytes[] = {1, 2, 3, 4};
	uint32_t word;
	uint16_t half;

	memcpy(&word, bytes, sizeof(word));
	memcpy(&half, bytes, sizeof(half));
	is_int(ntohl(word), 0x01020304, "ntohl");
	is_int(ntohs(half), 0x0102, "ntohs");
	is_int(htonl(0x01020304), word, "htonl");
	is_int(htons(0x0102), half, "htons");
}

/* Text of what addresses are made of, often nearly one. */
static void
make_text(char *to, size_t size, const char *alphabet)
{
	size_t length = next((unsigned)size);

	for (size_t i = 0; i < length; i++)
		to[i] = alphabet[next((unsigned)strlen(alphabet))];
	to[length] = '\0';
}

/* As the host's for one text; prints the text when it is not. */
static bool
same_pton(int family, const char *text)
{
	unsigned char ours[16] = {0};
	unsigned char hosts[16] = {0};
	int result = inet_pton(family, text, ours);

	if (result == host_inet_pton(family, text, hosts) &&
	    (result == 0 || memcmp(ours, hosts, sizeof(ours)) == 0))
		return true;
	printf("# %s: %d\n", text, result);
	return false;
}

static void
test_pton(void)
{
	static const char *const texts[] = {"", "0.0.0.0", "255.255.255.255",
	    "256.1.1.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4 ", "1..2.3",
	    ".1.2.3", "1.2.3.", "::", "::1", "1::", ":", ":::", "1:", ":1",
	    "1::2::3", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
	    "::1:2:3:4:5:6:7", "::1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::",
	    "1:2:3:4:5:6:7:8::", "12345::", "fffff::", "FFFF::Abcd",
	    "::ffff:1.2.3.4", "::1.2.3.4", "1::1.2.3.4.5",
	    "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:1.2.3.4",
	    "::1.2.3", "::1.2.3.400", "g::", "1.2.3.4::"};
	char text[48];
	bool same = true;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		same &= same_pton(AF_INET, texts[i]);
		same &= same_pton(AF_INET6, texts[i]);
	}
	ok(same, "inet_pton, chosen texts");
	same = true;
	for (int i = 0; i < 200000; i++) {
		make_text(text, 16, "0123.....2");
		same &= same_pton(AF_INET, text);
		make_text(text, 30, "01af::::::.");
		same &= same_pton(AF_INET6, text);
		make_text(text, sizeof(text), "1:::::::::a");
		same &= same_pton(AF_INET6, text);
	}
	ok(same, "inet_pton, any texts");
	is_int(inet_pton(AF_UNIX, "1.2.3.4", text), -1, "inet_pton: a family");
	is_int(errno, EAFNOSUPPORT, "which there is not");
}

static void
test_ntop(void)
{
	bool same = true;
	char ours[64];
	char hosts[64];
	unsigned char bytes[16];

	for (int i = 0; i < 100000; i++) {
		for (size_t k = 0; k < sizeof(bytes); k += 2) {
			unsigned pick = next(4);

			bytes[k] = (unsigned char)(pick > 1 ? next(256) : 0);
			bytes[k + 1] =
			    (unsigned char)(pick > 0 ? next(256) : 0);
			if (i % 2 == 0 && next(8) != 0)
				bytes[k] = bytes[k + 1] = 0;
			if (i % 4 == 0 && k == 10)
				bytes[k] = bytes[k + 1] = 0xff;
		}
		same &= inet_ntop(AF_INET6, bytes, ours, sizeof(ours)) == ours;
		host_inet_ntop(AF_INET6, bytes, hosts, sizeof(hosts));
		same &= strcmp(ours, hosts) == 0;
		inet_ntop(AF_INET, bytes, ours, sizeof(ours));
		host_inet_ntop(AF_INET, bytes, hosts, sizeof(hosts));
		same &= strcmp(ours, hosts) == 0;
	}
	ok(same, "inet_ntop");
	memset(bytes, 255, sizeof(bytes));
	ok(inet_ntop(AF_INET, bytes, ours, INET_ADDRSTRLEN - 1) == NULL &&
		errno == ENOSPC,
	    "no room");
	ok(inet_ntop(AF_INET, bytes, ours, INET_ADDRSTRLEN) == ours,
	    "just room");
	ok(inet_ntop(AF_UNIX, bytes, ours, sizeof(ours)) == NULL &&
		errno == EAFNOSUPPORT,
	    "inet_ntop: a family which there is not");
}

static void
test_aton(void)
{
	static const char *const texts[] = {"1.2.3.4", "1", "1.2", "1.2.3",
	    "0x7f.1", "0177.0.0.01", "1.2.65535", "1.2.65536", "1.16777215",
	    "1.16777216", "4294967295", "4294967296", "256.1", "08", "0x", "1.",
	    "1.2.3.4.", "1.2.3.4.5", "1.2.3.4 x", "1.2.3.4x", " 1.2.3.4", "-1",
	    "+1", "1.-2", ""};
	bool same = true;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct in_addr ours = {0};
		struct in_addr hosts = {0};
		int result = inet_aton(texts[i], &ours);

		if (result == host_inet_aton(texts[i], &hosts) &&
		    (result == 0 || ours.s_addr == hosts.s_addr))
			continue;
		printf("# %s: %d %x\n", texts[i], result, ours.s_addr);
		same = false;
	}
	ok(same, "inet_aton");
	is_int(inet_addr("127.0.0.1"), htonl(INADDR_LOOPBACK), "inet_addr");
	is_int(inet_addr("x"), (in_addr_t)-1, "of what is none");
	is_str(inet_ntoa((struct in_addr){htonl(INADDR_LOOPBACK)}), "127.0.0.1",
	    "inet_ntoa");
}

static struct in6_addr
v6(const char *text)
{
	struct in6_addr address = {0};

	(void)inet_pton(AF_INET6, text, &address);
	return address;
}

static void
test_kinds(void)
{
	struct in6_addr link = v6("fe80::1");
	struct in6_addr site = v6("fec0::1");
	struct in6_addr mapped = v6("::ffff:1.2.3.4");
	struct in6_addr compatible = v6("::1.2.3.4");
	struct in6_addr group = v6("ff02::1");
	struct in6_addr global = v6("ff0e::1");

	ok(IN6_IS_ADDR_UNSPECIFIED(&in6addr_any) &&
		!IN6_IS_ADDR_UNSPECIFIED(&in6addr_loopback),
	    "unspecified");
	ok(IN6_IS_ADDR_LOOPBACK(&in6addr_loopback) &&
		!IN6_IS_ADDR_LOOPBACK(&in6addr_any),
	    "loopback");
	ok(IN6_IS_ADDR_LINKLOCAL(&link) && !IN6_IS_ADDR_LINKLOCAL(&site),
	    "link-local");
	ok(IN6_IS_ADDR_SITELOCAL(&site) && !IN6_IS_ADDR_SITELOCAL(&link),
	    "site-local");
	ok(IN6_IS_ADDR_V4MAPPED(&mapped) && !IN6_IS_ADDR_V4MAPPED(&compatible),
	    "mapped");
	ok(IN6_IS_ADDR_V4COMPAT(&compatible) &&
		!IN6_IS_ADDR_V4COMPAT(&mapped) &&
		!IN6_IS_ADDR_V4COMPAT(&in6addr_loopback),
	    "compatible");
	ok(IN6_IS_ADDR_MULTICAST(&group) && IN6_IS_ADDR_MC_LINKLOCAL(&group) &&
		!IN6_IS_ADDR_MC_GLOBAL(&group) &&
		IN6_IS_ADDR_MC_GLOBAL(&global) &&
		!IN6_IS_ADDR_MC_LINKLOCAL(&link),
	    "multicast");
}

/* What an address is asked for with; "" stands for null. */
static int
look(const char *host, const char *service, const struct addrinfo *hints,
    char *to, size_t size)
{
	struct addrinfo *list = NULL;
	size_t used = 0;
	int result = getaddrinfo(*host != '\0' ? host : NULL,
	    *service != '\0' ? service : NULL, hints, &list);

	to[0] = '\0';
	for (struct addrinfo *at = list; at != NULL; at = at->ai_next) {
		char name[INET6_ADDRSTRLEN + 16];
		char port[8];

		if (getnameinfo(at->ai_addr, at->ai_addrlen, name, sizeof(name),
			port, sizeof(port),
			NI_NUMERICHOST | NI_NUMERICSERV) != 0)
			return -1000;
		used += (size_t)snprintf(to + used, size - used,
		    "%s%s/%s,%d,%d", used > 0 ? " " : "", name, port,
		    at->ai_socktype, at->ai_protocol);
	}
	freeaddrinfo(list);
	return result;
}

static void
test_lookup(void)
{
	struct addrinfo stream = {.ai_socktype = SOCK_STREAM};
	struct addrinfo hints = stream;
	char text[512];

	is_int(look("127.1", "80", &stream, text, sizeof(text)), 0, "a number");
	is_str(text, "127.0.0.1/80,1,6", "its address and port");
	is_int(look("::1", "", NULL, text, sizeof(text)), 0, "no hints");
	is_str(text, "::1/0,1,6 ::1/0,2,17 ::1/0,3,0", "all kinds of socket");
	is_int(look("fe80::1%7", "1", &stream, text, sizeof(text)), 0, "scope");
	is_str(text, "fe80::1%7/1,1,6", "is kept");
	is_int(look("", "80", &stream, text, sizeof(text)), 0, "no host");
	is_str(text, "127.0.0.1/80,1,6 ::1/80,1,6", "is this one");
	hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
	hints.ai_family = AF_INET6;
	is_int(look("", "80", &hints, text, sizeof(text)), 0, "passive");
	is_str(text, "::/80,1,6", "is any");
	hints.ai_flags = AI_V4MAPPED;
	is_int(look("1.2.3.4", "80", &hints, text, sizeof(text)), 0, "mapped");
	is_str(text, "::ffff:1.2.3.4/80,1,6", "to version 6");
	hints.ai_flags = 0;
	is_int(look("1.2.3.4", "80", &hints, text, sizeof(text)), EAI_NONAME,
	    "the other family");
	is_int(look("", "", NULL, text, sizeof(text)), EAI_NONAME, "nothing");
	hints.ai_flags = AI_NUMERICHOST;
	is_int(look("a", "80", &hints, text, sizeof(text)), EAI_NONAME,
	    "AI_NUMERICHOST");
	hints.ai_flags = AI_NUMERICSERV;
	is_int(look("::1", "a", &hints, text, sizeof(text)), EAI_NONAME,
	    "AI_NUMERICSERV");
	is_int(look("::1", "no such", &stream, text, sizeof(text)), EAI_SERVICE,
	    "a service which there is not");
	is_int(look("::1", "65536", &stream, text, sizeof(text)), EAI_SERVICE,
	    "a port which there is not");
	hints.ai_flags = 0x10000;
	is_int(look("::1", "1", &hints, text, sizeof(text)), EAI_BADFLAGS,
	    "flags");
	hints.ai_flags = 0;
	hints.ai_family = AF_UNIX;
	is_int(
	    look("::1", "1", &hints, text, sizeof(text)), EAI_FAMILY, "family");
	hints.ai_family = AF_INET;
	hints.ai_socktype = 77;
	is_int(look("::1", "1", &hints, text, sizeof(text)), EAI_SOCKTYPE,
	    "type of socket");
	hints.ai_socktype = SOCK_DGRAM;
	hints.ai_protocol = IPPROTO_TCP;
	is_int(look("::1", "1", &hints, text, sizeof(text)), EAI_SOCKTYPE,
	    "type and protocol do not go together");
}

static void
test_names(void)
{
	struct addrinfo hints = {
	    .ai_flags = AI_CANONNAME, .ai_socktype = SOCK_STREAM};
	struct addrinfo *list = NULL;
	struct sockaddr_in from = {.sin_family = AF_INET};
	const struct sockaddr *any = (const void *)&from;
	char host[64];
	char service[64];

	is_int(getaddrinfo("9.8.7.6", NULL, &hints, &list), 0, "AI_CANONNAME");
	is_str(list->ai_canonname, "9.8.7.6", "what was asked for");
	is_int(getnameinfo(list->ai_addr, list->ai_addrlen, host, 7, NULL, 0,
		   NI_NUMERICHOST),
	    EAI_OVERFLOW, "no room for the host");
	is_int(getnameinfo(list->ai_addr, list->ai_addrlen, host, sizeof(host),
		   NULL, 0, NI_NAMEREQD),
	    EAI_NONAME, "a name is required");
	freeaddrinfo(list);
	is_int(getaddrinfo(NULL, "1", &hints, &list), EAI_BADFLAGS,
	    "no name to be canonical");
	from.sin_port = htons(9);
	is_int(
	    getnameinfo(any, sizeof(from), NULL, 0, service, 1, NI_NUMERICSERV),
	    EAI_OVERFLOW, "no room for the service");
	is_int(getnameinfo(any, sizeof(from), NULL, 0, NULL, 0, 0), EAI_NONAME,
	    "asked for nothing");
	is_int(
	    getnameinfo(any, sizeof(from) - 1, host, sizeof(host), NULL, 0, 0),
	    EAI_FAMILY, "too short an address");
	is_int(
	    getnameinfo(any, sizeof(from), host, sizeof(host), NULL, 0, 0x4000),
	    EAI_BADFLAGS, "flags which there are not");
	ok(strcmp(gai_strerror(EAI_NONAME), gai_strerror(EAI_FAMILY)) != 0,
	    "gai_strerror");
}

static void
test_interfaces(void)
{
	struct if_nameindex *list = if_nameindex();
	char name[IF_NAMESIZE];

	ok(list != NULL && list->if_index == 0 && list->if_name == NULL,
	    "no interfaces");
	if_freenameindex(list);
	is_int(if_nametoindex("lo"), 0, "none is called so");
	ok(if_indextoname(1, name) == NULL && errno == ENXIO, "nor is the 1st");
}

int
main(void)
{
	test_order();
	test_pton();
	test_ntop();
	test_aton();
	test_kinds();
	test_lookup();
	test_names();
	test_interfaces();
	return test_done();
}
