/* SPDX-License-Identifier: BSD-2-Clause */
/* The integer conversions of printf(). */
#include "format.h"

/* Digits right-aligned in front of `end`; returns where they start. */
static char *
make_digits(char *end, uintmax_t value, char conversion)
{
	const char *letters =
	    conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";

	switch (conversion) {
	case 'x':
	case 'X':
	case 'p':
		for (; value != 0; value >>= 4)
			*--end = letters[value & 15];
		break;
	case 'o':
		for (; value != 0; value >>= 3)
			*--end = (char)('0' + (value & 7));
		break;
	default:
		for (; value != 0; value /= 10)
			*--end = (char)('0' + value % 10);
		break;
	}
	return end;
}

static const char *
choose_prefix(const struct format_spec *spec, uintmax_t value, bool negative)
{
	switch (spec->conversion) {
	case 'd':
	case 'i':
		if (negative)
			return "-";
		if (spec->flags & FORMAT_SIGN)
			return "+";
		return spec->flags & FORMAT_SPACE ? " " : "";
	case 'p':
		return "0x";
	case 'x':
		return spec->flags & FORMAT_ALTERNATE && value != 0 ? "0x" : "";
	case 'X':
		return spec->flags & FORMAT_ALTERNATE && value != 0 ? "0X" : "";
	default:
		return "";
	}
}

void
__format_integer(struct format_sink *sink, const struct format_spec *spec,
    uintmax_t value, bool negative)
{
	struct format_spec local = *spec;
	char space[24];
	char *end = space + sizeof(space);
	char *digits = make_digits(end, value, spec->conversion);
	long count = end - digits;
	long least = spec->precision >= 0 ? spec->precision : 1;

	if (spec->precision >= 0)
		local.flags &= ~(unsigned)FORMAT_ZERO;
	if (spec->conversion == 'o' && (spec->flags & FORMAT_ALTERNATE) &&
	    least <= count)
		least = count + 1;
	if (spec->conversion == 'o' && value == 0 && least > 1 &&
	    spec->precision < 1)
		least = 1;
	__format_number(sink, &local, choose_prefix(spec, value, negative),
	    least > count ? least - count : 0, digits, (size_t)count);
}
