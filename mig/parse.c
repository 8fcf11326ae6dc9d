/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statements of a .defs file. One function a statement; each leaves the
 * closing `;` to parse_interface, which after an error skips to the next one.
 * Keywords are recognised where they may stand, so any name may be a keyword.
 */
#include <string.h>

#include "mig.h"

void
parse_advance(struct parser *parser, enum lex_mode mode)
{
	lex_next(&parser->lexer, mode, &parser->token);
}

/* Is the current token this word or this punctuation? */
bool
parse_is(const struct parser *parser, const char *word)
{
	const struct token *token = &parser->token;

	return (token->kind == TOK_WORD || token->kind == TOK_PUNCT) &&
	       same_word(token->text, word);
}

bool
parse_accept(struct parser *parser, const char *word)
{
	if (!parse_is(parser, word))
		return false;
	parse_advance(parser, LEX_NORMAL);
	return true;
}

bool
parse_expect(struct parser *parser, const char *word)
{
	if (parse_accept(parser, word))
		return true;
	if (parser->token.kind != TOK_BAD)
		error_at(parser->token.at, "expected '%s', found '%s'", word,
		    parser->token.text);
	return false;
}

/* A word, for what it stands for; NULL after an error. */
const char *
parse_name(struct parser *parser, const char *what)
{
	const char *name = parser->token.text;

	if (parser->token.kind != TOK_WORD) {
		if (parser->token.kind != TOK_BAD)
			error_at(parser->token.at, "expected %s, found '%s'",
			    what, name);
		return NULL;
	}
	parse_advance(parser, LEX_NORMAL);
	return name;
}

static bool
parse_subsystem(struct parser *p)
{
	struct interface *interface = p->interface;
	bool again = interface->name != NULL;
	const char *at = p->token.at;

	for (;; at = p->token.at) {
		const char *word = parse_name(p, "the subsystem's name");

		if (word == NULL)
			return false;
		if (p->token.kind == TOK_WORD &&
		    same_word(word, "KernelUser")) {
			interface->kernel_user = true;
		} else if (p->token.kind == TOK_WORD &&
			   same_word(word, "KernelServer")) {
			interface->kernel_server = true;
		} else if (again) {
			error_at(at, "a second subsystem");
			note_at(interface->at, "the first is here");
			return false;
		} else {
			interface->name = word;
			interface->at = at;
			break;
		}
	}
	at = p->token.at;
	if (!parse_number(p, "the base of message ids", &interface->base))
		return false;
	if (interface->base > 0x7fffffffU - 1000000U) {
		error_at(at, "the base of message ids is too large");
		return false;
	}
	return true;
}

static bool
parse_type(struct parser *p)
{
	const char *at = p->token.at;
	const char *name = parse_name(p, "the type's name");

	return name != NULL && parse_expect(p, "=") &&
	       parse_named_type(p, name, at) != NULL;
}

/* The token after the keyword was lexed as a path. */
static bool
parse_import(struct parser *p, unsigned sides)
{
	struct import *import = mem_alloc(sizeof(*import));

	parse_advance(p, LEX_IMPORT);
	if (p->token.kind != TOK_STRING) {
		if (p->token.kind != TOK_BAD)
			error_at(p->token.at,
			    "expected <file> or \"file\", found '%s'",
			    p->token.text);
		return false;
	}
	import->file = p->token.text;
	import->sides = sides;
	*p->import_tail = import;
	p->import_tail = &import->next;
	parse_advance(p, LEX_NORMAL);
	return true;
}

/* Words of C joined by `|` after the keyword; `none` cancels. */
static bool
parse_expression(struct parser *p, const char *none, const char **value)
{
	const char *text = NULL;

	do {
		parse_advance(p, LEX_EXPR);
		if (p->token.kind != TOK_WORD) {
			error_at(p->token.at,
			    "expected an expression, found '%s'",
			    p->token.text);
			return false;
		}
		text = text == NULL
			   ? p->token.text
			   : mem_format("%s | %s", text, p->token.text);
		parse_advance(p, LEX_NORMAL);
	} while (parse_is(p, "|"));
	*value = strcmp(text, none) == 0 ? NULL : text;
	return true;
}

