/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words to fields. The field being made is two strings of one length: its
 * text, and for each byte whether it was quoted, which decides what a
 * pattern may use. Splitting happens as the results of unquoted expansions
 * are added, so there is no second pass.
 */
#include <stdlib.h>
#include <string.h>

#include "msh.h"

#define QUOTED 'q'
#define PLAIN  'p'

struct expander {
	struct field_list *out; /* NULL: one field, never split */
	struct strbuf text;
	struct strbuf marks;
	const char *ifs;
	bool started;     /* there is a field, though it may be empty */
	bool blank_ended; /* the last field ended at IFS white space */
	bool assignment;  /* tilde after a colon too */
};

static void expand_parts(
    struct expander *e, const struct word *word, bool split_literals);

static void
expander_init(struct expander *e, struct field_list *out)
{
	*e = (struct expander){.out = out};
	strbuf_init(&e->text, sh.tmp);
	strbuf_init(&e->marks, sh.tmp);
	e->ifs = var_get("IFS");
	if (e->ifs == NULL)
		e->ifs = " \t\n";
}

/* Add bytes that are never split. */
static void
add_text(struct expander *e, const char *text, size_t length, char mark)
{
	size_t i;

	e->started = true;
	e->blank_ended = false;
	if (length == 0)
		return;
	strbuf_append(&e->text, text, length);
	for (i = 0; i < length; i++)
		strbuf_add(&e->marks, mark);
}

/* The field as a pattern: what was quoted gets a backslash. */
static char *
field_pattern(struct expander *e)
{
	struct strbuf sb;
	size_t i;

	strbuf_init(&sb, sh.tmp);
	for (i = 0; i < e->text.length; i++) {
		if (e->marks.text[i] == QUOTED &&
		    strchr("*?[]-!^\\", e->text.text[i]) != NULL)
			strbuf_add(&sb, '\\');
		strbuf_add(&sb, e->text.text[i]);
	}
	return strbuf_text(&sb);
}

/* Any unquoted character that makes a pattern worth trying. */
static bool
field_has_magic(const struct expander *e)
{
	size_t i;

	for (i = 0; i < e->text.length; i++) {
		const char *p = e->text.text + i;

		if (e->marks.text[i] != PLAIN)
			continue;
		if (*p == '*' || *p == '?' ||
		    (*p == '[' && strchr(p, ']') != NULL))
			return true;
	}
	return false;
}

static void
end_field(struct expander *e)
{
	bool done = false;

	if (!OPT('f') && field_has_magic(e))
		done = glob_expand(field_pattern(e), e->out);
	if (!done)
		fields_add(e->out, strbuf_text(&e->text));
	strbuf_init(&e->text, sh.tmp);
	e->marks.length = 0;
	e->started = false;
}

/* Add the result of an unquoted expansion, split by IFS. */
static void
add_split(struct expander *e, const char *text)
{
	if (e->out == NULL) {
		add_text(e, text, strlen(text), PLAIN);
		return;
	}
	for (; *text != '\0'; text++) {
		size_t run = strcspn(text, e->ifs);

		if (run > 0) {
			add_text(e, text, run, PLAIN);
			text += run;
			if (*text == '\0')
				return;
		}
		if (strchr(" \t\n", *text) != NULL) {
			if (e->started) {
				end_field(e);
				e->blank_ended = true;
			}
		} else if (e->blank_ended) {
			e->blank_ended = false;
		} else {
			end_field(e);
		}
	}
}

static void
add_value(struct expander *e, const char *value, bool quoted)
{
	if (quoted)
		add_text(e, value, strlen(value), QUOTED);
	else
		add_split(e, value);
}

/* "$*", and $* where nothing is split: joined by IFS's first character. */
static void
add_joined(struct expander *e, char mark, const char *separator)
{
	int i;

	for (i = 0; i < sh.argc; i++) {
		if (i > 0)
			add_text(e, separator, strlen(separator), mark);
		add_text(e, sh.argv[i], strlen(sh.argv[i]), mark);
	}
	if (mark == QUOTED && *separator != ' ')
		e->started = true;
}

