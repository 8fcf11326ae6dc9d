/* SPDX-License-Identifier: BSD-2-Clause */
/* Arithmetic on exact decimals; see decimal.h. */
#include "decimal.h"

#include <string.h>

#define STEP 29 /* bits a pass scales by: 2^29 * 10^9 fits 64 bits */

static const uint32_t power10[DECIMAL_DIGITS] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

void
__decimal_set(struct decimal *d, uint128_t integer)
{
	d->first = DECIMAL_POINT;
	d->last = DECIMAL_POINT;
	d->sticky = false;
	while (integer != 0) {
		d->word[--d->first] = (uint32_t)(integer % DECIMAL_BASE);
		integer /= DECIMAL_BASE;
	}
}

static void
multiply(struct decimal *d, int bits)
{
	uint64_t carry = 0;
	int i;

	for (i = d->last - 1; i >= d->first; i--) {
		uint64_t value = ((uint64_t)d->word[i] << bits) + carry;

		carry = value / DECIMAL_BASE;
		d->word[i] = (uint32_t)(value - carry * DECIMAL_BASE);
	}
	if (carry != 0)
		d->word[--d->first] = (uint32_t)carry;
	while (d->last > d->first && d->word[d->last - 1] == 0)
		d->last--;
}

static void
divide(struct decimal *d, int bits)
{
	uint64_t mask = (1UL << bits) - 1;
	uint64_t rest = 0;
	int i;

	for (i = d->first; i < d->last || rest != 0; i++) {
		uint64_t value = rest * DECIMAL_BASE;

		if (i == DECIMAL_WORDS) {
			d->sticky = true;
			break;
		}
		if (i < d->last)
			value += d->word[i];
		d->word[i] = (uint32_t)(value >> bits);
		rest = value & mask;
	}
	if (i > d->last)
		d->last = i;
	while (d->first < d->last && d->word[d->first] == 0)
		d->first++;
	while (d->last > d->first && d->word[d->last - 1] == 0)
		d->last--;
}

void
__decimal_scale(struct decimal *d, int power_of_two)
{
	for (; power_of_two >= STEP; power_of_two -= STEP)
		multiply(d, STEP);
	if (power_of_two > 0)
		multiply(d, power_of_two);
	for (; power_of_two <= -STEP; power_of_two += STEP)
		divide(d, STEP);
	if (power_of_two < 0)
		divide(d, -power_of_two);
}

bool
__decimal_is_zero(const struct decimal *d)
{
	int i;

	for (i = d->first; i < d->last; i++)
		if (d->word[i] != 0)
			return false;
	return true;
}

int
__decimal_exponent(const struct decimal *d)
{
	int i = d->first;
	int digits = DECIMAL_DIGITS - 1;

	while (i < d->last && d->word[i] == 0)
		i++;
	if (i == d->last)
		return 0;
	while (d->word[i] < power10[digits])
		digits--;
	return (DECIMAL_POINT - 1 - i) * DECIMAL_DIGITS + digits;
}

/* Which word holds the digit at `position`. */
static int
word_of(int position)
{
	if (position >= 0)
		return DECIMAL_POINT - 1 - position / DECIMAL_DIGITS;
	return DECIMAL_POINT + (-position - 1) / DECIMAL_DIGITS;
}

/* The weight of that digit inside its word, as an index of power10. */
static int
weight_of(int position)
{
	if (position >= 0)
		return position % DECIMAL_DIGITS;
	return DECIMAL_DIGITS - 1 - (-position - 1) % DECIMAL_DIGITS;
}

static uint32_t
word_at(const struct decimal *d, int index)
{
	return index >= d->first && index < d->last ? d->word[index] : 0;
}

static bool
zero_from(const struct decimal *d, int index)
{
	if (index < d->first)
		index = d->first;
	for (; index < d->last; index++)
		if (d->word[index] != 0)
			return false;
	return true;
}

bool
__decimal_ends_at(const struct decimal *d, int position)
{
	int index = word_of(position);

	return word_at(d, index) % power10[weight_of(position)] == 0 &&
	       zero_from(d, index + 1);
}

/* Make word[index] one of the defined ones. */
static void
extend_to(struct decimal *d, int index)
{
	if (d->first == d->last)
		d->first = d->last = index + 1;
	while (d->first > index)
		d->word[--d->first] = 0;
	while (d->last <= index)
		d->word[d->last++] = 0;
}

static void
add_unit(struct decimal *d, int index, uint32_t unit)
{
	extend_to(d, index);
	d->word[index] += unit;
	while (d->word[index] >= DECIMAL_BASE) {
		d->word[index] -= DECIMAL_BASE;
		index--;
		extend_to(d, index);
		d->word[index]++;
	}
}

/* How what lies below a word's digit compares with half of that digit. */
static int
compare_with_half(const struct decimal *d, int index, int weight)
{
	uint32_t unit;
	uint32_t rest;
	uint32_t half;

	if (weight > 0) {
		unit = power10[weight];
		rest = word_at(d, index) % unit;
		half = unit / 2;
	} else {
		index++;
		rest = word_at(d, index);
		half = DECIMAL_BASE / 2;
	}
	if (rest != half)
		return rest < half ? -1 : 1;
	return zero_from(d, index + 1) && !d->sticky ? 0 : 1;
}

void
__decimal_round(struct decimal *d, int position)
{
	int index = word_of(position);
	int weight = weight_of(position);
	uint32_t unit = power10[weight];
	int order;
	bool odd;

	if (index >= d->last)
		return;
	order = compare_with_half(d, index, weight);
	odd = word_at(d, index) / unit % 2 != 0;
	if (index < d->first) {
		d->first = d->last = index + 1;
	} else {
		d->word[index] -= d->word[index] % unit;
		d->last = index + 1;
	}
	if (order > 0 || (order == 0 && odd))
		add_unit(d, index, unit);
}

void
__decimal_text(const struct decimal *d, int position, int count, char *text)
{
	while (count > 0) {
		int weight = weight_of(position);
		uint32_t word = word_at(d, word_of(position));
		int i;

		for (i = weight; i >= 0; i--) {
			if (weight - i < count)
				text[weight - i] =
				    (char)('0' + word / power10[i] % 10);
		}
		text += weight + 1;
		count -= weight + 1;
		position -= weight + 1;
	}
}

uint128_t
__decimal_integer(const struct decimal *d)
{
	uint128_t value = 0;
	int i;

	for (i = d->first; i < DECIMAL_POINT; i++)
		value = value * DECIMAL_BASE + word_at(d, i);
	return value;
}

bool
__decimal_has_fraction(const struct decimal *d)
{
	return d->sticky || !zero_from(d, DECIMAL_POINT);
}
