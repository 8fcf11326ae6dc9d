/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tokens: operators, words, and the bodies of here-documents, which are read
 * when the newline after them is. One token is looked ahead; nested parsing
 * (command substitution) saves and restores `lexer`.
 */
#include <stdlib.h>
#include <string.h>

#include "msh.h"

struct here {
	struct redir *redir;
	const char *delimiter;
	bool quoted;
	bool tabs; /* <<-: leading tabs go */
	struct here *next;
};

struct lexer lexer;

static const char *const token_names[] = {
    [TOKEN_EOF] = "end of file",
    [TOKEN_NEWLINE] = "newline",
    [TOKEN_WORD] = "word",
    [TOKEN_IO_NUMBER] = "number",
    [TOKEN_SEMI] = ";",
    [TOKEN_DSEMI] = ";;",
    [TOKEN_AMP] = "&",
    [TOKEN_AND_IF] = "&&",
    [TOKEN_PIPE] = "|",
    [TOKEN_OR_IF] = "||",
    [TOKEN_LPAREN] = "(",
    [TOKEN_RPAREN] = ")",
    [TOKEN_LESS] = "<",
    [TOKEN_DLESS] = "<<",
    [TOKEN_DLESS_DASH] = "<<-",
    [TOKEN_LESS_AND] = "<&",
    [TOKEN_LESS_GREAT] = "<>",
    [TOKEN_GREAT] = ">",
    [TOKEN_DGREAT] = ">>",
    [TOKEN_GREAT_AND] = ">&",
    [TOKEN_CLOBBER] = ">|",
};

const char *
token_name(enum token_kind kind)
{
	return token_names[kind];
}

/* The delimiter with its quotes removed; *quoted when there were any. */
static const char *
here_delimiter(const struct word *word, bool *quoted)
{
	struct strbuf sb;
	const struct part *part;

	strbuf_init(&sb, lexer.arena);
	for (part = word->parts; part != NULL; part = part->next) {
		struct word one = {.parts = NULL};
		struct part copy = *part;

		*quoted |= part->quoted;
		if (part->kind == PART_LITERAL) {
			strbuf_string(&sb, part->text);
			continue;
		}
		copy.next = NULL;
		copy.quoted = false;
		one.parts = &copy;
		ast_print_word(&one, &sb);
	}
	return strbuf_text(&sb);
}

void
lex_nest(void)
{
	if (++lexer.depth > LEX_MAX_DEPTH)
		shell_error(2, "syntax error: nested too deep");
}

void
lex_expect_here(struct redir *redir, struct word *delimiter, bool tabs)
{
	struct here *here = arena_alloc(lexer.arena, sizeof(*here));
	struct here **end = &lexer.pending;

	here->redir = redir;
	here->tabs = tabs;
	here->delimiter = here_delimiter(delimiter, &here->quoted);
	while (*end != NULL)
		end = &(*end)->next;
	*end = here;
}

/* Add one line with its newline to `sb`; false at the end of the input. */
static bool
here_line(struct strbuf *sb, bool tabs)
{
	int c = input_getc();

	while (tabs && c == '\t')
		c = input_getc();
	if (c == INPUT_EOF)
		return false;
	while (c != '\n' && c != INPUT_EOF) {
		strbuf_add(sb, c);
		c = input_getc();
	}
	strbuf_add(sb, '\n');
	return true;
}

static struct word *
literal_word(const char *text)
{
	struct word *word = arena_alloc(lexer.arena, sizeof(*word));

	word->parts = arena_alloc(lexer.arena, sizeof(*word->parts));
	word->parts->quoted = true;
	word->parts->text = text;
	return word;
}

/* Parse `text` as if inside double quotes that reach its end. */
static struct word *
quoted_word(const char *text, int line)
{
	struct word *word;

	input_push_string(text, line, true);
	word = lex_here_word();
	input_pop();
	return word;
}

struct word *
lex_quoted_text(const char *text, struct arena *arena)
{
	struct lexer saved = lexer;
	struct word *word;

	lexer = (struct lexer){.arena = arena};
	word = quoted_word(text, input_line());
	lexer = saved;
	return word;
}

