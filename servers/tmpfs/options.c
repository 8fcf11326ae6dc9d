/* SPDX-License-Identifier: BSD-2-Clause */
/* What is said at the mount: see tmpfs.h. */
#include <stdlib.h>
#include <string.h>

#include "tmpfs.h"

#define SIZE_LEAST 65536U /* bytes */

/* A number up to `end`, in base; false: none, or too large. */
static bool
take_number(const char *text, const char **end, int base, uint64_t *value)
{
	char *after;

	if (*text < '0' || *text > '9')
		return false;
	*value = strtoull(text, &after, base);
	*end = after;
	return *value <= INT64_MAX;
}

/* Bytes: a number, with k, m or g, or % of `whole`. */
static bool
take_size(const char *text, const char **end, uint64_t whole, uint64_t *value)
{
	static const char units[] = "kKmMgG";
	const char *unit;

	if (!take_number(text, end, 10, value))
		return false;
	if (**end == '%') {
		++*end;
		*value = *value <= 100 ? whole / 100 * *value : 0;
		return *value > 0;
	}
	unit = **end != '\0' ? strchr(units, **end) : NULL;
	if (unit != NULL) {
		++*end;
		return !__builtin_mul_overflow(
		    *value, 1ULL << (unit - units) / 2 * 10 << 10, value);
	}
	return true;
}

static bool
take_option(struct tmpfs_options *options, const char *text, const char **end,
    uint64_t memory)
{
	uint64_t mode;

	if (strncmp(text, "size=", 5) == 0)
		return take_size(text + 5, end, memory, &options->size) &&
		       options->size >= SIZE_LEAST;
	if (strncmp(text, "nr_inodes=", 10) == 0)
		return take_size(text + 10, end, 0, &options->names) &&
		       options->names > 0;
	if (strncmp(text, "mode=", 5) != 0 ||
	    !take_number(text + 5, end, 8, &mode) || mode > 07777)
		return false;
	options->mode = (uint32_t)mode;
	return true;
}

bool
options_parse(struct tmpfs_options *options, const char *text, uint64_t memory)
{
	while (*text != '\0') {
		const char *end = text;

		if (!take_option(options, text, &end, memory) ||
		    (*end != ',' && *end != '\0'))
			return false;
		text = *end == ',' ? end + 1 : end;
	}
	return true;
}
