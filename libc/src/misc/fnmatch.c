/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fnmatch(): shell patterns. A star remembers where it stood; on a mismatch the
 * last star takes one character more, which is enough, as an earlier star can
 * always leave the rest to the later one.
 */
#include <ctype.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <string.h>

static int
fold(int c, int flags)
{
	return flags & FNM_CASEFOLD ? tolower(c) : c;
}

static bool
in_class(const char *name, size_t length, int c)
{
	static const struct {
		const char *name;
		int (*test)(int);
	} classes[] = {
	    {"alnum", isalnum},
	    {"alpha", isalpha},
	    {"blank", isblank},
	    {"cntrl", iscntrl},
	    {"digit", isdigit},
	    {"graph", isgraph},
	    {"lower", islower},
	    {"print", isprint},
	    {"punct", ispunct},
	    {"space", isspace},
	    {"upper", isupper},
	    {"xdigit", isxdigit},
	};
	size_t i;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (strlen(classes[i].name) == length &&
		    memcmp(classes[i].name, name, length) == 0)
			return classes[i].test(c) != 0;
	return false;
}

/* One member of a bracket: c, [.c.], [=c=]. Returns behind it, or null. */
static const char *
bracket_character(const char *at, int flags, int *c)
{
	if (*at == '[' && (at[1] == '.' || at[1] == '=')) {
		if (at[2] == '\0' || at[3] != at[1] || at[4] != ']')
			return NULL;
		*c = (unsigned char)at[2];
		return at + 5;
	}
	if (*at == '\\' && !(flags & FNM_NOESCAPE))
		at++;
	*c = (unsigned char)*at;
	return *at != '\0' ? at + 1 : NULL;
}

static const char *
bracket_class(const char *at, int c, bool *found)
{
	const char *end = strstr(at + 2, ":]");

	if (end == NULL)
		return NULL;
	if (in_class(at + 2, (size_t)(end - at - 2), c))
		*found = true;
	return end + 2;
}

/*
 * Match one bracket expression, `at` behind the [. Returns behind the ], or
 * null if there is none, in which case the [ is an ordinary character.
 */
static const char *
match_bracket(const char *at, int c, int flags, bool *result)
{
	bool invert = *at == '!' || *at == '^';
	bool found = false;
	const char *start;
	int first;
	int last;

	at += invert;
	for (start = at; at == start || *at != ']';) {
		if (*at == '/' && (flags & FNM_PATHNAME))
			return NULL;
		if (*at == '[' && at[1] == ':') {
			at = bracket_class(at, c, &found);
			if (at == NULL)
				return NULL;
			continue;
		}
		at = bracket_character(at, flags, &first);
		if (at == NULL)
			return NULL;
		last = first;
		if (*at == '-' && at[1] != ']' && at[1] != '\0') {
			at = bracket_character(at + 1, flags, &last);
			if (at == NULL)
				return NULL;
		}
		if (fold(c, flags) >= fold(first, flags) &&
		    fold(c, flags) <= fold(last, flags))
			found = true;
	}
	*result = found != invert;
	return at + 1;
}

/*
 * Match one character of the string with one element of the pattern, which
 * is not a star. Returns behind the element, or null on a mismatch.
 */
static const char *
match_one(const char *pattern, int c, int flags)
{
	const char *end;
	bool result;

	if (c == '\0')
		return NULL;
	switch (*pattern) {
	case '?':
		return c == '/' && (flags & FNM_PATHNAME) ? NULL : pattern + 1;
	case '[':
		end = match_bracket(pattern + 1, c, flags, &result);
		if (end == NULL)
			break;
		if (c == '/' && (flags & FNM_PATHNAME))
			return NULL;
		return result ? end : NULL;
	case '\\':
		if (flags & FNM_NOESCAPE)
			break;
		if (*++pattern == '\0')
			return NULL;
		break;
	default:
		break;
	}
	if (fold((unsigned char)*pattern, flags) != fold(c, flags))
		return NULL;
	return pattern + 1;
}

/* Must a period here be matched by a period? */
static bool
leading_period(const char *at, const char *start, int flags)
{
	if (!(flags & FNM_PERIOD) || *at != '.')
		return false;
	return at == start || ((flags & FNM_PATHNAME) && at[-1] == '/');
}

/* Is there an element other than a star, and does it take what is here? */
static bool
may_match(const char *pattern, bool period)
{
	if (*pattern == '\0' || *pattern == '*')
		return false;
	return !period || (*pattern != '?' && *pattern != '[');
}

int
fnmatch(const char *pattern, const char *string, int flags)
{
	const char *start = string;
	const char *star = NULL;  /* pattern behind the last star */
	const char *taken = NULL; /* where that star's text ends */

	for (;;) {
		const char *next = NULL;
		bool period = leading_period(string, start, flags);

		if (*pattern == '*' && !period) {
			while (*pattern == '*')
				pattern++;
			star = pattern;
			taken = string;
			continue;
		}
		if (*pattern == '\0' &&
		    (*string == '\0' ||
			(*string == '/' && (flags & FNM_LEADING_DIR))))
			return 0;
		if (may_match(pattern, period))
			next =
			    match_one(pattern, (unsigned char)*string, flags);
		if (next != NULL) {
			if (*string == '/' && (flags & FNM_PATHNAME))
				star = NULL;
			pattern = next;
			string++;
			continue;
		}
		if (star == NULL || *taken == '\0' ||
		    (*taken == '/' && (flags & FNM_PATHNAME)))
			return FNM_NOMATCH;
		string = ++taken;
		pattern = star;
	}
}
