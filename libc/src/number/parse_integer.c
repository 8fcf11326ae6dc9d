/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading integers, for strtol() and its family and for scanf(). */
#include <ctype.h>

#include "intparse.h"

static int
digit_value(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 10;
	return 36;
}

/*
 * Look for a prefix: 0x only counts when a digit follows it, else the 0 is
 * the number. Returns the next character not consumed by the prefix.
 */
static int
parse_prefix(
    struct char_source *source, int c, int *base, struct parsed_integer *result)
{
	if (c != '0' || (*base != 0 && *base != 16)) {
		if (*base == 0)
			*base = 10;
		return c;
	}
	result->valid = true;
	c = __source_next(source);
	if (c != 'x' && c != 'X') {
		if (*base == 0)
			*base = 8;
		return c;
	}
	*base = 16;
	c = __source_next(source);
	if (digit_value(c) >= 16) {
		if (c >= 0)
			__source_back(source);
		/* Leave the x: a string can go back two characters. */
		return -2;
	}
	return c;
}

struct parsed_integer
__parse_integer(struct char_source *source, int base)
{
	struct parsed_integer result = {0, false, false, false};
	int c;

	do
		c = __source_next(source);
	while (isspace(c));
	if (c == '-' || c == '+') {
		result.negative = c == '-';
		c = __source_next(source);
	}
	c = parse_prefix(source, c, &base, &result);
	if (c == -2) {
		__source_back(source);
		return result;
	}
	for (; digit_value(c) < base; c = __source_next(source)) {
		unsigned long value;

		if (__builtin_mul_overflow(
			result.magnitude, (unsigned long)base, &value) ||
		    __builtin_add_overflow(value, (unsigned long)digit_value(c),
			&result.magnitude))
			result.overflow = true;
		result.valid = true;
	}
	if (c >= 0)
		__source_back(source);
	return result;
}
