/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the text of a regular expression to a tree. Basic and extended ones
 * differ in which characters need a backslash to be special: token() says what
 * comes next, for both.
 */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "regex_program.h"

enum token {
	END,
	OPEN,
	CLOSE,
	CHOICE,
	STAR,
	PLUS,
	OPTION,
	BRACE,
	ATOM,
	TRAILING, /* a backslash at the end */
};

struct parser {
	struct regex_tree *tree;
	const char *at;
	bool extended;
	bool start; /* of an expression, or behind its ^: * is a character */
	bool behind_anchor; /* then a basic one's ^ is one, too */
	int depth;
	int error;
};

static struct regex_node *parse_choice(struct parser *parser);

static struct regex_node *
new_node(struct parser *parser, enum regex_kind kind)
{
	struct regex_node *node = calloc(1, sizeof(*node));

	if (node == NULL) {
		parser->error = REG_ESPACE;
		return NULL;
	}
	node->kind = kind;
	node->all = parser->tree->all;
	parser->tree->all = node;
	return node;
}

static void
add_child(struct regex_node *parent, struct regex_node *child)
{
	if (child == NULL)
		return;
	if (parent->last != NULL)
		parent->last->next = child;
	else
		parent->child = child;
	parent->last = child;
}

static enum token
special(char c)
{
	switch (c) {
	case '(':
		return OPEN;
	case ')':
		return CLOSE;
	case '|':
		return CHOICE;
	case '+':
		return PLUS;
	case '?':
		return OPTION;
	case '{':
		return BRACE;
	default:
		return ATOM;
	}
}

/* What comes next, and how many bytes it is. */
static enum token
token(const struct parser *parser, int *size)
{
	const char *at = parser->at;

	*size = 1;
	if (*at == '\0')
		return END;
	if (*at == '*')
		return parser->start && !parser->extended ? ATOM : STAR;
	if (parser->extended) {
		if (*at == '{' && !isdigit((unsigned char)at[1]))
			return ATOM;
		return *at == '\\' && at[1] == '\0' ? TRAILING : special(*at);
	}
	if (*at != '\\')
		return ATOM;
	*size = 2;
	return at[1] == '\0' ? TRAILING : special(at[1]);
}

static bool
eat(struct parser *parser, enum token wanted)
{
	int size;

	if (token(parser, &size) != wanted)
		return false;
	parser->at += size;
	return true;
}

static struct regex_node *
parse_group(struct parser *parser)
{
	struct regex_node *group;

	if (++parser->depth > REGEX_DEPTH_MAX ||
	    parser->tree->groups == REGEX_GROUPS_MAX) {
		parser->error = REG_ESPACE;
		return NULL;
	}
	group = new_node(parser, REGEX_GROUP);
	if (group == NULL)
		return NULL;
	group->number = ++parser->tree->groups;
	add_child(group, parse_choice(parser));
	group->inner = parser->tree->groups;
	if (parser->error == 0 && !eat(parser, CLOSE))
		parser->error = REG_EPAREN;
	parser->start = false;
	parser->depth--;
	return group;
}

static struct regex_node *
parse_class(struct parser *parser, const char *name, bool negated)
{
	struct regex_node *node = new_node(parser, REGEX_SET);

	if (node != NULL)
		parser->error =
		    __regex_class(parser->tree, name, negated, &node->set);
	return node;
}

static struct regex_node *
character(struct parser *parser)
{
	struct regex_node *node = new_node(parser, REGEX_CHARACTER);

	if (node != NULL)
		parser->at += __regex_character(parser->at,
		    parser->at + strlen(parser->at), &node->character);
	return node;
}

static struct regex_node *
reference(struct parser *parser, int number)
{
	struct regex_node *node = new_node(parser, REGEX_REFERENCE);

	if (node == NULL)
		return NULL;
	node->number = number;
	if (number > parser->tree->groups)
		parser->error = REG_ESUBREG;
	parser->tree->references = true;
	return node;
}

/* Behind a backslash. */
static struct regex_node *
parse_escape(struct parser *parser)
{
	char c = *parser->at;

	if (c >= '1' && c <= '9') {
		parser->at++;
		return reference(parser, c - '0');
	}
	if (strchr("wWsS<>bB", c) == NULL)
		return character(parser);
	parser->at++;
	switch (c) {
	case 'w':
	case 'W':
		return parse_class(parser, "alnum", c == 'W');
	case 's':
	case 'S':
		return parse_class(parser, "space", c == 'S');
	case '<':
		return new_node(parser, REGEX_WORD_START);
	case '>':
		return new_node(parser, REGEX_WORD_END);
	case 'b':
		return new_node(parser, REGEX_WORD_EDGE);
	default:
		return new_node(parser, REGEX_WORD_INSIDE);
	}
}

/* A basic expression's $ is special at the end of an expression only. */
static bool
ends_here(const struct parser *parser)
{
	struct parser rest = *parser;
	enum token next;
	int size;

	if (parser->extended)
		return true;
	rest.at++;
	rest.start = false;
	next = token(&rest, &size);
	return next == END || next == CLOSE || next == CHOICE;
}

