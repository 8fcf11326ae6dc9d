/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What expansion asks about one parameter: its value, what is left of it
 * when a pattern is cut off, and a user's home.
 */
#include <ctype.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msh.h"

static const char *
number_text(long value)
{
	char text[24];
	int length = snprintf(text, sizeof(text), "%ld", value);

	return arena_copy(sh.tmp, text, (size_t)length);
}

/* $1 and up; any number of digits. */
static const char *
positional(const char *digits)
{
	long n = strtol(digits, NULL, 10);

	if (n == 0)
		return sh.name;
	return n > 0 && n <= sh.argc ? sh.argv[n - 1] : NULL;
}

static const char *
all_parameters(void)
{
	struct strbuf sb;
	int i;

	strbuf_init(&sb, sh.tmp);
	for (i = 0; i < sh.argc; i++) {
		if (i > 0)
			strbuf_add(&sb, ' ');
		strbuf_string(&sb, sh.argv[i]);
	}
	return strbuf_text(&sb);
}

const char *
param_value(const char *name)
{
	if (isalpha((unsigned char)*name) || *name == '_') {
		if (*name == 'L' && strcmp(name, "LINENO") == 0)
			return number_text(sh.line);
		return var_get(name);
	}
	if (isdigit((unsigned char)*name))
		return positional(name);
	switch (*name) {
	case '$':
		return number_text(sh.pid);
	case '#':
		return number_text(sh.argc);
	case '?':
		return number_text(sh.status);
	case '!':
		return sh.background != 0 ? number_text(sh.background) : NULL;
	case '-':
		return options_letters();
	default:
		return all_parameters();
	}
}

/* Where the head that `pattern` matches ends; -1 for nowhere. */
static ptrdiff_t
match_head(char *text, const char *pattern, bool longest)
{
	size_t length = strlen(text);
	size_t i;

	for (i = 0; i <= length; i++) {
		size_t at = longest ? length - i : i;
		char kept = text[at];
		bool matched;

		text[at] = '\0';
		matched = pattern_match(pattern, text);
		text[at] = kept;
		if (matched)
			return (ptrdiff_t)at;
	}
	return -1;
}

/* Where the tail that `pattern` matches starts; -1 for nowhere. */
static ptrdiff_t
match_tail(const char *text, const char *pattern, bool longest)
{
	size_t length = strlen(text);
	size_t i;

	for (i = 0; i <= length; i++) {
		size_t at = longest ? i : length - i;

		if (pattern_match(pattern, text + at))
			return (ptrdiff_t)at;
	}
	return -1;
}

char *
param_cut(const char *value, const char *pattern, enum param_op op)
{
	char *text = arena_copy(sh.tmp, value, strlen(value));
	ptrdiff_t at;

	if (op == PARAM_CUT_HEAD || op == PARAM_CUT_HEAD_LONG) {
		at = match_head(text, pattern, op == PARAM_CUT_HEAD_LONG);
		return at > 0 ? text + at : text;
	}
	at = match_tail(text, pattern, op == PARAM_CUT_TAIL_LONG);
	if (at >= 0)
		text[at] = '\0';
	return text;
}

char *
tilde_expand(const char *user, size_t length)
{
	const char *home = NULL;

	if (length == 0) {
		home = var_get("HOME");
	} else {
		const struct passwd *entry =
		    getpwnam(arena_copy(sh.tmp, user, length));

		if (entry != NULL)
			home = entry->pw_dir;
	}
	return home != NULL ? arena_copy(sh.tmp, home, strlen(home)) : NULL;
}
