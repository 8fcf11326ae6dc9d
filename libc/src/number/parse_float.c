/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading floating-point numbers, exactly: the digits become an exact decimal,
 * which is scaled by powers of two until its integer part holds the mantissa
 * and a few bits more, and then rounded once, to even.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "decimal.h"
#include "intparse.h"

/* No long double needs more significant digits to be told from a tie. */
#define SIGNIFICANT  11600
#define EXPONENT_CAP 100000

struct number {
	struct decimal decimal;
	int digits;    /* significant digits stored */
	long exponent; /* power of ten (hexadecimal: two) of the last one */
	uint128_t mantissa; /* hexadecimal */
	bool any;           /* saw a digit */
	bool sticky;
	bool after_point;
};

static int
bit_length(uint128_t value)
{
	uint64_t high = (uint64_t)(value >> 64);
	uint64_t low = (uint64_t)value;

	if (high != 0)
		return 128 - __builtin_clzl(high);
	return low != 0 ? 64 - __builtin_clzl(low) : 0;
}

/* Round mantissa * 2^exponent (and a non-zero tail if `sticky`) into a format.
 */
static int
round_to_format(uint128_t mantissa, long exponent, bool sticky,
    const struct float_format *format, struct float_parts *result)
{
	long drop;
	uint128_t half;
	uint128_t rest;
	int inexact;

	drop = bit_length(mantissa) - format->precision;
	if (exponent + drop < format->lowest)
		drop = format->lowest - exponent;
	if (drop > 127)
		drop = 127;
	if (drop > 0) {
		half = (uint128_t)1 << (drop - 1);
		rest = mantissa & ((half << 1) - 1);
		mantissa >>= drop;
		exponent += drop;
		inexact = rest != 0 || sticky;
		if (rest > half || (rest == half && (sticky || (mantissa & 1))))
			mantissa++;
	} else {
		mantissa <<= -drop;
		exponent += drop;
		inexact = sticky;
	}
	if (mantissa >> format->precision != 0) {
		mantissa >>= 1;
		exponent++;
	}
	result->class = FLOAT_FINITE;
	result->mantissa = mantissa;
	result->exponent = (int)exponent;
	if (exponent + format->precision - 1 > format->highest) {
		result->class = FLOAT_INFINITE;
		return ERANGE;
	}
	if (mantissa == 0)
		result->class = FLOAT_ZERO;
	if (mantissa >> (format->precision - 1) == 0 && inexact)
		return ERANGE;
	return 0;
}

/* Scale until the integer part has two bits more than the precision. */
static int
decimal_to_binary(struct decimal *d, const struct float_format *format,
    struct float_parts *result)
{
	long exponent = 0;
	int missing;

	while (d->first < DECIMAL_POINT - 4) {
		__decimal_scale(d, -29);
		exponent += 29;
	}
	for (;;) {
		int bits = bit_length(__decimal_integer(d));

		missing = format->precision + 2 - bits;
		if (missing <= 0)
			break;
		if (missing > 29)
			missing = 29;
		__decimal_scale(d, missing);
		exponent -= missing;
	}
	return round_to_format(__decimal_integer(d), exponent,
	    __decimal_has_fraction(d), format, result);
}

/* Append a decimal digit at the right end, nine to a word. */
static void
add_digit(struct number *n, int digit)
{
	struct decimal *d = &n->decimal;

	if (n->digits == 0 && digit == 0) {
		n->exponent -= n->after_point;
		return;
	}
	if (n->digits >= SIGNIFICANT) {
		n->sticky |= digit != 0;
		n->exponent += !n->after_point;
		return;
	}
	if (n->digits % DECIMAL_DIGITS == 0)
		d->word[d->last++] = 0;
	d->word[d->last - 1] = d->word[d->last - 1] * 10 + (uint32_t)digit;
	n->digits++;
	n->exponent -= n->after_point;
}

static void
add_hex_digit(struct number *n, int digit)
{
	if (n->mantissa >> 124 != 0) {
		n->sticky |= digit != 0;
		n->exponent += n->after_point ? 0 : 4;
		return;
	}
	n->mantissa = n->mantissa << 4 | (unsigned)digit;
	n->exponent -= n->after_point ? 4 : 0;
}

static int
hex_value(int c)
{
	return isdigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}

static int
parse_digits(struct char_source *source, int c, struct number *n, bool hex)
{
	for (;; c = __source_next(source)) {
		if (c == '.' && !n->after_point) {
			n->after_point = true;
			continue;
		}
		if (hex ? !isxdigit(c) : !isdigit(c))
			return c;
		n->any = true;
		if (hex)
			add_hex_digit(n, hex_value(c));
		else
			add_digit(n, c - '0');
	}
}

/*
 * Read what follows the exponent letter `c`. Without a digit the letter, and
 * a sign, go back.
 */
static long
parse_exponent(struct char_source *source, int c, int letter)
{
	bool negative = false;
	bool sign = false;
	long value = 0;

	if (c < 0 || (c | 0x20) != letter) {
		if (c >= 0)
			__source_back(source);
		return 0;
	}
	c = __source_next(source);
	if (c == '-' || c == '+') {
		sign = true;
		negative = c == '-';
		c = __source_next(source);
	}
	if (!isdigit(c)) {
		if (c >= 0)
			__source_back(source);
		if (sign)
			__source_back(source);
		__source_back(source);
		return 0;
	}
	for (; isdigit(c); c = __source_next(source))
		if (value < EXPONENT_CAP)
			value = value * 10 + (c - '0');
	if (c >= 0)
		__source_back(source);
	return negative ? -value : value;
}

