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

/* For the few keywords that do not ignore case. */
bool
parse_is_exactly(const struct parser *parser, const char *word)
{
	return parser->token.kind == TOK_WORD &&
	       strcmp(parser->token.text, word) == 0;
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

/* A second subsystem statement replaces the first, if nothing used that. */
static bool
subsystem_again(const struct interface *interface, const char *at)
{
	if (interface->routines != NULL)
		error_at(at, "a second subsystem, after routines of the first");
	else
		warn_at(at, "a second subsystem: it replaces the first");
	note_at(interface->at, "the first is here");
	return interface->routines == NULL;
}

static bool
parse_subsystem(struct parser *p)
{
	struct interface *interface = p->interface;
	const char *at = p->token.at;

	interface->kernel_user = false;
	interface->kernel_server = false;

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
		} else if (interface->name != NULL &&
			   !subsystem_again(interface, at)) {
			return false;
		} else {
			interface->name = word;
			interface->at = at;
			break;
		}
	}
	at = p->token.at;
	if (!parse_number_from(
		p, 0, "the base of message ids", &interface->base))
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

static bool
parse_skip(struct parser *p)
{
	uint32_t count = 1;

	if (!parse_is(p, ";")) {
		const char *at = p->token.at;

		if (!parse_number_from(p, 0, "the number to skip", &count))
			return false;
		if (count > 10000) {
			error_at(at, "cannot skip more than 10000 ids");
			return false;
		}
	}
	p->next_index += count;
	return true;
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
	if (parse_is(p, "iimport"))
		return parse_import(p, IMPORT_SOURCE);
	*known = false;
	return false;
}

/* `rcsid "text"`: a text the object files shall have in them. */
static bool
parse_rcsid(struct parser *p)
{
	if (p->token.kind != TOK_STRING) {
		if (p->token.kind != TOK_BAD)
			error_at(p->token.at, "expected \"text\", found '%s'",
			    p->token.text);
		return false;
	}
	p->interface->rcsid = p->token.text;
	parse_advance(p, LEX_NORMAL);
	return true;
}

/* Routines without a return code went with the first Mach; nobody has one. */
static bool
refuse_procedure(struct parser *p)
{
	if (parse_is(p, "function"))
		error_at(p->token.at,
		    "a function returns no code: write a routine with an out argument");
	else if (parse_is(p, "procedure") || parse_is(p, "simpleprocedure"))
		error_at(p->token.at,
		    "a %s returns no code: write a routine or simpleroutine",
		    p->token.text);
	else if (p->token.kind != TOK_BAD)
		error_at(p->token.at, "expected a statement, found '%s'",
		    p->token.text);
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
	if (parse_accept(p, "rcsid"))
		return parse_rcsid(p);
	return refuse_procedure(p);
}

/* Skip to the next `;` after an error, not to one of a list of arguments. */
static void
resync(struct parser *p)
{
	int depth = 0;

	while (p->token.kind != TOK_EOF && (depth > 0 || !parse_is(p, ";"))) {
		if (parse_is(p, "("))
			depth++;
		else if (parse_is(p, ")") && depth > 0)
			depth--;
		parse_advance(p, LEX_NORMAL);
	}
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
	parser->on_stack_limit = parser->first_on_stack_limit;
	parser->raw_limit = UINT32_MAX;
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