static void
here_read(struct here *here)
{
	struct strbuf sb;
	size_t size = strlen(here->delimiter);
	int line = input_line();

	strbuf_init(&sb, lexer.arena);
	for (;;) {
		size_t start = sb.length;

		if (!here_line(&sb, here->tabs))
			break;
		if (sb.length - start == size + 1 &&
		    memcmp(sb.text + start, here->delimiter, size) == 0) {
			sb.length = start;
			sb.text[start] = '\0';
			break;
		}
	}
	if (here->quoted)
		here->redir->word = literal_word(strbuf_text(&sb));
	else
		here->redir->word = quoted_word(strbuf_text(&sb), line);
}

/* After a newline: the bodies that were announced on the line. */
static void
here_read_all(void)
{
	while (lexer.pending != NULL) {
		struct here *here = lexer.pending;

		lexer.pending = here->next;
		here_read(here);
	}
}

/* The next character when it is `wanted`. */
static bool
follows(int wanted)
{
	int c = lex_getc();

	if (c == wanted)
		return true;
	input_unget(c);
	return false;
}

static enum token_kind
operator_less(void)
{
	if (follows('<'))
		return follows('-') ? TOKEN_DLESS_DASH : TOKEN_DLESS;
	if (follows('&'))
		return TOKEN_LESS_AND;
	return follows('>') ? TOKEN_LESS_GREAT : TOKEN_LESS;
}

static enum token_kind
operator_great(void)
{
	if (follows('>'))
		return TOKEN_DGREAT;
	if (follows('&'))
		return TOKEN_GREAT_AND;
	return follows('|') ? TOKEN_CLOBBER : TOKEN_GREAT;
}

/* The operator that starts with `c`, which is a metacharacter. */
static enum token_kind
operator_token(int c)
{
	switch (c) {
	case ';':
		return follows(';') ? TOKEN_DSEMI : TOKEN_SEMI;
	case '&':
		return follows('&') ? TOKEN_AND_IF : TOKEN_AMP;
	case '|':
		return follows('|') ? TOKEN_OR_IF : TOKEN_PIPE;
	case '(':
		return TOKEN_LPAREN;
	case ')':
		return TOKEN_RPAREN;
	case '<':
		return operator_less();
	default:
		return operator_great();
	}
}

/* Past blanks and comments. */
static int
skip_blanks(void)
{
	int c = lex_getc();

	while (c == ' ' || c == '\t')
		c = lex_getc();
	if (c == '#')
		while (c != '\n' && c != INPUT_EOF)
			c = input_getc();
	return c;
}

/* A word of digits right before < or > is a descriptor. */
static bool
is_io_number(const struct word *word)
{
	const char *text = word_literal(word);
	int c;

	if (text == NULL || text[strspn(text, "0123456789")] != '\0' ||
	    strlen(text) > 4)
		return false;
	c = input_getc();
	input_unget(c);
	return c == '<' || c == '>';
}

static void
lex_token(struct token *token)
{
	int c;

	input_blank_alias = false;
	c = skip_blanks();
	lexer.alias_checks = input_blank_alias;
	*token = (struct token){.kind = TOKEN_WORD, .line = input_line()};
	if (c == INPUT_EOF) {
		token->kind = TOKEN_EOF;
		here_read_all();
		return;
	}
	if (c == '\n') {
		token->kind = TOKEN_NEWLINE;
		token->line--;
		here_read_all();
		return;
	}
	if (lex_is_meta(c)) {
		token->kind = operator_token(c);
		return;
	}
	input_unget(c);
	token->word = lex_word();
	if (is_io_number(token->word)) {
		token->kind = TOKEN_IO_NUMBER;
		token->number = atoi(token->word->parts->text);
	}
}

struct token *
lex_peek(void)
{
	if (!lexer.have_token) {
		lex_token(&lexer.token);
		lexer.have_token = true;
	}
	return &lexer.token;
}

void
lex_next(void)
{
	lexer.have_token = false;
}

struct token *
lex_peek_command(void)
{
	for (;;) {
		struct token *token = lex_peek();
		const char *text = NULL;
		struct alias *alias;

		if (token->kind == TOKEN_WORD)
			text = word_literal(token->word);
		alias = text != NULL ? alias_find(text) : NULL;
		if (alias == NULL || alias->active)
			return token;
		lexer.have_token = false;
		input_push_alias(alias->value, alias);
	}
}
