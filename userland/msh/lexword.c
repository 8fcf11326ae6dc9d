/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of words: quotes, $x, ${x...}, $(...), `...`, $((...)). A word
 * becomes a list of parts, so that nothing has to be scanned again when it
 * is expanded. Where a word ends depends on what it is in: see enum context.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "msh.h"

enum context {
	IN_WORD,          /* ends at a metacharacter */
	IN_QUOTES,        /* "..." */
	IN_BRACES,        /* ${x-...} */
	IN_QUOTED_BRACES, /* "${x-...}" */
	IN_HERE,          /* here-document, arithmetic: to the end of input */
};

/* A word under construction; `literal` collects text of one quoting. */
struct builder {
	struct part **tail;
	struct strbuf literal;
	bool literal_quoted;
};

static void lex_context(struct builder *b, enum context context);

void
lex_unterminated(const char *what, int line)
{
	shell_error(
	    2, "syntax error: unterminated %s from line %d", what, line);
}

bool
lex_is_meta(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == INPUT_EOF ||
	       strchr(";&|()<>", c) != NULL;
}

/* input_getc past backslash-newline pairs. */
int
lex_getc(void)
{
	int c;

	while ((c = input_getc()) == '\\') {
		int after = input_getc();

		if (after != '\n') {
			input_unget(after);
			break;
		}
	}
	return c;
}

static void
builder_init(struct builder *b, struct word *word)
{
	*b = (struct builder){.tail = &word->parts};
	strbuf_init(&b->literal, lexer.arena);
}

static struct part *
builder_part(struct builder *b, enum part_kind kind, bool quoted)
{
	struct part *part = arena_alloc(lexer.arena, sizeof(*part));

	part->kind = kind;
	part->quoted = quoted;
	*b->tail = part;
	b->tail = &part->next;
	return part;
}

/* End the literal at hand, if any. */
static void
builder_flush(struct builder *b)
{
	if (b->literal.length == 0)
		return;
	builder_part(b, PART_LITERAL, b->literal_quoted)->text =
	    strbuf_text(&b->literal);
	strbuf_init(&b->literal, lexer.arena);
}

static void
builder_char(struct builder *b, int c, bool quoted)
{
	if (b->literal_quoted != quoted)
		builder_flush(b);
	b->literal_quoted = quoted;
	strbuf_add(&b->literal, c);
}

/* A flushed part of any kind but literal. */
static struct part *
builder_special(struct builder *b, enum part_kind kind, bool quoted)
{
	builder_flush(b);
	return builder_part(b, kind, quoted);
}

static void
lex_single_quotes(struct builder *b)
{
	int line = input_line();
	int c = input_getc();

	if (c == '\'') {
		builder_special(b, PART_LITERAL, true)->text = "";
		return;
	}
	while (c != '\'') {
		if (c == INPUT_EOF)
			lex_unterminated("quote", line);
		builder_char(b, c, true);
		c = input_getc();
	}
}

static void
lex_double_quotes(struct builder *b)
{
	int c = lex_getc();

	if (c == '"') {
		builder_special(b, PART_LITERAL, true)->text = "";
		return;
	}
	input_unget(c);
	lex_context(b, IN_QUOTES);
}

/* Parse the text of a backquoted command. */
static struct node *
parse_text(const char *text, int line)
{
	struct lexer saved = lexer;
	struct node *node;

	lexer = (struct lexer){.arena = saved.arena, .depth = saved.depth};
	input_push_string(text, line, true);
	node = parse_whole();
	input_pop();
	lexer = saved;
	return node;
}

static void
lex_backquotes(struct builder *b, bool quoted)
{
	struct strbuf sb;
	int line = input_line();
	int c;

	strbuf_init(&sb, lexer.arena);
	while ((c = lex_getc()) != '`') {
		if (c == INPUT_EOF)
			lex_unterminated("backquote", line);
		if (c == '\\') {
			c = lex_getc();
			if (c != '$' && c != '`' && c != '\\' &&
			    (c != '"' || !quoted))
				strbuf_add(&sb, '\\');
			if (c == INPUT_EOF)
				continue;
		}
		strbuf_add(&sb, c);
	}
	builder_special(b, PART_COMMAND, quoted)->node =
	    parse_text(strbuf_text(&sb), line);
}

