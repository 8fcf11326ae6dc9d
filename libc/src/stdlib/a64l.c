/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers as base-64 text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char digits[] =
    "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

long
a64l(const char *text)
{
	uint32_t value = 0;
	int shift;

	for (shift = 0; shift < 36 && *text != '\0'; shift += 6) {
		const char *digit = strchr(digits, *text++);

		if (digit == NULL)
			break;
		value |= (uint32_t)(digit - digits) << shift;
	}
	return (int32_t)value;
}

char *
l64a(long number)
{
	static char text[7];
	uint32_t value = (uint32_t)number;
	char *p = text;

	for (; value != 0; value >>= 6)
		*p++ = digits[value & 63];
	*p = '\0';
	return text;
}