static struct regex_node *
parse_atom(struct parser *parser)
{
	struct regex_node *node;
	bool start = parser->start && !parser->behind_anchor;

	parser->start = false;
	parser->behind_anchor = false;
	switch (*parser->at) {
	case '\\':
		parser->at++;
		return parse_escape(parser);
	case '.':
		parser->at++;
		return new_node(parser, REGEX_ANY);
	case '[':
		parser->at++;
		node = new_node(parser, REGEX_SET);
		if (node != NULL)
			parser->error = __regex_bracket(
			    parser->tree, &parser->at, &node->set);
		return node;
	case '^':
		if (!start && !parser->extended)
			return character(parser);
		parser->at++;
		parser->start = true;
		parser->behind_anchor = true;
		return new_node(parser, REGEX_LINE_START);
	case '$':
		if (!ends_here(parser))
			return character(parser);
		parser->at++;
		return new_node(parser, REGEX_LINE_END);
	default:
		return character(parser);
	}
}

static int
parse_count(struct parser *parser)
{
	int value = 0;

	if (!isdigit((unsigned char)*parser->at))
		return REGEX_INFINITE;
	while (isdigit((unsigned char)*parser->at)) {
		value = value * 10 + (*parser->at++ - '0');
		if (value > RE_DUP_MAX) {
			parser->error = REG_BADBR;
			return 0;
		}
	}
	return value;
}

/* {m}, {m,} and {m,n}, behind the brace. */
static void
parse_interval(struct parser *parser, struct regex_node *repeat)
{
	const char *close = parser->extended ? "}" : "\\}";
	bool no_least;

	repeat->least = parse_count(parser);
	no_least = repeat->least == REGEX_INFINITE;
	if (no_least)
		repeat->least = 0;
	repeat->most = repeat->least;
	if (*parser->at == ',') {
		parser->at++;
		repeat->most = parse_count(parser);
	} else if (no_least) {
		parser->error = REG_BADBR;
	}
	if (parser->error != 0)
		return;
	if (strncmp(parser->at, close, strlen(close)) != 0)
		parser->error =
		    strstr(parser->at, close) == NULL ? REG_EBRACE : REG_BADBR;
	else if (repeat->most != REGEX_INFINITE && repeat->most < repeat->least)
		parser->error = REG_BADBR;
	parser->at += strlen(close);
}

static struct regex_node *
parse_repeats(struct parser *parser, struct regex_node *atom)
{
	struct regex_node *repeat;
	enum token next;
	int size;

	while (parser->error == 0 && atom != NULL) {
		next = token(parser, &size);
		if (next < STAR || next > BRACE)
			break;
		parser->at += size;
		repeat = new_node(parser, REGEX_REPEAT);
		if (repeat == NULL)
			break;
		repeat->least = next == PLUS;
		repeat->most = next == OPTION ? 1 : REGEX_INFINITE;
		if (next == BRACE)
			parse_interval(parser, repeat);
		add_child(repeat, atom);
		atom = repeat;
	}
	return atom;
}

static struct regex_node *
parse_sequence(struct parser *parser)
{
	struct regex_node *sequence = new_node(parser, REGEX_SEQUENCE);
	struct regex_node *atom;
	enum token next;
	int size;

	while (parser->error == 0) {
		next = token(parser, &size);
		if (next == END || next == CHOICE ||
		    (next == CLOSE && (parser->depth > 0 || !parser->extended)))
			break;
		/* A parenthesis that closes nothing is a character. */
		if (next == TRAILING)
			parser->error = REG_EESCAPE;
		else if (next != ATOM && next != OPEN && next != CLOSE)
			parser->error = REG_BADRPT;
		if (parser->error != 0)
			break;
		if (next == OPEN) {
			parser->at += size;
			atom = parse_group(parser);
		} else {
			atom = parse_atom(parser);
		}
		if (!parser->start) /* behind a ^ it is no repetition */
			atom = parse_repeats(parser, atom);
		add_child(sequence, atom);
	}
	return sequence;
}

static struct regex_node *
parse_choice(struct parser *parser)
{
	struct regex_node *choice = new_node(parser, REGEX_CHOICE);

	if (choice == NULL)
		return NULL;
	do {
		parser->start = true;
		parser->behind_anchor = false;
		add_child(choice, parse_sequence(parser));
	} while (parser->error == 0 && eat(parser, CHOICE));
	return choice;
}

int
__regex_parse(struct regex_tree *tree, const char *pattern, int flags)
{
	struct parser parser = {
	    .tree = tree,
	    .at = pattern,
	    .extended = (flags & REG_EXTENDED) != 0,
	};

	memset(tree, 0, sizeof(*tree));
	tree->root = parse_choice(&parser);
	if (parser.error == 0 && *parser.at != '\0')
		parser.error = REG_EPAREN;
	return parser.error;
}

void
__regex_tree_free(struct regex_tree *tree)
{
	while (tree->all != NULL) {
		struct regex_node *next = tree->all->all;

		free(tree->all);
		tree->all = next;
	}
	__regex_sets_free(tree->sets);
	tree->sets = NULL;
}