static void
add_parameters(struct expander *e, char which, bool quoted)
{
	char separator[2] = {which == '*' ? *e->ifs : ' ', '\0'};
	int i;

	if (e->out == NULL || (quoted && which == '*')) {
		if (quoted && which == '*')
			e->started = true;
		add_joined(e, quoted ? QUOTED : PLAIN, separator);
		return;
	}
	for (i = 0; i < sh.argc; i++) {
		if (i > 0 && (quoted || e->started))
			end_field(e);
		add_value(e, sh.argv[i], quoted);
	}
}

static bool
is_parameters(const char *name)
{
	return (name[0] == '@' || name[0] == '*') && name[1] == '\0';
}

/* The value of the part's parameter as far as tests go; NULL when unset. */
static const char *
tested_value(const struct part *part)
{
	const char *value;

	if (!is_parameters(part->text))
		value = param_value(part->text);
	else if (sh.argc == 0)
		value = NULL;
	else
		value = sh.argc == 1 ? sh.argv[0] : "set";
	if (value != NULL && part->colon && *value == '\0')
		return NULL;
	return value;
}

static void
add_param_value(struct expander *e, const struct part *part)
{
	const char *value;

	if (is_parameters(part->text)) {
		add_parameters(e, part->text[0], part->quoted);
		return;
	}
	value = param_value(part->text);
	if (value == NULL && OPT('u'))
		shell_error(2, "%s: parameter not set", part->text);
	add_value(e, value != NULL ? value : "", part->quoted);
}

static void
add_operand(struct expander *e, const struct part *part)
{
	if (part->quoted)
		e->started = true;
	expand_parts(e, part->word, !part->quoted);
}

static void
assign_param(struct expander *e, const struct part *part)
{
	const char *value = expand_single(part->word);

	if (!name_valid(part->text))
		shell_error(2, "%s: cannot assign in this way", part->text);
	var_set(part->text, value, 0);
	add_value(e, value, part->quoted);
}

static _Noreturn void
param_error(const struct part *part)
{
	const char *text = expand_single(part->word);

	if (*text == '\0')
		text = part->colon ? "parameter null or not set"
				   : "parameter not set";
	shell_error(2, "%s: %s", part->text, text);
}

static void
add_length(struct expander *e, const struct part *part)
{
	const char *value = param_value(part->text);
	char number[24];

	if (value == NULL && OPT('u') && !is_parameters(part->text))
		shell_error(2, "%s: parameter not set", part->text);
	snprintf(number, sizeof(number), "%zu",
	    is_parameters(part->text) ? (size_t)sh.argc
	    : value != NULL           ? strlen(value)
				      : 0);
	add_value(e, number, part->quoted);
}

static void
add_cut(struct expander *e, const struct part *part)
{
	const char *value;

	if (is_parameters(part->text)) {
		add_parameters(e, part->text[0], part->quoted);
		return;
	}
	value = param_value(part->text);
	if (value == NULL && OPT('u'))
		shell_error(2, "%s: parameter not set", part->text);
	if (value == NULL)
		value = "";
	add_value(e, param_cut(value, expand_pattern(part->word), part->op),
	    part->quoted);
}

static void
expand_param(struct expander *e, const struct part *part)
{
	switch (part->op) {
	case PARAM_LENGTH:
		add_length(e, part);
		break;
	case PARAM_DEFAULT:
		if (tested_value(part) == NULL)
			add_operand(e, part);
		else
			add_param_value(e, part);
		break;
	case PARAM_ASSIGN:
		if (tested_value(part) == NULL)
			assign_param(e, part);
		else
			add_param_value(e, part);
		break;
	case PARAM_ERROR:
		if (tested_value(part) == NULL)
			param_error(part);
		add_param_value(e, part);
		break;
	case PARAM_OTHER:
		if (tested_value(part) != NULL)
			add_operand(e, part);
		else
			add_value(e, "", part->quoted);
		break;
	case PARAM_PLAIN:
		add_param_value(e, part);
		break;
	case PARAM_CUT_HEAD:
	case PARAM_CUT_HEAD_LONG:
	case PARAM_CUT_TAIL:
	case PARAM_CUT_TAIL_LONG:
	default:
		add_cut(e, part);
		break;
	}
}