static bool
parse_word(struct parser *p, const char *what, const char **word)
{
	const char *name = parse_name(p, what);

	if (name != NULL)
		*word = name;
	return name != NULL;
}

static bool
parse_skip(struct parser *p)
{
	uint32_t count = 1;

	if (!parse_is(p, ";")) {
		const char *at = p->token.at;

		if (!parse_number(p, "the number to skip", &count))
			return false;
		if (count > 10000) {
			error_at(at, "cannot skip more than 10000 ids");
			return false;
		}
	}
	p->next_index += count;
	return true;
}

/* Statements that set something for what follows. */
static bool
parse_setting(struct parser *p, bool *known)
{
	*known = true;
	if (parse_accept(p, "serverprefix"))
		return parse_word(p, "a prefix", &p->server_prefix);
	if (parse_accept(p, "userprefix"))
		return parse_word(p, "a prefix", &p->user_prefix);
	if (parse_accept(p, "serverdemux"))
		return parse_word(p, "a function", &p->interface->server_demux);
	if (parse_is(p, "msgoption"))
		return parse_expression(
		    p, "MACH_MSG_OPTION_NONE", &p->msg_option);
	if (parse_is(p, "waittime"))
		return parse_expression(p, "", &p->wait_time);
	if (parse_is(p, "sendtime"))
		return parse_expression(p, "", &p->send_time);
	if (parse_accept(p, "nowaittime")) {
		p->wait_time = NULL;
		return true;
	}
	if (parse_accept(p, "nosendtime")) {
		p->send_time = NULL;
		return true;
	}
	*known = false;
	return false;
}

static bool
parse_imports(struct parser *p, bool *known)
{
	*known = true;
	if (parse_is(p, "import"))
		return parse_import(p, IMPORT_USER | IMPORT_SERVER);
	if (parse_is(p, "uimport"))
		return parse_import(p, IMPORT_USER);
	if (parse_is(p, "simport"))
		return parse_import(p, IMPORT_SERVER);
	if (parse_is(p, "dimport"))
		return parse_import(p, IMPORT_DEFINES);
	*known = false;
	return false;
}

static bool
parse_statement(struct parser *p)
{
	bool known;
	bool fine = parse_imports(p, &known);

	if (known)
		return fine;
	fine = parse_setting(p, &known);
	if (known)
		return fine;
	if (parse_accept(p, "subsystem"))
		return parse_subsystem(p);
	if (parse_accept(p, "type"))
		return parse_type(p);
	if (parse_accept(p, "skip"))
		return parse_skip(p);
	if (parse_accept(p, "routine"))
		return parse_routine(p, false);
	if (parse_accept(p, "simpleroutine"))
		return parse_routine(p, true);
	if (p->token.kind != TOK_BAD)
		error_at(p->token.at, "expected a statement, found '%s'",
		    p->token.text);
	return false;
}

/* Skip to the next `;` after an error. */
static void
resync(struct parser *p)
{
	while (p->token.kind != TOK_EOF && !parse_is(p, ";"))
		parse_advance(p, LEX_NORMAL);
}

/*
 * Parse everything into parser->interface; true if nothing was wrong. The
 * caller has set the fields of `parser` that options decide.
 */
bool
parse_interface(struct parser *parser, const char *text, size_t length)
{
	struct interface *interface = parser->interface;

	parser->import_tail = &interface->imports;
	parser->routine_tail = &interface->routines;
	parser->user_prefix = "";
	parser->server_prefix = "";
	lex_start(&parser->lexer, text, length);
	parse_advance(parser, LEX_NORMAL);
	while (parser->token.kind != TOK_EOF) {
		if (parse_accept(parser, ";"))
			continue;
		if (!parse_statement(parser) || !parse_expect(parser, ";"))
			resync(parser);
	}
	interface->end = parser->next_index;
	return diag_errors() == 0;
}
