/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers from wide strings, by the parsers of strtol() and strtod(): what is
 * not ASCII ends a number.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <wchar.h>

#include "intparse.h"
#include "word.h"

static int
wide_next(struct char_source *source)
{
	const wchar_t *at = source->cookie;

	if (*at <= 0 || *at > 127)
		return -1;
	source->cookie = UNCONST(void *, at + 1);
	return (int)*at;
}

static void
wide_back(struct char_source *source)
{
	source->cookie = (wchar_t *)source->cookie - 1;
}

static void
open_source(struct char_source *source, const wchar_t *string)
{
	source->next = wide_next;
	source->back = wide_back;
	source->cookie = UNCONST(void *, string);
	source->taken = 0;
	source->left = SIZE_MAX;
}

static struct parsed_integer
parse_integer(const wchar_t *string, wchar_t **end, int base)
{
	struct char_source source;
	struct parsed_integer result = {0, false, false, false};

	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
		if (end != NULL)
			*end = UNCONST(wchar_t *, string);
		return result;
	}
	open_source(&source, string);
	result = __parse_integer(&source, base);
	if (end != NULL)
		*end = UNCONST(
		    wchar_t *, string + (result.valid ? source.taken : 0));
	return result;
}

long
wcstol(const wchar_t *restrict string, wchar_t **restrict end, int base)
{
	struct parsed_integer result = parse_integer(string, end, base);
	unsigned long most = (unsigned long)LONG_MAX + result.negative;

	if (result.overflow || result.magnitude > most) {
		errno = ERANGE;
		return result.negative ? LONG_MIN : LONG_MAX;
	}
	return (
	    long)(result.negative ? 0 - result.magnitude : result.magnitude);
}

unsigned long
wcstoul(const wchar_t *restrict string, wchar_t **restrict end, int base)
{
	struct parsed_integer result = parse_integer(string, end, base);

	if (result.overflow) {
		errno = ERANGE;
		return ULONG_MAX;
	}
	return result.negative ? 0 - result.magnitude : result.magnitude;
}

long long
wcstoll(const wchar_t *restrict string, wchar_t **restrict end, int base)
{
	return wcstol(string, end, base);
}

unsigned long long
wcstoull(const wchar_t *restrict string, wchar_t **restrict end, int base)
{
	return wcstoul(string, end, base);
}

intmax_t
wcstoimax(const wchar_t *restrict string, wchar_t **restrict end, int base)
{
	return wcstol(string, end, base);
}

uintmax_t
wcstoumax(const wchar_t *restrict string, wchar_t **restrict end, int base)
{
	return wcstoul(string, end, base);
}

static struct float_parts
parse_float(
    const wchar_t *string, wchar_t **end, const struct float_format *format)
{
	struct char_source source;
	struct float_parts parts;
	int range;
	bool valid;

	open_source(&source, string);
	valid = __parse_float(&source, format, &parts, &range);
	if (!valid)
		parts = (struct float_parts){.class = FLOAT_ZERO};
	if (end != NULL)
		*end = UNCONST(wchar_t *, string + (valid ? source.taken : 0));
	if (valid && range != 0)
		errno = range;
	return parts;
}

double
wcstod(const wchar_t *restrict string, wchar_t **restrict end)
{
	return __double_join(parse_float(string, end, &__double_format));
}

float
wcstof(const wchar_t *restrict string, wchar_t **restrict end)
{
	return __float_join(parse_float(string, end, &__float_format));
}

long double
wcstold(const wchar_t *restrict string, wchar_t **restrict end)
{
	return __long_double_join(
	    parse_float(string, end, &__long_double_format));
}