/*
 * Collect text up to the )) that ends an arithmetic expansion. False when
 * it is a subshell in a command substitution after all; what was read is in
 * `sb` either way, without the final )).
 */
static bool
collect_arith(struct strbuf *sb)
{
	int depth = 0;
	int c;

	while ((c = lex_getc()) != INPUT_EOF) {
		if (c == '(')
			depth++;
		if (c == ')' && depth-- == 0) {
			c = lex_getc();
			if (c == ')')
				return true;
			input_unget(c);
			strbuf_add(sb, ')');
			return false;
		}
		strbuf_add(sb, c);
		if (c == '\\' && (c = lex_getc()) != INPUT_EOF)
			strbuf_add(sb, c);
	}
	return false;
}

static void
lex_arith(struct builder *b, const char *text, bool quoted, int line)
{
	struct part *part = builder_special(b, PART_ARITH, quoted);

	input_push_string(text, line, true);
	part->word = lex_here_word();
	input_pop();
}

/* After "$(". */
static void
lex_parenthesis(struct builder *b, bool quoted)
{
	struct lexer saved;
	struct node *node;
	int line = input_line();
	int c = lex_getc();

	if (c == '(') {
		struct strbuf sb;

		strbuf_init(&sb, lexer.arena);
		if (collect_arith(&sb)) {
			lex_arith(b, strbuf_text(&sb), quoted, line);
			return;
		}
		input_push_string(strbuf_text(&sb), line, false);
	}
	input_unget(c);
	if (c == '(')
		input_push_string("(", line, false);
	saved = lexer;
	lexer.have_token = false;
	node = parse_substitution();
	saved.pending = lexer.pending;
	lexer = saved;
	builder_special(b, PART_COMMAND, quoted)->node = node;
}

/* The name of a parameter after ${; NULL when there is none. */
static const char *
lex_param_name(void)
{
	struct strbuf sb;
	int c = lex_getc();

	strbuf_init(&sb, lexer.arena);
	if (isalpha(c) || c == '_') {
		for (; isalnum(c) || c == '_'; c = lex_getc())
			strbuf_add(&sb, c);
		input_unget(c);
	} else if (isdigit(c)) {
		for (; isdigit(c); c = lex_getc())
			strbuf_add(&sb, c);
		input_unget(c);
	} else if (c != INPUT_EOF && strchr("@*#?-$!", c) != NULL) {
		strbuf_add(&sb, c);
	} else {
		input_unget(c);
		return NULL;
	}
	return strbuf_text(&sb);
}

/* The operator in ${x<op>word}, of which `c` is the first character. */
static bool
lex_param_operator(struct part *part, int c)
{
	int again;

	if (c == ':') {
		part->colon = true;
		c = lex_getc();
		if (c == INPUT_EOF || strchr("-=?+", c) == NULL)
			return false;
	}
	switch (c) {
	case '-':
		part->op = PARAM_DEFAULT;
		return true;
	case '=':
		part->op = PARAM_ASSIGN;
		return true;
	case '?':
		part->op = PARAM_ERROR;
		return true;
	case '+':
		part->op = PARAM_OTHER;
		return true;
	case '#':
	case '%':
		part->op = c == '#' ? PARAM_CUT_HEAD : PARAM_CUT_TAIL;
		again = lex_getc();
		if (again == c)
			part->op++;
		else
			input_unget(again);
		return true;
	default:
		return false;
	}
}

static _Noreturn void
bad_substitution(void)
{
	shell_error(2, "bad substitution");
}

/* ${#x}: true when done; ${#}, ${#-x}... are about the parameter #. */
static bool
lex_param_length(struct part *part)
{
	int c = lex_getc();
	int after;

	input_unget(c);
	if (c == '}' || c == ':' || c == '=' || c == '+' || c == '%')
		return false;
	if (c == '-' || c == '?' || c == '#') {
		lex_getc();
		after = lex_getc();
		input_unget(after);
		input_unget(c);
		if (after != '}')
			return false;
	}
	part->text = lex_param_name();
	part->op = PARAM_LENGTH;
	if (part->text == NULL || lex_getc() != '}')
		bad_substitution();
	return true;
}

