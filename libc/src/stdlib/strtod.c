/* SPDX-License-Identifier: BSD-2-Clause */
/* strtod(), strtof(), strtold(): exact, rounded once to nearest even. */
#include <errno.h>
#include <stdlib.h>

#include "intparse.h"
#include "word.h"

static struct float_parts
parse(const char *restrict string, char **restrict end,
    const struct float_format *format)
{
	struct char_source source;
	struct float_parts parts;
	int range;
	bool valid;

	__source_string(&source, string);
	valid = __parse_float(&source, format, &parts, &range);
	if (!valid)
		parts = (struct float_parts){.class = FLOAT_ZERO};
	if (end != NULL)
		*end = UNCONST(char *, string + (valid ? source.taken : 0));
	if (valid && range != 0)
		errno = range;
	return parts;
}

double
strtod(const char *restrict string, char **restrict end)
{
	return __double_join(parse(string, end, &__double_format));
}

float
strtof(const char *restrict string, char **restrict end)
{
	return __float_join(parse(string, end, &__float_format));
}

long double
strtold(const char *restrict string, char **restrict end)
{
	return __long_double_join(parse(string, end, &__long_double_format));
}

double
atof(const char *string)
{
	return strtod(string, NULL);
}
