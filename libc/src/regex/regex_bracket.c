/* SPDX-License-Identifier: BSD-2-Clause */
/* Bracket expressions: ranges, classes, and who is in them. */
#include <stdlib.h>
#include <string.h>

#include "regex_program.h"

#define CLASS_NAME_MAX 16

/* Bytes that are no characters are characters of their own. */
#define NO_CHARACTER 0x7fff0000

size_t
__regex_character(const char *at, const char *end, wchar_t *character)
{
	mbstate_t state = {0, 0};
	size_t used;

	if ((unsigned char)*at < 0x80) {
		*character = (unsigned char)*at;
		return 1;
	}
	used = mbrtowc(character, at, (size_t)(end - at), &state);
	if (used == 0 || used >= (size_t)-2) {
		*character = NO_CHARACTER + (unsigned char)*at;
		return 1;
	}
	return used;
}

static struct regex_set *
new_set(struct regex_tree *tree)
{
	struct regex_set *set = calloc(1, sizeof(*set));

	if (set != NULL) {
		set->next = tree->sets;
		tree->sets = set;
	}
	return set;
}

void
__regex_sets_free(struct regex_set *sets)
{
	while (sets != NULL) {
		struct regex_set *next = sets->next;

		free(sets->ranges);
		free(sets->classes);
		free(sets);
		sets = next;
	}
}

static int
add_range(struct regex_set *set, wchar_t low, wchar_t high)
{
	struct regex_range *grown =
	    realloc(set->ranges, (set->range_count + 1) * sizeof(*set->ranges));

	if (grown == NULL)
		return REG_ESPACE;
	grown[set->range_count].low = low;
	grown[set->range_count++].high = high;
	set->ranges = grown;
	return 0;
}

static int
add_class(struct regex_set *set, const char *name)
{
	wctype_t type = wctype(name);
	wctype_t *grown;

	if (type == 0)
		return REG_ECTYPE;
	grown = realloc(
	    set->classes, (set->class_count + 1) * sizeof(*set->classes));
	if (grown == NULL)
		return REG_ESPACE;
	grown[set->class_count++] = type;
	set->classes = grown;
	return 0;
}

int
__regex_class(struct regex_tree *tree, const char *name, bool negated,
    struct regex_set **result)
{
	struct regex_set *set = new_set(tree);
	int error;

	if (set == NULL)
		return REG_ESPACE;
	*result = set;
	set->negated = negated;
	error = add_class(set, name);
	if (error == 0 && strcmp(name, "alnum") == 0)
		error = add_range(set, '_', '_'); /* a word */
	return error;
}

/* [:alpha:], behind the "[:". */
static int
parse_class(struct regex_set *set, const char **at)
{
	char name[CLASS_NAME_MAX];
	const char *end = strstr(*at, ":]");
	size_t size;

	if (end == NULL)
		return REG_EBRACK;
	size = (size_t)(end - *at);
	if (size >= sizeof(name))
		return REG_ECTYPE;
	memcpy(name, *at, size);
	name[size] = '\0';
	*at = end + 2;
	return add_class(set, name);
}

/* [.x.] and [=x=], behind the bracket: one character here. */
static int
parse_element(const char **at, wchar_t *character)
{
	char kind = *(*at)++;
	const char *end = *at + strlen(*at);

	if (*at == end)
		return REG_EBRACK;
	*at += __regex_character(*at, end, character);
	if ((*at)[0] == '\0')
		return REG_EBRACK;
	if ((*at)[0] != kind || (*at)[1] != ']')
		return REG_ECOLLATE;
	*at += 2;
	return 0;
}

/* One end of a range. */
static int
parse_end(const char **at, wchar_t *character)
{
	if ((*at)[0] == '[' && ((*at)[1] == '.' || (*at)[1] == '=')) {
		++*at;
		return parse_element(at, character);
	}
	if (**at == '\0')
		return REG_EBRACK;
	*at += __regex_character(*at, *at + strlen(*at), character);
	return 0;
}

static int
parse_item(struct regex_set *set, const char **at)
{
	bool equivalent = (*at)[0] == '[' && (*at)[1] == '=';
	wchar_t low, high;
	int error;

	if ((*at)[0] == '[' && (*at)[1] == ':') {
		*at += 2;
		return parse_class(set, at);
	}
	error = parse_end(at, &low);
	if (error != 0)
		return error;
	if ((*at)[0] != '-' || (*at)[1] == ']' || (*at)[1] == '\0')
		return add_range(set, low, low);
	if (equivalent)
		return REG_ERANGE;
	++*at;
	error = parse_end(at, &high);
	if (error == 0 && low > high)
		error = REG_ERANGE;
	return error != 0 ? error : add_range(set, low, high);
}

int
__regex_bracket(
    struct regex_tree *tree, const char **at, struct regex_set **result)
{
	struct regex_set *set = new_set(tree);
	bool first = true;
	int error = 0;

	if (set == NULL)
		return REG_ESPACE;
	*result = set;
	if (**at == '^') {
		set->negated = true;
		++*at;
	}
	for (; error == 0 && (**at != ']' || first); first = false) {
		if (**at == '\0')
			return REG_EBRACK;
		error = parse_item(set, at);
	}
	if (error == 0)
		++*at;
	return error;
}

static bool
is_in(const struct regex_set *set, wchar_t character)
{
	unsigned i;

	for (i = 0; i < set->range_count; i++)
		if (character >= set->ranges[i].low &&
		    character <= set->ranges[i].high)
			return true;
	for (i = 0; i < set->class_count; i++)
		if (iswctype((wint_t)character, set->classes[i]))
			return true;
	return false;
}

bool
__regex_set_has(const struct __regex *program, const struct regex_set *set,
    wchar_t character)
{
	bool in = is_in(set, character);

	if (!in && (program->flags & REG_ICASE))
		in = is_in(set, (wchar_t)towlower((wint_t)character)) ||
		     is_in(set, (wchar_t)towupper((wint_t)character));
	if (set->negated && character == '\n' && (program->flags & REG_NEWLINE))
		return false;
	return in != set->negated;
}
