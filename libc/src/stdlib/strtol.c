/* SPDX-License-Identifier: BSD-2-Clause */
/* strtol() and its family. */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

#include "intparse.h"
#include "word.h"

static struct parsed_integer
parse(const char *restrict string, char **restrict end, int base)
{
	struct char_source source;
	struct parsed_integer result = {0, false, false, false};

	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
		if (end != NULL)
			*end = UNCONST(char *, string);
		return result;
	}
	__source_string(&source, string);
	result = __parse_integer(&source, base);
	if (end != NULL)
		*end =
		    UNCONST(char *, string + (result.valid ? source.taken : 0));
	return result;
}

static long
to_signed(struct parsed_integer result)
{
	if (result.negative &&
	    (result.overflow ||
		result.magnitude > (unsigned long)LONG_MAX + 1)) {
		errno = ERANGE;
		return LONG_MIN;
	}
	if (!result.negative &&
	    (result.overflow || result.magnitude > LONG_MAX)) {
		errno = ERANGE;
		return LONG_MAX;
	}
	return (
	    long)(result.negative ? 0 - result.magnitude : result.magnitude);
}

static unsigned long
to_unsigned(struct parsed_integer result)
{
	if (result.overflow) {
		errno = ERANGE;
		return ULONG_MAX;
	}
	return result.negative ? 0 - result.magnitude : result.magnitude;
}

long
strtol(const char *restrict string, char **restrict end, int base)
{
	return to_signed(parse(string, end, base));
}

long long
strtoll(const char *restrict string, char **restrict end, int base)
{
	return to_signed(parse(string, end, base));
}

intmax_t
strtoimax(const char *restrict string, char **restrict end, int base)
{
	return to_signed(parse(string, end, base));
}

unsigned long
strtoul(const char *restrict string, char **restrict end, int base)
{
	return to_unsigned(parse(string, end, base));
}

unsigned long long
strtoull(const char *restrict string, char **restrict end, int base)
{
	return to_unsigned(parse(string, end, base));
}

uintmax_t
strtoumax(const char *restrict string, char **restrict end, int base)
{
	return to_unsigned(parse(string, end, base));
}