static void
expand_arith(struct expander *e, const struct part *part)
{
	char number[24];

	snprintf(number, sizeof(number), "%jd",
	    arith_eval(expand_single(part->word)));
	add_value(e, number, part->quoted);
}

/*
 * Literal text in which a tilde may stand at the start, and in assignments
 * after colons and the first equals sign. A tilde whose name runs into what
 * is not literal stays.
 */
static void
add_tilde_text(struct expander *e, const struct part *part, bool start)
{
	const char *p = part->text;

	while (*p != '\0') {
		size_t length;
		const char *home = NULL;

		if (start && *p == '~') {
			length = strcspn(p + 1, e->assignment ? "/:" : "/") + 1;
			if (p[length] != '\0' || part->next == NULL)
				home = tilde_expand(p + 1, length - 1);
		}
		if (home != NULL) {
			add_text(e, home, strlen(home), QUOTED);
			p += length;
		}
		length = e->assignment ? strcspn(p, ":") : strlen(p);
		if (p[length] == ':')
			length++;
		if (length > 0)
			add_text(e, p, length, PLAIN);
		p += length;
		start = e->assignment;
	}
}

static void
add_literal(struct expander *e, const struct word *word,
    const struct part *part, bool split)
{
	if (part->quoted)
		add_text(e, part->text, strlen(part->text), QUOTED);
	else if (strchr(part->text, '~') != NULL)
		add_tilde_text(e, part,
		    part == word->parts ||
			(e->assignment && e->text.length > 0 &&
			    strchr(":=", e->text.text[e->text.length - 1]) !=
				NULL));
	else if (split)
		add_split(e, part->text);
	else
		add_text(e, part->text, strlen(part->text), PLAIN);
}

static void
expand_parts(struct expander *e, const struct word *word, bool split_literals)
{
	const struct part *part;

	for (part = word->parts; part != NULL; part = part->next) {
		switch (part->kind) {
		case PART_LITERAL:
			add_literal(e, word, part, split_literals);
			break;
		case PART_PARAM:
			expand_param(e, part);
			break;
		case PART_ARITH:
			expand_arith(e, part);
			break;
		case PART_COMMAND:
		default:
			add_value(e, command_output(part->node), part->quoted);
			break;
		}
	}
}

/* A plain literal without anything to expand: the common case. */
static bool
add_simple(const struct word *word, struct field_list *list)
{
	const char *text = word_literal(word);

	if (text == NULL || *text == '~' || pattern_has_magic(text))
		return false;
	fields_add(list, arena_copy(sh.tmp, text, strlen(text)));
	return true;
}

void
expand_words(const struct word *words, struct field_list *list)
{
	for (; words != NULL; words = words->next) {
		struct expander e;

		if (add_simple(words, list))
			continue;
		expander_init(&e, list);
		expand_parts(&e, words, false);
		if (e.started)
			end_field(&e);
	}
}

static char *
expand_unsplit(const struct word *word, bool assignment, bool pattern)
{
	struct expander e;

	expander_init(&e, NULL);
	e.assignment = assignment;
	expand_parts(&e, word, false);
	return pattern ? field_pattern(&e) : strbuf_text(&e.text);
}

char *
expand_single(const struct word *word)
{
	return expand_unsplit(word, false, false);
}

char *
expand_pattern(const struct word *word)
{
	return expand_unsplit(word, false, true);
}

bool
word_is_assignment(const struct word *word)
{
	const struct part *part = word->parts;
	size_t length;

	if (part == NULL || part->kind != PART_LITERAL || part->quoted)
		return false;
	length = name_length(part->text);
	return length > 0 && part->text[length] == '=';
}

char *
expand_assignment(const struct word *word)
{
	struct part *first = word->parts;
	struct part value = *first;
	struct word rest = {.parts = &value};
	size_t length = name_length(first->text) + 1;
	struct strbuf sb;

	strbuf_init(&sb, sh.tmp);
	strbuf_append(&sb, first->text, length);
	value.text = first->text + length;
	if (*value.text == '\0')
		rest.parts = first->next;
	strbuf_string(&sb, expand_unsplit(&rest, true, false));
	return strbuf_text(&sb);
}
