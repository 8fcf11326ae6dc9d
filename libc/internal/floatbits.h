/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A floating-point number taken apart: sign, class, and an integer mantissa
 * times a power of two. What long double looks like is in arch/
 * longdouble.c.
 */
#ifndef INTERNAL_FLOATBITS_H
#define INTERNAL_FLOATBITS_H

#include <stdbool.h>
#include <stdint.h>

enum float_class { FLOAT_ZERO, FLOAT_FINITE, FLOAT_INFINITE, FLOAT_NAN };

struct float_parts {
	enum float_class class;
	bool negative;
	int exponent; /* of the mantissa's lowest bit */
	unsigned __int128 mantissa;
};

/* A binary format: bits of precision, exponent of the lowest subnormal bit. */
struct float_format {
	int precision;
	int lowest;
	int highest; /* greatest exponent of a first bit */
};

extern const struct float_format __float_format;
extern const struct float_format __double_format;
extern const struct float_format __long_double_format;

struct float_parts __long_double_split(long double value);
struct float_parts __double_split(double value);

/* The mantissa must fit the format; the class decides what else is looked at.
 */
long double __long_double_join(struct float_parts parts);
double __double_join(struct float_parts parts);
float __float_join(struct float_parts parts);

#endif
