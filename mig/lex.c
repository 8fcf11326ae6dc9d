/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words, decimal numbers and punctuation of preprocessed .defs text. The
 * parser asks for one token at a time and says which of three modes the next
 * one is read in. Lines that start with `#` are markers (diag.c reads them) or
 * of the C compiler.
 */
#include <ctype.h>
#include <string.h>

#include "mig.h"

void
lex_start(struct lexer *lexer, const char *text, size_t length)
{
	lexer->start = text;
	lexer->next = text;
	lexer->end = text + length;
}

static bool
at_line_start(const struct lexer *lexer)
{
	return lexer->next == lexer->start || lexer->next[-1] == '\n';
}

/*
 * Step over a line that starts with `#`. The preprocessor leaves markers,
 * #pragma and, told to, definitions; what it obeys must not be there any more.
 */
static void
skip_directive(struct lexer *lexer)
{
	static const char *const known[] = {
	    "pragma", "define", "undef", "ident", "line"};
	const char *start = lexer->next++;
	const char *word;
	size_t length;
	bool fine;
	size_t i;

	while (lexer->next < lexer->end &&
	       (*lexer->next == ' ' || *lexer->next == '\t'))
		lexer->next++;
	word = lexer->next;
	while (lexer->next < lexer->end && *lexer->next != '\n')
		lexer->next++;
	for (length = 0; word + length < lexer->next &&
			 isalpha((unsigned char)word[length]);
	     length++)
		continue;
	fine = length == 0 && (word == lexer->next || *word == '\r' ||
				  isdigit((unsigned char)*word));
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (length == strlen(known[i]) &&
		    strncmp(word, known[i], length) == 0)
			fine = true;
	if (!fine)
		error_at(start,
		    "illegal directive '#%.*s': is this preprocessed?",
		    (int)length, word);
}

/* Step over white space and lines of the preprocessor. */
static void
skip_space(struct lexer *lexer)
{
	while (lexer->next < lexer->end) {
		if (*lexer->next == '#' && at_line_start(lexer)) {
			skip_directive(lexer);
		} else if (isspace((unsigned char)*lexer->next)) {
			lexer->next++;
		} else {
			return;
		}
	}
}

static bool
is_word(char c, enum lex_mode mode)
{
	if (isalnum((unsigned char)c) || c == '_')
		return true;
	return mode == LEX_EXPR && c != '\0' && strchr("-/.$", c) != NULL;
}

static void
lex_word(struct lexer *lexer, enum lex_mode mode, struct token *token)
{
	const char *start = lexer->next;

	while (lexer->next < lexer->end && is_word(*lexer->next, mode))
		lexer->next++;
	token->kind = TOK_WORD;
	token->text = mem_text(start, (size_t)(lexer->next - start));
}

static void
lex_number(struct lexer *lexer, struct token *token)
{
	uint64_t value = 0;
	const char *start = lexer->next;

	while (
	    lexer->next < lexer->end && isdigit((unsigned char)*lexer->next)) {
		if (value <= UINT32_MAX)
			value = value * 10 + (uint64_t)(*lexer->next - '0');
		lexer->next++;
	}
	token->kind = TOK_NUMBER;
	if (lexer->next < lexer->end && is_word(*lexer->next, LEX_NORMAL)) {
		error_at(start, "only decimal numbers are allowed");
		while (lexer->next < lexer->end &&
		       is_word(*lexer->next, LEX_NORMAL))
			lexer->next++;
		token->kind = TOK_BAD;
	} else if (value > INT32_MAX) {
		error_at(start, "number is larger than 2147483647");
		token->kind = TOK_BAD;
	}
	token->number = (uint32_t)value;
	token->text = mem_text(start, (size_t)(lexer->next - start));
}

/* "..." or <...>, on one line. */
static void
lex_string(struct lexer *lexer, char close, struct token *token)
{
	const char *start = lexer->next++;

	while (lexer->next < lexer->end && *lexer->next != close &&
	       *lexer->next != '\n')
		lexer->next++;
	if (lexer->next == lexer->end || *lexer->next != close) {
		error_at(start, "missing %c at the end of the line", close);
		token->kind = TOK_BAD;
		token->text = "";
		return;
	}
	lexer->next++;
	token->kind = TOK_STRING;
	token->text = mem_text(start, (size_t)(lexer->next - start));
}

/* Read one token; at the end of the text TOK_EOF, again and again. */
void
lex_next(struct lexer *lexer, enum lex_mode mode, struct token *token)
{
	char c;

	skip_space(lexer);
	memset(token, 0, sizeof(*token));
	token->at = lexer->next;
	token->text = "end of file";
	if (lexer->next >= lexer->end)
		return;
	c = *lexer->next;
	if (c == '"') {
		lex_string(lexer, '"', token);
	} else if (mode == LEX_IMPORT && c == '<') {
		lex_string(lexer, '>', token);
	} else if (isdigit((unsigned char)c) && mode != LEX_EXPR) {
		lex_number(lexer, token);
	} else if (is_word(c, mode)) {
		lex_word(lexer, mode, token);
	} else {
		token->kind = TOK_PUNCT;
		token->text = mem_text(lexer->next++, 1);
	}
}
