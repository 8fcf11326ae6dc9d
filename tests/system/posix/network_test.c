/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hosts, services and protocols by name, and what a system without a network
 * says.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <libtest/test.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

static void
test_services(void)
{
	struct servent *entry = getservbyname("ssh", "tcp");

	ok(entry != NULL && strcmp(entry->s_name, "ssh") == 0 &&
		strcmp(entry->s_proto, "tcp") == 0 &&
		ntohs((in_port_t)entry->s_port) == 22,
	    "getservbyname");
	ok(getservbyname("ssh", "udp") == NULL, "not by this protocol");
	entry = getservbyname("mail", NULL);
	ok(entry != NULL && strcmp(entry->s_name, "smtp") == 0,
	    "by its other name, any protocol");
	entry = getservbyport(htons(123), "udp");
	ok(entry != NULL && strcmp(entry->s_name, "ntp") == 0, "getservbyport");
	ok(getservbyport(htons(4), NULL) == NULL, "there is none");
	setservent(1);
	entry = getservent();
	ok(entry != NULL && strcmp(entry->s_name, "echo") == 0, "the first");
	entry = getservent();
	ok(entry != NULL && strcmp(entry->s_name, "echo") == 0 &&
		strcmp(entry->s_proto, "udp") == 0,
	    "the second");
	endservent();
}

static void
test_protocols(void)
{
	struct protoent *entry = getprotobyname("tcp");
	int count = 0;

	ok(entry != NULL && entry->p_proto == IPPROTO_TCP, "getprotobyname");
	entry = getprotobynumber(IPPROTO_UDP);
	ok(entry != NULL && strcmp(entry->p_name, "udp") == 0 &&
		entry->p_aliases[0] != NULL &&
		strcmp(entry->p_aliases[0], "UDP") == 0,
	    "getprotobynumber");
	setprotoent(0);
	while (getprotoent() != NULL)
		count++;
	endprotoent();
	ok(count >= 4, "getprotoent");
	ok(getnetbyname("nowhere") == NULL, "a network which there is not");
}

static void
test_hosts(void)
{
	struct addrinfo hints = {
	    .ai_flags = AI_CANONNAME, .ai_socktype = SOCK_STREAM};
	struct addrinfo *list = NULL;
	struct sockaddr_in *v4;
	char host[64];
	char service[32];

	hints.ai_family = AF_INET;
	is_int(getaddrinfo("LocalHost", "ssh", &hints, &list), 0, "localhost");
	v4 = (void *)list->ai_addr;
	is_int(ntohl(v4->sin_addr.s_addr), INADDR_LOOPBACK, "its address");
	is_int(ntohs(v4->sin_port), 22, "its port");
	is_str(list->ai_canonname, "localhost", "its name");
	is_int(getnameinfo(list->ai_addr, list->ai_addrlen, host, sizeof(host),
		   service, sizeof(service), NI_NAMEREQD),
	    0, "and back");
	is_str(host, "localhost", "the host");
	is_str(service, "ssh", "the service");
	freeaddrinfo(list);
	is_int(getaddrinfo("nowhere.invalid", "ssh", &hints, &list), EAI_NONAME,
	    "a host which there is not");
	hints.ai_flags = AI_ADDRCONFIG;
	is_int(getaddrinfo("127.0.0.1", "ssh", &hints, &list), EAI_NONAME,
	    "nor are addresses configured");
}

static void
test_sockets(void)
{
	ok(socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EAFNOSUPPORT,
	    "no sockets of version 4");
	ok(socket(AF_INET6, SOCK_DGRAM, 0) < 0 && errno == EAFNOSUPPORT,
	    "no sockets of version 6");
}

int
main(void)
{
	test_services();
	test_protocols();
	test_hosts();
	test_sockets();
	return test_done();
}