/*
 * Move the digits so that the point is where it belongs: pad at the right to
 * whole words of nine, counted from the point.
 */
static void
place_point(struct number *n)
{
	struct decimal *d = &n->decimal;
	long tail = n->exponent;
	int pad =
	    (DECIMAL_DIGITS - n->digits % DECIMAL_DIGITS) % DECIMAL_DIGITS;
	int count = d->last;
	long shift;
	int move;
	uint64_t scale = 1;
	uint64_t carry = 0;
	int i;

	for (i = 0; i < pad; i++)
		d->word[count - 1] *= 10;
	tail -= pad;
	move =
	    (int)(((tail % DECIMAL_DIGITS) + DECIMAL_DIGITS) % DECIMAL_DIGITS);
	tail -= move;
	for (i = 0; i < move; i++)
		scale *= 10;
	/* Now tail is a multiple of nine: word `count - 1` goes there. */
	shift = DECIMAL_POINT - tail / DECIMAL_DIGITS - count;
	for (i = count - 1; i >= 0; i--) {
		uint64_t value = d->word[i] * scale + carry;

		d->word[i] = (uint32_t)(value % DECIMAL_BASE);
		carry = value / DECIMAL_BASE;
	}
	memmove(&d->word[shift], d->word, (size_t)count * sizeof(d->word[0]));
	d->first = (int)shift;
	d->last = (int)shift + count;
	if (carry != 0)
		d->word[--d->first] = (uint32_t)carry;
	while (d->last > d->first && d->word[d->last - 1] == 0)
		d->last--;
}

static int
finish_decimal(struct number *n, const struct float_format *format,
    struct float_parts *result)
{
	long top = n->exponent + n->digits; /* value < 10^top */

	if (n->digits == 0) {
		result->class = FLOAT_ZERO;
		return 0;
	}
	if (top > 4940) {
		result->class = FLOAT_INFINITE;
		return ERANGE;
	}
	if (top < -4970) {
		result->class = FLOAT_ZERO;
		return ERANGE;
	}
	place_point(n);
	n->decimal.sticky = n->sticky;
	return decimal_to_binary(&n->decimal, format, result);
}

static bool
match_word(struct char_source *source, int c, const char *word)
{
	for (;; c = __source_next(source)) {
		if (c < 0 || (c | 0x20) != *word) {
			if (c >= 0)
				__source_back(source);
			return false;
		}
		if (*++word == '\0')
			return true;
	}
}

/* "inf", "infinity", "nan", "nan(...)", after the first letter. */
static bool
parse_special(struct char_source *source, int c, struct float_parts *result)
{
	size_t start;

	if ((c | 0x20) == 'i') {
		result->class = FLOAT_INFINITE;
		if (!match_word(source, c, "inf"))
			return false;
		start = source->taken;
		c = __source_next(source);
		if (!match_word(source, c, "inity"))
			while (source->taken > start)
				__source_back(source);
		return true;
	}
	result->class = FLOAT_NAN;
	if (!match_word(source, c, "nan"))
		return false;
	start = source->taken;
	c = __source_next(source);
	if (c == '(')
		do
			c = __source_next(source);
		while (isalnum(c) || c == '_');
	else if (c >= 0)
		c = 0;
	if (c != ')')
		while (source->taken > start)
			__source_back(source);
	return true;
}

static bool
parse_hex(struct char_source *source, const struct float_format *format,
    struct float_parts *result, int *range)
{
	struct number n;
	size_t start = source->taken; /* behind the x */
	long exponent;
	int c;

	n.any = n.sticky = n.after_point = false;
	n.mantissa = 0;
	n.exponent = 0;
	c = parse_digits(source, __source_next(source), &n, true);
	if (!n.any) {
		/* The number is the 0 in front of the x. */
		if (c >= 0)
			__source_back(source);
		while (source->taken >= start)
			__source_back(source);
		result->class = FLOAT_ZERO;
		return true;
	}
	exponent = parse_exponent(source, c, 'p');
	result->class = FLOAT_ZERO;
	if (n.mantissa != 0)
		*range = round_to_format(n.mantissa, n.exponent + exponent,
		    n.sticky, format, result);
	return true;
}

bool
__parse_float(struct char_source *source, const struct float_format *format,
    struct float_parts *result, int *range)
{
	struct number n;
	int c;

	*range = 0;
	*result = (struct float_parts){.class = FLOAT_ZERO};
	do
		c = __source_next(source);
	while (isspace(c));
	if (c == '-' || c == '+') {
		result->negative = c == '-';
		c = __source_next(source);
	}
	if (c >= 0 && ((c | 0x20) == 'i' || (c | 0x20) == 'n'))
		return parse_special(source, c, result);
	n.digits = 0;
	n.exponent = 0;
	n.any = n.sticky = n.after_point = false;
	n.decimal.first = n.decimal.last = 0;
	if (c == '0') {
		n.any = true;
		c = __source_next(source);
		if (c >= 0 && (c | 0x20) == 'x')
			return parse_hex(source, format, result, range);
	}
	c = parse_digits(source, c, &n, false);
	if (!n.any) {
		if (c >= 0)
			__source_back(source);
		return false;
	}
	n.exponent += parse_exponent(source, c, 'e');
	*range = finish_decimal(&n, format, result);
	return true;
}
