/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Locales "C" (or "POSIX") and "C.UTF-8". Other names of UTF-8 locales, as the
 * environment may hold them, are taken as "C.UTF-8" where the environment
 * chooses, and refused where the program names them.
 */
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "locale_state.h"
#include "word.h"

struct __locale {
	bool utf8;
};

static struct __locale plain = {false};
static struct __locale unicode = {true};
static struct __locale *global = &plain;
static locale_t current = LC_GLOBAL_LOCALE;

/* One of the two; null if the name is neither. */
static struct __locale *
find(const char *name)
{
	if (strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0)
		return &plain;
	if (strcasecmp(name, "C.UTF-8") == 0 || strcasecmp(name, "C.utf8") == 0)
		return &unicode;
	return NULL;
}

static struct __locale *
find_by_environment(void)
{
	const char *name = getenv("LC_ALL");
	struct __locale *found;

	if (name == NULL || *name == '\0')
		name = getenv("LC_CTYPE");
	if (name == NULL || *name == '\0')
		name = getenv("LANG");
	if (name == NULL || *name == '\0')
		return &plain;
	found = find(name);
	if (found == NULL)
		found = strcasestr(name, "utf") != NULL ? &unicode : &plain;
	return found;
}

char *
setlocale(int category, const char *name)
{
	struct __locale *found;

	if (category < LC_CTYPE || category > LC_ALL)
		return NULL;
	if (name != NULL) {
		found = *name == '\0' ? find_by_environment() : find(name);
		if (found == NULL)
			return NULL;
		if (category == LC_CTYPE || category == LC_ALL)
			global = found;
	}
	return UNCONST(char *, global->utf8 ? "C.UTF-8" : "C");
}

locale_t
newlocale(int mask, const char *name, locale_t base)
{
	struct __locale *found =
	    *name == '\0' ? find_by_environment() : find(name);

	if (mask & ~LC_ALL_MASK) {
		errno = EINVAL;
		return NULL;
	}
	if (found == NULL) {
		errno = ENOENT;
		return NULL;
	}
	if (!(mask & LC_CTYPE_MASK))
		return base != NULL ? base : &plain;
	return found;
}

locale_t
duplocale(locale_t locale)
{
	return locale == LC_GLOBAL_LOCALE ? global : locale;
}

/* The two locales are never freed. */
void
freelocale(locale_t locale)
{
	(void)locale;
}

locale_t
uselocale(locale_t locale)
{
	locale_t old = current;

	if (locale != NULL)
		current = locale;
	return old;
}

bool
__locale_object_is_utf8(locale_t locale)
{
	return locale->utf8;
}

bool
__locale_is_utf8(void)
{
	return current == LC_GLOBAL_LOCALE ? global->utf8 : current->utf8;
}

struct lconv *
localeconv(void)
{
	static char point[] = ".";
	static char empty[] = "";
	static struct lconv conventions = {
	    .decimal_point = point,
	    .thousands_sep = empty,
	    .grouping = empty,
	    .int_curr_symbol = empty,
	    .currency_symbol = empty,
	    .mon_decimal_point = empty,
	    .mon_thousands_sep = empty,
	    .mon_grouping = empty,
	    .positive_sign = empty,
	    .negative_sign = empty,
	    .int_frac_digits = CHAR_MAX,
	    .frac_digits = CHAR_MAX,
	    .p_cs_precedes = CHAR_MAX,
	    .p_sep_by_space = CHAR_MAX,
	    .n_cs_precedes = CHAR_MAX,
	    .n_sep_by_space = CHAR_MAX,
	    .p_sign_posn = CHAR_MAX,
	    .n_sign_posn = CHAR_MAX,
	    .int_p_cs_precedes = CHAR_MAX,
	    .int_p_sep_by_space = CHAR_MAX,
	    .int_n_cs_precedes = CHAR_MAX,
	    .int_n_sep_by_space = CHAR_MAX,
	    .int_p_sign_posn = CHAR_MAX,
	    .int_n_sign_posn = CHAR_MAX,
	};

	return &conventions;
}
