/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The floating-point conversions of printf(), exact in every digit: the number
 * becomes an exact decimal, is rounded at the wanted place, and written out.
 */
#include <string.h>

#include "decimal.h"
#include "floatbits.h"
#include "format.h"

#define CHUNK 64

static const char *
sign_of(const struct format_spec *spec, bool negative)
{
	if (negative)
		return "-";
	if (spec->flags & FORMAT_SIGN)
		return "+";
	return spec->flags & FORMAT_SPACE ? " " : "";
}

static void
write_digits(
    struct format_sink *sink, const struct decimal *d, int position, long count)
{
	char text[CHUNK];

	while (count > 0) {
		int part = count < CHUNK ? (int)count : CHUNK;

		/* Below the last word there are only zeros. */
		if (position < -DECIMAL_WORDS * DECIMAL_DIGITS) {
			__format_fill(sink, '0', count);
			return;
		}
		__decimal_text(d, position, part, text);
		__format_write(sink, text, (size_t)part);
		position -= part;
		count -= part;
	}
}

/* Padding around `size` characters that the body will write after the sign. */
static void
open_field(struct format_sink *sink, const struct format_spec *spec,
    const char *sign, long size)
{
	long pad = spec->width - size - (long)strlen(sign);

	if (!(spec->flags & (FORMAT_LEFT | FORMAT_ZERO)))
		__format_fill(sink, ' ', pad);
	__format_write(sink, sign, strlen(sign));
	if ((spec->flags & (FORMAT_LEFT | FORMAT_ZERO)) == FORMAT_ZERO)
		__format_fill(sink, '0', pad);
}

static void
close_field(struct format_sink *sink, const struct format_spec *spec,
    const char *sign, long size)
{
	if (spec->flags & FORMAT_LEFT)
		__format_fill(
		    sink, ' ', spec->width - size - (long)strlen(sign));
}

static void
write_fixed(struct format_sink *sink, const struct format_spec *spec,
    const struct decimal *d, const char *sign, long precision)
{
	int top = __decimal_exponent(d);
	bool point = precision > 0 || (spec->flags & FORMAT_ALTERNATE);
	long size;

	if (top < 0)
		top = 0;
	size = top + 1L + point + precision;
	open_field(sink, spec, sign, size);
	write_digits(sink, d, top, top + 1L);
	if (point)
		__format_write(sink, ".", 1);
	write_digits(sink, d, -1, precision);
	close_field(sink, spec, sign, size);
}

/* "e+05": at least two digits; `least` is 1 for the p exponent. */
static size_t
make_exponent(char *text, char letter, int exponent, int least)
{
	char digits[8];
	size_t count = 0;
	size_t size = 0;
	unsigned value = (unsigned)(exponent < 0 ? -exponent : exponent);

	for (; value != 0 || count < (size_t)least; value /= 10)
		digits[count++] = (char)('0' + value % 10);
	text[size++] = letter;
	text[size++] = exponent < 0 ? '-' : '+';
	while (count > 0)
		text[size++] = digits[--count];
	return size;
}

static void
write_exponential(struct format_sink *sink, const struct format_spec *spec,
    const struct decimal *d, const char *sign, long precision)
{
	int top = __decimal_exponent(d);
	bool point = precision > 0 || (spec->flags & FORMAT_ALTERNATE);
	char letter =
	    spec->conversion == 'E' || spec->conversion == 'G' ? 'E' : 'e';
	char exponent[16];
	size_t exponent_size = make_exponent(exponent, letter, top, 2);
	long size = 1L + point + precision + (long)exponent_size;

	open_field(sink, spec, sign, size);
	write_digits(sink, d, top, 1);
	if (point)
		__format_write(sink, ".", 1);
	write_digits(sink, d, top - 1, precision);
	__format_write(sink, exponent, exponent_size);
	close_field(sink, spec, sign, size);
}

/* A position to round at, kept inside of what the decimal can hold. */
static int
round_position(long position)
{
	long lowest = -(long)DECIMAL_WORDS * DECIMAL_DIGITS;

	return (int)(position < lowest ? lowest : position);
}

static void
write_general(struct format_sink *sink, const struct format_spec *spec,
    struct decimal *d, const char *sign, long precision)
{
	int top;
	long least = 0;

	if (precision == 0)
		precision = 1;
	__decimal_round(
	    d, round_position(__decimal_exponent(d) - precision + 1));
	top = __decimal_exponent(d);
	if (!(spec->flags & FORMAT_ALTERNATE)) {
		/* Only as many digits as are not zeros at the end. */
		long shown = precision;

		if (shown > (long)DECIMAL_WORDS * DECIMAL_DIGITS)
			shown = (long)DECIMAL_WORDS * DECIMAL_DIGITS;
		least = shown - 1;
		while (least > 0 &&
		       __decimal_ends_at(d, round_position(top - least + 1)))
			least--;
	} else {
		least = precision - 1;
	}
	if (top < -4 || top >= precision) {
		write_exponential(sink, spec, d, sign, least);
		return;
	}
	write_fixed(sink, spec, d, sign, least > top ? least - top : 0);
}

