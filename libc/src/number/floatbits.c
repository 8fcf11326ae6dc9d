/* SPDX-License-Identifier: BSD-2-Clause */
/* Taking double and float apart and putting them together. */
#include "floatbits.h"

#include <string.h>

const struct float_format __float_format = {24, -149, 127};
const struct float_format __double_format = {53, -1074, 1023};

struct float_parts
__double_split(double value)
{
	struct float_parts parts = {.class = FLOAT_FINITE};
	uint64_t bits;
	int exponent;

	memcpy(&bits, &value, sizeof(bits));
	parts.negative = bits >> 63 != 0;
	parts.mantissa = bits & 0xfffffffffffffUL;
	exponent = (int)(bits >> 52) & 0x7ff;
	if (exponent == 0x7ff) {
		parts.class = parts.mantissa != 0 ? FLOAT_NAN : FLOAT_INFINITE;
		return parts;
	}
	if (exponent == 0 && parts.mantissa == 0) {
		parts.class = FLOAT_ZERO;
		return parts;
	}
	if (exponent != 0)
		parts.mantissa |= 1UL << 52;
	else
		exponent = 1;
	parts.exponent = exponent - 1075;
	return parts;
}

/* The fields common to formats whose leading bit is hidden. */
static uint64_t
join_bits(struct float_parts parts, int fraction_bits, int exponent_bits)
{
	uint64_t greatest = (1UL << exponent_bits) - 1;
	uint64_t bits = (uint64_t)parts.negative
			<< (fraction_bits + exponent_bits);
	uint64_t mantissa = (uint64_t)parts.mantissa;
	int bias = (int)(greatest >> 1) - 1 + fraction_bits;

	switch (parts.class) {
	case FLOAT_ZERO:
		return bits;
	case FLOAT_INFINITE:
		return bits | greatest << fraction_bits;
	case FLOAT_NAN:
		return bits | greatest << fraction_bits |
		       1UL << (fraction_bits - 1);
	case FLOAT_FINITE:
		break;
	}
	if (mantissa >> fraction_bits == 0)
		return bits | mantissa;
	return bits + mantissa +
	       ((uint64_t)(parts.exponent + bias) << fraction_bits);
}

double
__double_join(struct float_parts parts)
{
	uint64_t bits = join_bits(parts, 52, 11);
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

float
__float_join(struct float_parts parts)
{
	uint32_t bits = (uint32_t)join_bits(parts, 23, 8);
	float value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}
