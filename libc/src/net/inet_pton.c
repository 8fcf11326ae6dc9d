/* SPDX-License-Identifier: BSD-2-Clause */
/* Internet addresses from text. */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#define V4_SIZE 4
#define V6_SIZE 16

/* Four decimal numbers; a 0 in front could be meant as octal: no address. */
static bool
parse_v4(const char *text, uint8_t *to)
{
	for (int i = 0; i < V4_SIZE; i++) {
		unsigned value = 0;
		const char *start = text;

		while (isdigit((unsigned char)*text) && value <= 0xff)
			value = value * 10 + (unsigned)(*text++ - '0');
		if (text == start || value > 0xff ||
		    (*start == '0' && text > start + 1))
			return false;
		to[i] = (uint8_t)value;
		if (*text++ != (i < V4_SIZE - 1 ? '.' : '\0'))
			return false;
	}
	return true;
}

static unsigned
digit(char c)
{
	return isdigit((unsigned char)c)
		   ? (unsigned)(c - '0')
		   : (unsigned)(tolower((unsigned char)c) - 'a' + 10);
}

/* One to four hexadecimal digits; null when there are none or more. */
static const char *
parse_group(const char *text, uint8_t *to)
{
	const char *start = text;
	unsigned value = 0;

	while (isxdigit((unsigned char)*text) && text - start < 5)
		value = value << 4 | digit(*text++);
	if (text == start || text - start > 4)
		return NULL;
	to[0] = (uint8_t)(value >> 8);
	to[1] = (uint8_t)value;
	return text;
}

/* Of the groups in bytes, those from gap on belong at the end. */
static bool
spread(uint8_t *bytes, int used, int gap)
{
	if (gap < 0)
		return used == V6_SIZE;
	if (used == V6_SIZE)
		return false;
	memmove(
	    bytes + V6_SIZE - (used - gap), bytes + gap, (size_t)(used - gap));
	memset(bytes + gap, 0, (size_t)(V6_SIZE - used));
	return true;
}

/*
 * A group, or at the end an address of version 4, which go to bytes + *used.
 * Moves *at behind it; false: it is neither.
 */
static bool
parse_part(const char **at, uint8_t *bytes, int *used)
{
	const char *end;

	if (*used == V6_SIZE)
		return false;
	end = parse_group(*at, bytes + *used);
	if (end != NULL && *end == '.' && *used <= V6_SIZE - V4_SIZE) {
		if (!parse_v4(*at, bytes + *used))
			return false;
		*used += V4_SIZE;
		*at += strlen(*at);
		return true;
	}
	if (end == NULL || (*end != ':' && *end != '\0'))
		return false;
	*used += 2;
	*at = end;
	return true;
}

static bool
parse_v6(const char *text, uint8_t *bytes)
{
	int used = 0;
	int gap = -1;

	if (text[0] == ':' && *++text != ':')
		return false;
	do {
		if (*text == ':') {
			if (gap >= 0)
				return false;
			gap = used;
			if (*++text == '\0')
				break;
		}
		if (!parse_part(&text, bytes, &used))
			return false;
		/* A colon is followed by a group or by one more. */
		if (*text == ':' && *++text == '\0')
			return false;
	} while (*text != '\0');
	return spread(bytes, used, gap);
}

/* Returns 1; 0 when the text is no address; -1 with EAFNOSUPPORT. */
int
inet_pton(int family, const char *restrict text, void *restrict to)
{
	uint8_t bytes[V6_SIZE];
	bool valid;

	if (family != AF_INET && family != AF_INET6) {
		errno = EAFNOSUPPORT;
		return -1;
	}
	valid =
	    family == AF_INET ? parse_v4(text, bytes) : parse_v6(text, bytes);
	if (valid)
		memcpy(to, bytes, family == AF_INET ? V4_SIZE : V6_SIZE);
	return valid;
}
