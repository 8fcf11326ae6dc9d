/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exact decimal numbers of fixed point, wide enough for every long double of
 * either architecture: words of nine digits, most significant first, with the
 * point in front of word[DECIMAL_POINT]. Only word[first] up to word[last - 1]
 * are defined; all others count as zero. Printing starts from binary and scales
 * by a power of two, reading starts from digits and scales likewise, so both
 * are exact.
 */
#ifndef INTERNAL_DECIMAL_H
#define INTERNAL_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#define DECIMAL_BASE   1000000000U
#define DECIMAL_DIGITS 9 /* in a word */
#define DECIMAL_POINT  560
#define DECIMAL_WORDS  2460

typedef unsigned __int128 uint128_t;

struct decimal {
	int first;
	int last;
	bool sticky; /* a non-zero tail was dropped */
	uint32_t word[DECIMAL_WORDS];
};

void __decimal_set(struct decimal *d, uint128_t integer);
void __decimal_scale(struct decimal *d, int power_of_two);

/* Position of the first significant digit: 0 is units, -1 tenths. */
int __decimal_exponent(const struct decimal *d);
bool __decimal_is_zero(const struct decimal *d);

/* Round half to even so that `position` is the last digit kept. */
void __decimal_round(struct decimal *d, int position);

/* Write `count` digits as text, the first one at `position`, going down. */
void __decimal_text(
    const struct decimal *d, int position, int count, char *text);

/* Is every digit below `position` zero? */
bool __decimal_ends_at(const struct decimal *d, int position);

/* The integer part, which must be below 2^120. */
uint128_t __decimal_integer(const struct decimal *d);
bool __decimal_has_fraction(const struct decimal *d);

#endif