static void
write_word(struct format_sink *sink, const struct format_spec *spec,
    const char *sign, bool infinite)
{
	struct format_spec local = *spec;
	bool upper = spec->conversion < 'a';
	const char *word;

	local.flags &= ~(unsigned)FORMAT_ZERO;
	if (infinite)
		word = upper ? "INF" : "inf";
	else
		word = upper ? "NAN" : "nan";
	__format_number(sink, &local, sign, 0, word, 3);
}

/* Shift so that the first digit is one hexadecimal digit, then round. */
static void
round_hex(struct float_parts *parts, int *digits, long precision)
{
	int bits = 0;
	int drop;

	while (parts->mantissa >> bits > 1)
		bits++;
	/* Align: the leading 1 stands alone in front of whole digits. */
	if (bits % 4 != 0) {
		parts->mantissa <<= 4 - bits % 4;
		parts->exponent -= 4 - bits % 4;
		bits += 4 - bits % 4;
	}
	*digits = bits / 4;
	if (precision < 0) {
		while (*digits > 0 && (parts->mantissa & 15) == 0) {
			parts->mantissa >>= 4;
			parts->exponent += 4;
			(*digits)--;
		}
		return;
	}
	if (precision < *digits) {
		uint128_t half;
		uint128_t rest;

		drop = (*digits - (int)precision) * 4;
		half = (uint128_t)1 << (drop - 1);
		rest = parts->mantissa & ((half << 1) - 1);
		parts->mantissa >>= drop;
		parts->exponent += drop;
		*digits = (int)precision;
		if (rest > half || (rest == half && (parts->mantissa & 1) != 0))
			parts->mantissa++;
	}
}

static void
write_hex(struct format_sink *sink, const struct format_spec *spec,
    struct float_parts parts, const char *sign)
{
	const char *letters =
	    spec->conversion == 'A' ? "0123456789ABCDEF" : "0123456789abcdef";
	char prefix[4] = "";
	char text[CHUNK];
	char exponent[16];
	size_t exponent_size;
	size_t size = 0;
	int digits = 0;
	long zeros = 0;
	long total;
	int i;

	if (parts.class != FLOAT_ZERO)
		round_hex(&parts, &digits, spec->precision);
	else
		parts.exponent = 0;
	strlcpy(prefix, sign, sizeof(prefix));
	strlcat(prefix, spec->conversion == 'A' ? "0X" : "0x", sizeof(prefix));
	text[size++] = letters[(parts.mantissa >> (4 * digits)) & 15];
	if (spec->precision > digits)
		zeros = spec->precision - digits;
	if (digits > 0 || zeros > 0 || (spec->flags & FORMAT_ALTERNATE))
		text[size++] = '.';
	for (i = digits - 1; i >= 0; i--)
		text[size++] = letters[(parts.mantissa >> (4 * i)) & 15];
	exponent_size =
	    make_exponent(exponent, spec->conversion == 'A' ? 'P' : 'p',
		parts.class == FLOAT_ZERO ? 0 : parts.exponent + 4 * digits, 1);
	total = (long)(size + exponent_size) + zeros;
	open_field(sink, spec, prefix, total);
	__format_write(sink, text, size);
	__format_fill(sink, '0', zeros);
	__format_write(sink, exponent, exponent_size);
	close_field(sink, spec, prefix, total);
}

static void
write_parts(struct format_sink *sink, const struct format_spec *spec,
    struct float_parts parts)
{
	const char *sign = sign_of(spec, parts.negative);
	long precision = spec->precision >= 0 ? spec->precision : 6;
	struct decimal d;

	if (parts.class == FLOAT_INFINITE || parts.class == FLOAT_NAN) {
		write_word(sink, spec, sign, parts.class == FLOAT_INFINITE);
		return;
	}
	if ((spec->conversion | 0x20) == 'a') {
		write_hex(sink, spec, parts, sign);
		return;
	}
	__decimal_set(&d, parts.class == FLOAT_ZERO ? 0 : parts.mantissa);
	__decimal_scale(&d, parts.exponent);
	switch (spec->conversion | 0x20) {
	case 'f':
		__decimal_round(&d, round_position(-precision));
		write_fixed(sink, spec, &d, sign, precision);
		break;
	case 'e':
		__decimal_round(
		    &d, round_position(__decimal_exponent(&d) - precision));
		write_exponential(sink, spec, &d, sign, precision);
		break;
	default:
		write_general(sink, spec, &d, sign, precision);
		break;
	}
}

void
__format_float(
    struct format_sink *sink, const struct format_spec *spec, long double value)
{
	write_parts(sink, spec, __long_double_split(value));
}

void
__format_double(
    struct format_sink *sink, const struct format_spec *spec, double value)
{
	write_parts(sink, spec, __double_split(value));
}
