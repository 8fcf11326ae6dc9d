/* SPDX-License-Identifier: BSD-2-Clause */
/* Internet addresses to text; those of version 6 as RFC 5952 wants them. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define GROUPS 8

static void
text_of_v4(const uint8_t *bytes, char *to, size_t size)
{
	(void)snprintf(
	    to, size, "%d.%d.%d.%d", bytes[0], bytes[1], bytes[2], bytes[3]);
}

/* The longest run of zeros, the first of several; one alone is none. */
static int
zeros(const unsigned *groups, int *length)
{
	int best = -1;

	*length = 1;
	for (int i = 0; i < GROUPS; i++) {
		int run = 0;

		while (i + run < GROUPS && groups[i + run] == 0)
			run++;
		if (run > *length) {
			best = i;
			*length = run;
		}
	}
	return best;
}

static void
text_of_v6(const uint8_t *bytes, char *to, size_t size)
{
	unsigned groups[GROUPS];
	size_t used = 0;
	int run;
	int length;

	for (size_t i = 0; i < GROUPS; i++)
		groups[i] = (unsigned)bytes[2 * i] << 8 | bytes[2 * i + 1];
	run = zeros(groups, &length);
	for (int i = 0; i < GROUPS; i++) {
		/* An address of version 4 in one of 6 shows as such. */
		if (i == 6 && run == 0 &&
		    (length == 6 || (length == 5 && groups[5] == 0xffff))) {
			to[used++] = ':';
			text_of_v4(bytes + 12, to + used, size - used);
			return;
		}
		if (i == run) {
			used += (size_t)snprintf(to + used, size - used, "%s",
			    i + length == GROUPS ? "::" : ":");
			i += length - 1;
			continue;
		}
		used += (size_t)snprintf(to + used, size - used, "%s%x",
		    i > 0 ? ":" : "", groups[i]);
	}
}

/* Returns to, or null with EAFNOSUPPORT or ENOSPC. */
const char *
inet_ntop(
    int family, const void *restrict address, char *restrict to, socklen_t size)
{
	char text[INET6_ADDRSTRLEN];

	if (family != AF_INET && family != AF_INET6) {
		errno = EAFNOSUPPORT;
		return NULL;
	}
	if (family == AF_INET)
		text_of_v4(address, text, sizeof(text));
	else
		text_of_v6(address, text, sizeof(text));
	if (strlcpy(to, text, size) < size)
		return to;
	errno = ENOSPC;
	return NULL;
}
