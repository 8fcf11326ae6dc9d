/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getopt(), getopt_long(), getopt_long_only(). Options come before operands, as
 * POSIX has it: the first operand, or "--", ends them. The two with long
 * options, which POSIX does not know, look behind operands, too, and move what
 * they find before them; a "+" at the start of the options, or
 * POSIXLY_CORRECT in the environment, has them stop, and a "-" has them return
 * each operand as the argument of an option 1.
 */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "word.h"

char *optarg;
int optind = 1;
int opterr = 1;
int optopt;

static const char *rest; /* of a group of short options */

static int
complain(char *const arguments[], const char *options, const char *text,
    const char *option, int length)
{
	if (opterr && *options != ':')
		fprintf(stderr, "%s: %s -- '%.*s'\n", arguments[0], text,
		    length, option);
	return '?';
}

/* The argument of a short option that takes one. */
static int
take_argument(
    int count, char *const arguments[], const char *options, const char *found)
{
	optarg = NULL;
	if (*rest != '\0') {
		optarg = UNCONST(char *, rest);
		rest = NULL;
		return *found;
	}
	rest = NULL;
	if (found[2] == ':')
		return *found;
	if (optind < count) {
		optarg = arguments[optind++];
		return *found;
	}
	complain(arguments, options, "option requires an argument", found, 1);
	return *options == ':' ? ':' : '?';
}

static int
short_option(int count, char *const arguments[], const char *options)
{
	const char *option = rest++;
	const char *found = strchr(options, *option);

	optopt = (unsigned char)*option;
	if (*rest == '\0')
		optind++;
	if (*option == ':' || found == NULL) {
		if (*rest == '\0')
			rest = NULL;
		return complain(
		    arguments, options, "unknown option", option, 1);
	}
	if (found[1] == ':') {
		if (*rest != '\0')
			optind++;
		return take_argument(count, arguments, options, found);
	}
	if (*rest == '\0')
		rest = NULL;
	return *found;
}

/* Stand at the next option; false if there is none. */
static bool
next_word(int count, char *const arguments[])
{
	if (optind == 0) {
		optind = 1;
		rest = NULL;
	}
	if (optind >= count || arguments[optind] == NULL ||
	    arguments[optind][0] != '-' || arguments[optind][1] == '\0')
		return false;
	if (strcmp(arguments[optind], "--") == 0) {
		optind++;
		return false;
	}
	return true;
}

int
getopt(int count, char *const arguments[], const char *options)
{
	if (*options == '+')
		options++;
	optarg = NULL;
	if (rest == NULL || *rest == '\0') {
		if (!next_word(count, arguments))
			return -1;
		rest = arguments[optind] + 1;
	}
	return short_option(count, arguments, options);
}

/* The long option that `name` stands for: exactly, or as the one prefix. */
static const struct option *
find_long(const struct option *table, const char *name, size_t length,
    bool *ambiguous)
{
	const struct option *match = NULL;

	*ambiguous = false;
	for (; table->name != NULL; table++) {
		if (strncmp(table->name, name, length) != 0)
			continue;
		if (table->name[length] == '\0') {
			*ambiguous = false;
			return table;
		}
		*ambiguous = match != NULL;
		match = table;
	}
	return match;
}

static int
long_argument(int count, char *const arguments[], const char *options,
    const struct option *option, char *value)
{
	if (value != NULL && option->has_arg == no_argument) {
		optopt = option->val;
		return complain(arguments, options, "option takes no argument",
		    option->name, (int)strlen(option->name));
	}
	if (value == NULL && option->has_arg == required_argument) {
		if (optind >= count) {
			optopt = option->val;
			complain(arguments, options,
			    "option requires an argument", option->name,
			    (int)strlen(option->name));
			return *options == ':' ? ':' : '?';
		}
		value = arguments[optind++];
	}
	optarg = value;
	if (option->flag == NULL)
		return option->val;
	*option->flag = option->val;
	return 0;
}

static int
long_option(int count, char *const arguments[], const char *options,
    const struct option *table, int *index)
{
	const char *word = arguments[optind];
	const char *name = word + 1 + (word[1] == '-');
	size_t length = strcspn(name, "=");
	bool ambiguous;
	const struct option *option =
	    find_long(table, name, length, &ambiguous);
	char *value = NULL;

	optind++;
	optopt = 0;
	if (option == NULL || ambiguous)
		return complain(arguments, options,
		    ambiguous ? "ambiguous option" : "unknown option", name,
		    (int)length);
	if (name[length] == '=')
		value = UNCONST(char *, name + length + 1);
	if (index != NULL)
		*index = (int)(option - table);
	return long_argument(count, arguments, options, option, value);
}

static int
parse(int count, char *const arguments[], const char *options,
    const struct option *table, int *index, bool single_dash)
{
	const char *word;

	if (*options == '+')
		options++;
	optarg = NULL;
	if (rest != NULL && *rest != '\0')
		return short_option(count, arguments, options);
	if (!next_word(count, arguments))
		return -1;
	word = arguments[optind];
	if (word[1] == '-')
		return long_option(count, arguments, options, table, index);
	if (single_dash) {
		bool ambiguous;
		const struct option *found = find_long(
		    table, word + 1, strcspn(word + 1, "="), &ambiguous);

		if (found != NULL && !ambiguous &&
		    (word[2] != '\0' || strchr(options, word[1]) == NULL))
			return long_option(
			    count, arguments, options, table, index);
	}
	rest = word + 1;
	return short_option(count, arguments, options);
}

static bool
is_option(const char *word)
{
	return word != NULL && word[0] == '-' && word[1] != '\0';
}

/* Words from `from` up to `to` go before those from `first` on. */
static void
move_before(char *arguments[], int first, int from, int to)
{
	for (; from < to; from++, first++) {
		char *word = arguments[from];

		for (int i = from; i > first; i--)
			arguments[i] = arguments[i - 1];
		arguments[first] = word;
	}
}

static int
parse_anywhere(int count, char *const arguments[], const char *options,
    const struct option *table, int *index, bool single_dash)
{
	int result;
	int first;
	int at;

	if (optind == 0) {
		optind = 1;
		rest = NULL;
	}
	if (*options == '+' || getenv("POSIXLY_CORRECT") != NULL)
		return parse(
		    count, arguments, options, table, index, single_dash);
	first = at = optind;
	if (*options == '-' && first < count && arguments[first] != NULL &&
	    !is_option(arguments[first])) {
		optarg = arguments[first];
		optind = first + 1;
		rest = NULL;
		return 1;
	}
	while (at < count && arguments[at] != NULL && !is_option(arguments[at]))
		at++;
	if (at == count || arguments[at] == NULL)
		at = first;
	optind = at;
	result = parse(count, arguments, options + (*options == '-'), table,
	    index, single_dash);
	if (at > first) {
		int taken = optind - at;

		move_before(UNCONST(char **, arguments), first, at, at + taken);
		optind = first + taken;
	}
	return result;
}

int
getopt_long(int count, char *const arguments[], const char *options,
    const struct option *table, int *index)
{
	return parse_anywhere(count, arguments, options, table, index, false);
}

int
getopt_long_only(int count, char *const arguments[], const char *options,
    const struct option *table, int *index)
{
	return parse_anywhere(count, arguments, options, table, index, true);
}