/* After "${". */
static void
lex_brace(struct builder *b, bool quoted)
{
	struct part *part = builder_special(b, PART_PARAM, quoted);
	enum context context = IN_BRACES;
	struct builder operand;
	int c;

	part->text = lex_param_name();
	if (part->text == NULL)
		bad_substitution();
	if (strcmp(part->text, "#") == 0 && lex_param_length(part))
		return;
	c = lex_getc();
	if (c == '}')
		return;
	if (!lex_param_operator(part, c))
		bad_substitution();
	if (quoted && part->op < PARAM_CUT_HEAD)
		context = IN_QUOTED_BRACES;
	part->word = arena_alloc(lexer.arena, sizeof(*part->word));
	builder_init(&operand, part->word);
	lex_context(&operand, context);
}

/* After "$". */
static void
lex_dollar(struct builder *b, bool quoted)
{
	int c = lex_getc();

	if (c == '(') {
		lex_parenthesis(b, quoted);
	} else if (c == '\'' && !quoted) {
		struct strbuf sb;

		strbuf_init(&sb, lexer.arena);
		lex_dollar_quotes(&sb);
		builder_special(b, PART_LITERAL, true)->text = strbuf_text(&sb);
	} else if (c == '{') {
		lex_brace(b, quoted);
	} else if (isalpha(c) || c == '_') {
		input_unget(c);
		builder_special(b, PART_PARAM, quoted)->text = lex_param_name();
	} else if (isdigit(c) ||
		   (c != INPUT_EOF && strchr("@*#?-$!", c) != NULL)) {
		char name[] = {(char)c, '\0'};

		builder_special(b, PART_PARAM, quoted)->text =
		    arena_copy(lexer.arena, name, 1);
	} else {
		input_unget(c);
		builder_char(b, '$', quoted);
	}
}

static void
lex_backslash(struct builder *b, enum context context)
{
	int c = input_getc();
	bool quoting = context == IN_WORD || context == IN_BRACES;

	if (c == INPUT_EOF) {
		builder_char(b, '\\', true);
		return;
	}
	if (!quoting)
		quoting = strchr("$`\\", c) != NULL ||
			  (c == '"' && context != IN_HERE) ||
			  (c == '}' && context == IN_QUOTED_BRACES);
	if (!quoting)
		builder_char(b, '\\', true);
	builder_char(b, c, true);
}

/* True when `c` ends what is being read; it is consumed, but for a word. */
static bool
ends_context(enum context context, int c, int line)
{
	switch (context) {
	case IN_WORD:
		if (!lex_is_meta(c))
			return false;
		input_unget(c);
		return true;
	case IN_QUOTES:
		if (c == INPUT_EOF)
			lex_unterminated("quote", line);
		return c == '"';
	case IN_BRACES:
	case IN_QUOTED_BRACES:
		if (c == INPUT_EOF)
			lex_unterminated("${", line);
		return c == '}';
	case IN_HERE:
	default:
		return c == INPUT_EOF;
	}
}

/* Read parts into `b` until the context ends. */
static void
lex_context(struct builder *b, enum context context)
{
	bool quoted = context != IN_WORD && context != IN_BRACES;
	int line = input_line();
	int c;

	lex_nest();
	while (!ends_context(context, c = lex_getc(), line)) {
		if (c == '$')
			lex_dollar(b, quoted);
		else if (c == '`')
			lex_backquotes(b, quoted);
		else if (c == '\\')
			lex_backslash(b, context);
		else if (c == '\'' && !quoted)
			lex_single_quotes(b);
		else if (c == '"' && context != IN_HERE)
			lex_double_quotes(b);
		else
			builder_char(b, c, quoted);
	}
	builder_flush(b);
	lexer.depth--;
}

static struct word *
lex_word_in(enum context context)
{
	struct word *word = arena_alloc(lexer.arena, sizeof(*word));
	struct builder b;

	builder_init(&b, word);
	lex_context(&b, context);
	return word;
}

struct word *
lex_word(void)
{
	return lex_word_in(IN_WORD);
}

struct word *
lex_here_word(void)
{
	return lex_word_in(IN_HERE);
}
