/* SPDX-License-Identifier: BSD-2-Clause */
/* long double is the 80-bit extended format, whose leading bit is explicit. */
#include <string.h>

#include "floatbits.h"

const struct float_format __long_double_format = {64, -16445, 16383};

struct layout {
	uint64_t mantissa;
	uint16_t exponent;
};

struct float_parts
__long_double_split(long double value)
{
	struct float_parts parts = {.class = FLOAT_FINITE};
	struct layout layout;
	int exponent;

	memcpy(&layout, &value, 10);
	parts.negative = layout.exponent >> 15 != 0;
	parts.mantissa = layout.mantissa;
	exponent = layout.exponent & 0x7fff;
	if (exponent == 0x7fff) {
		parts.class =
		    layout.mantissa << 1 != 0 ? FLOAT_NAN : FLOAT_INFINITE;
		return parts;
	}
	if (layout.mantissa == 0)
		parts.class = FLOAT_ZERO;
	if (exponent == 0)
		exponent = 1;
	parts.exponent = exponent - 16446;
	return parts;
}

long double
__long_double_join(struct float_parts parts)
{
	struct layout layout = {0, 0};
	long double value = 0;

	switch (parts.class) {
	case FLOAT_ZERO:
		break;
	case FLOAT_INFINITE:
		layout.exponent = 0x7fff;
		layout.mantissa = 1UL << 63;
		break;
	case FLOAT_NAN:
		layout.exponent = 0x7fff;
		layout.mantissa = 3UL << 62;
		break;
	case FLOAT_FINITE:
		layout.mantissa = (uint64_t)parts.mantissa;
		if (layout.mantissa >> 63 != 0)
			layout.exponent = (uint16_t)(parts.exponent + 16446);
		break;
	}
	if (parts.negative)
		layout.exponent |= 0x8000;
	memcpy(&value, &layout, 10);
	return value;
}
