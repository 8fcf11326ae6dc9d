/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shell patterns: *, ?, [set], [!set], ranges and classes. A backslash
 * quotes the next character. A star is tried shortest first and only the
 * last one is ever gone back to, so matching takes at most the product of
 * the lengths.
 */
#include "pattern.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* The class named in [:name:] holds `c`; false for an unknown name. */
static bool
class_holds(const char *name, size_t length, int c)
{
	static const struct {
		const char *name;
		int (*test)(int c);
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

/* One member of a set: a character, quoted or not; the rest after it. */
static const char *
set_member(const char *p, int *c)
{
	if (*p == '\\' && p[1] != '\0')
		p++;
	*c = (unsigned char)*p;
	return *p != '\0' ? p + 1 : p;
}

/* A class at `p`, "[:...:]": the rest after it, or NULL when there is none. */
static const char *
set_class(const char *p, int c, bool *found)
{
	const char *end;

	if (p[0] != '[' || p[1] != ':')
		return NULL;
	end = strstr(p + 2, ":]");
	if (end == NULL)
		return NULL;
	if (class_holds(p + 2, (size_t)(end - p) - 2, c))
		*found = true;
	return end + 2;
}

/*
 * Match `c` against the set after '['. Returns what follows its ']', or NULL
 * when there is no ']': then '[' is an ordinary character.
 */
static const char *
set_match(const char *p, int c, bool *matched)
{
	bool negated = *p == '!' || *p == '^';
	bool found = false;
	bool first = true;

	if (negated)
		p++;
	for (; first || *p != ']'; first = false) {
		const char *after = set_class(p, c, &found);
		int low;
		int high;

		if (*p == '\0')
			return NULL;
		if (after != NULL) {
			p = after;
			continue;
		}
		p = set_member(p, &low);
		high = low;
		if (p[0] == '-' && p[1] != ']' && p[1] != '\0')
			p = set_member(p + 1, &high);
		if (low <= c && c <= high)
			found = true;
	}
	*matched = found != negated;
	return p + 1;
}

/* Match one character; the pattern after it, or NULL. Not for '*'. */
static const char *
match_one(const char *pattern, int c)
{
	if (*pattern == '?')
		return pattern + 1;
	if (*pattern == '[') {
		bool matched = false;
		const char *after = set_match(pattern + 1, c, &matched);

		if (after != NULL)
			return matched ? after : NULL;
	}
	if (*pattern == '\\' && pattern[1] != '\0')
		pattern++;
	return *pattern != '\0' && (unsigned char)*pattern == c ? pattern + 1
								: NULL;
}

bool
pattern_match(const char *pattern, const char *text)
{
	const char *star = NULL;
	const char *retry = NULL;

	for (;;) {
		const char *after;

		if (*pattern == '*') {
			star = ++pattern;
			retry = text;
			continue;
		}
		if (*text == '\0' && *pattern == '\0')
			return true;
		after = *text != '\0' ? match_one(pattern, (unsigned char)*text)
				      : NULL;
		if (after != NULL) {
			pattern = after;
			text++;
			continue;
		}
		if (star == NULL || *retry == '\0')
			return false;
		pattern = star;
		text = ++retry;
	}
}

bool
pattern_has_magic(const char *pattern)
{
	for (; *pattern != '\0'; pattern++) {
		bool set = *pattern == '[' && strchr(pattern, ']') != NULL;

		if (*pattern == '\\' && pattern[1] != '\0')
			pattern++;
		else if (*pattern == '*' || *pattern == '?' || set)
			return true;
	}
	return false;
}
