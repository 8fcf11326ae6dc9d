/* SPDX-License-Identifier: BSD-2-Clause */
/* long double is the IEEE quadruple format. */
#include <string.h>

#include "floatbits.h"

#define FRACTION_BITS 112
#define HIDDEN        ((unsigned __int128)1 << FRACTION_BITS)

const struct float_format __long_double_format = {113, -16494, 16383};

struct float_parts
__long_double_split(long double value)
{
	struct float_parts parts = {.class = FLOAT_FINITE};
	unsigned __int128 bits;
	int exponent;

	memcpy(&bits, &value, sizeof(bits));
	parts.negative = bits >> 127 != 0;
	parts.mantissa = bits & (HIDDEN - 1);
	exponent = (int)(bits >> FRACTION_BITS) & 0x7fff;
	if (exponent == 0x7fff) {
		parts.class = parts.mantissa != 0 ? FLOAT_NAN : FLOAT_INFINITE;
		return parts;
	}
	if (exponent == 0 && parts.mantissa == 0)
		parts.class = FLOAT_ZERO;
	if (exponent != 0)
		parts.mantissa |= HIDDEN;
	else
		exponent = 1;
	parts.exponent = exponent - 16495;
	return parts;
}

long double
__long_double_join(struct float_parts parts)
{
	unsigned __int128 bits = (unsigned __int128)parts.negative << 127;
	unsigned __int128 greatest = (unsigned __int128)0x7fff << FRACTION_BITS;
	long double value;

	switch (parts.class) {
	case FLOAT_ZERO:
		break;
	case FLOAT_INFINITE:
		bits |= greatest;
		break;
	case FLOAT_NAN:
		bits |= greatest | HIDDEN >> 1;
		break;
	case FLOAT_FINITE:
		bits |= parts.mantissa;
		if (parts.mantissa >= HIDDEN)
			bits += (unsigned __int128)(parts.exponent + 16494)
				<< FRACTION_BITS;
		break;
	}
	memcpy(&value, &bits, sizeof(value));
	return value;
}
