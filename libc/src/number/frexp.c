/* SPDX-License-Identifier: BSD-2-Clause */
/* The mathematical functions that need no more than the bits of a double. */
#include <math.h>

#include "floatbits.h"

double
fabs(double value)
{
	return __builtin_fabs(value);
}

double
copysign(double value, double sign)
{
	return __builtin_copysign(value, sign);
}

/* Two doubles multiply exactly as long as the result is normal. */
double
scalbn(double value, int exponent)
{
	const double huge = 0x1p1023;
	const double tiny = 0x1p-969; /* leaves room to round once only */
	int steps;

	for (steps = 0; steps < 2 && exponent > 1023; steps++) {
		value *= huge;
		exponent -= 1023;
	}
	for (steps = 0; steps < 2 && exponent < -1022; steps++) {
		value *= tiny;
		exponent += 969;
	}
	if (exponent > 1023)
		exponent = 1023;
	if (exponent < -1022)
		exponent = -1022;
	return value * __double_join((struct float_parts){
			   .class = FLOAT_FINITE,
			   .mantissa = 1UL << 52,
			   .exponent = exponent - 52,
		       });
}

double
ldexp(double value, int exponent)
{
	return scalbn(value, exponent);
}

double
frexp(double value, int *exponent)
{
	struct float_parts parts = __double_split(value);

	*exponent = 0;
	if (parts.class != FLOAT_FINITE)
		return value;
	while (parts.mantissa >> 52 == 0) {
		parts.mantissa <<= 1;
		parts.exponent--;
	}
	*exponent = parts.exponent + 53;
	parts.exponent = -53;
	return __double_join(parts);
}

double
modf(double value, double *integer)
{
	struct float_parts parts = __double_split(value);
	int fraction_bits = -parts.exponent;

	*integer = value;
	if (parts.class == FLOAT_NAN)
		return value;
	if (parts.class != FLOAT_FINITE || fraction_bits <= 0)
		return __builtin_copysign(0, value);
	if (fraction_bits > 52) {
		*integer = __builtin_copysign(0, value);
		return value;
	}
	parts.mantissa = parts.mantissa >> fraction_bits << fraction_bits;
	*integer = __double_join(parts);
	return __builtin_copysign(value - *integer, value);
}
