/* SPDX-License-Identifier: BSD-2-Clause */
/* Byte order: every machine here has the other one than the network. */
#include <arpa/inet.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
    "the network has the most significant byte first");

uint32_t
htonl(uint32_t value)
{
	return __builtin_bswap32(value);
}

uint16_t
htons(uint16_t value)
{
	return __builtin_bswap16(value);
}

uint32_t
ntohl(uint32_t value)
{
	return __builtin_bswap32(value);
}

uint16_t
ntohs(uint16_t value)
{
	return __builtin_bswap16(value);
}
