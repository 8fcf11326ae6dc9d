/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Internet addresses in the old notation: one to four numbers, each decimal,
 * octal or hexadecimal as in C, of which the last fills what is left.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define PARTS 4

/* The number at *at, which is moved behind it. */
static bool
part(const char **at, unsigned long *value)
{
	char *end;

	if (!isdigit((unsigned char)**at))
		return false;
	*value = strtoul(*at, &end, 0);
	/* 0x alone is a 0 and an x. */
	if (*end == 'x' || *end == 'X')
		return false;
	*at = end;
	return *value <= 0xffffffff;
}

/* Returns 1, or 0 when the text is no address. What follows a space is not
 * looked at. */
int
inet_aton(const char *text, struct in_addr *to)
{
	unsigned long parts[PARTS];
	in_addr_t address = 0;
	int count = 0;

	for (;;) {
		if (count == PARTS || !part(&text, &parts[count++]))
			return 0;
		if (*text != '.')
			break;
		text++;
	}
	if (*text != '\0' && !isspace((unsigned char)*text))
		return 0;
	for (int i = 0; i < count - 1; i++) {
		if (parts[i] > 0xff)
			return 0;
		address |= (in_addr_t)parts[i] << (24 - 8 * i);
	}
	if (parts[count - 1] > 0xffffffff >> (8 * (count - 1)))
		return 0;
	to->s_addr = htonl(address | (in_addr_t)parts[count - 1]);
	return 1;
}

in_addr_t
inet_addr(const char *text)
{
	struct in_addr address;

	return inet_aton(text, &address) ? address.s_addr : INADDR_NONE;
}

char *
inet_ntoa(struct in_addr address)
{
	static char text[INET_ADDRSTRLEN];

	(void)inet_ntop(AF_INET, &address, text, sizeof(text));
	return text;
}
