/* SPDX-License-Identifier: BSD-2-Clause */
/* Internet addresses. Numbers in them are in network byte order. */
#ifndef NETINET_IN_H
#define NETINET_IN_H

#include <inttypes.h>
#include <sys/socket.h>

typedef uint16_t in_port_t;
typedef uint32_t in_addr_t;

struct in_addr {
	in_addr_t s_addr;
};

struct sockaddr_in {
	sa_family_t sin_family;
	in_port_t sin_port;
	struct in_addr sin_addr;
	unsigned char sin_zero[8];
};

/* The words are there for the alignment. */
struct in6_addr {
	union {
		uint8_t __bytes[16];
		uint32_t __words[4];
	} __address;
};
#define s6_addr __address.__bytes

struct sockaddr_in6 {
	sa_family_t sin6_family;
	in_port_t sin6_port;
	uint32_t sin6_flowinfo;
	struct in6_addr sin6_addr;
	uint32_t sin6_scope_id;
};

struct ipv6_mreq {
	struct in6_addr ipv6mr_multiaddr;
	unsigned ipv6mr_interface;
};

#define IPPROTO_IP          0
#define IPPROTO_ICMP        1
#define IPPROTO_TCP         6
#define IPPROTO_UDP         17
#define IPPROTO_IPV6        41
#define IPPROTO_ICMPV6      58
#define IPPROTO_RAW         255

#define INADDR_ANY          ((in_addr_t)0x00000000)
#define INADDR_BROADCAST    ((in_addr_t)0xffffffff)
#define INET_ADDRSTRLEN     16
#define INET6_ADDRSTRLEN    46

#define IPV6_UNICAST_HOPS   16
#define IPV6_MULTICAST_IF   17
#define IPV6_MULTICAST_HOPS 18
#define IPV6_MULTICAST_LOOP 19
#define IPV6_JOIN_GROUP     20
#define IPV6_LEAVE_GROUP    21
#define IPV6_V6ONLY         26

#if __MACHR_VISIBLE
#define INADDR_NONE          ((in_addr_t)0xffffffff)
#define INADDR_LOOPBACK      ((in_addr_t)0x7f000001)
#define IPPORT_RESERVED      1024
#define IN_CLASSA(a)         (((in_addr_t)(a)&0x80000000) == 0)
#define IN_CLASSB(a)         (((in_addr_t)(a)&0xc0000000) == 0x80000000)
#define IN_CLASSC(a)         (((in_addr_t)(a)&0xe0000000) == 0xc0000000)
#define IN_MULTICAST(a)      (((in_addr_t)(a)&0xf0000000) == 0xe0000000)
#define IP_TOS               1
#define IP_TTL               2
#define IP_MULTICAST_IF      32
#define IP_MULTICAST_TTL     33
#define IP_MULTICAST_LOOP    34
#define IP_ADD_MEMBERSHIP    35
#define IP_DROP_MEMBERSHIP   36
#define IPV6_ADD_MEMBERSHIP  IPV6_JOIN_GROUP
#define IPV6_DROP_MEMBERSHIP IPV6_LEAVE_GROUP
struct ip_mreq {
	struct in_addr imr_multiaddr;
	struct in_addr imr_interface;
};
#endif

#define IN6ADDR_ANY_INIT                                                       \
	{                                                                      \
		{                                                              \
			{                                                      \
				0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 \
			}                                                      \
		}                                                              \
	}
#define IN6ADDR_LOOPBACK_INIT                                                  \
	{                                                                      \
		{                                                              \
			{                                                      \
				0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 \
			}                                                      \
		}                                                              \
	}

#define __IN6_BYTE(a, n) (((const uint8_t *)(a))[n])
#define __IN6_WORD(a, n) (((const struct in6_addr *)(a))->__address.__words[n])
#define __IN6_ZEROS(a)                                     \
	(__IN6_WORD(a, 0) == 0 && __IN6_WORD(a, 1) == 0 && \
	    __IN6_WORD(a, 2) == 0)
#define __IN6_LAST(a)              __builtin_bswap32(__IN6_WORD(a, 3))

#define IN6_IS_ADDR_UNSPECIFIED(a) (__IN6_ZEROS(a) && __IN6_LAST(a) == 0)
#define IN6_IS_ADDR_LOOPBACK(a)    (__IN6_ZEROS(a) && __IN6_LAST(a) == 1)
#define IN6_IS_ADDR_MULTICAST(a)   (__IN6_BYTE(a, 0) == 0xff)
#define IN6_IS_ADDR_LINKLOCAL(a) \
	(__IN6_BYTE(a, 0) == 0xfe && (__IN6_BYTE(a, 1) & 0xc0) == 0x80)
#define IN6_IS_ADDR_SITELOCAL(a) \
	(__IN6_BYTE(a, 0) == 0xfe && (__IN6_BYTE(a, 1) & 0xc0) == 0xc0)
#define IN6_IS_ADDR_V4MAPPED(a)                            \
	(__IN6_WORD(a, 0) == 0 && __IN6_WORD(a, 1) == 0 && \
	    __builtin_bswap32(__IN6_WORD(a, 2)) == 0xffff)
#define IN6_IS_ADDR_V4COMPAT(a) (__IN6_ZEROS(a) && __IN6_LAST(a) > 1)
#define __IN6_MULTICAST_SCOPE(a, scope) \
	(IN6_IS_ADDR_MULTICAST(a) && (__IN6_BYTE(a, 1) & 0xf) == (scope))
#define IN6_IS_ADDR_MC_NODELOCAL(a) __IN6_MULTICAST_SCOPE(a, 0x1)
#define IN6_IS_ADDR_MC_LINKLOCAL(a) __IN6_MULTICAST_SCOPE(a, 0x2)
#define IN6_IS_ADDR_MC_SITELOCAL(a) __IN6_MULTICAST_SCOPE(a, 0x5)
#define IN6_IS_ADDR_MC_ORGLOCAL(a)  __IN6_MULTICAST_SCOPE(a, 0x8)
#define IN6_IS_ADDR_MC_GLOBAL(a)    __IN6_MULTICAST_SCOPE(a, 0xe)
#if __MACHR_VISIBLE
#define IN6_ARE_ADDR_EQUAL(a, b) \
	(__builtin_memcmp((a), (b), sizeof(struct in6_addr)) == 0)
#endif

__BEGIN_DECLS
extern const struct in6_addr in6addr_any;
extern const struct in6_addr in6addr_loopback;

uint32_t htonl(uint32_t) __attribute__((__const__));
uint16_t htons(uint16_t) __attribute__((__const__));
uint32_t ntohl(uint32_t) __attribute__((__const__));
uint16_t ntohs(uint16_t) __attribute__((__const__));
__END_DECLS

#endif
