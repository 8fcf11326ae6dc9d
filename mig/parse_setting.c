/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statements that set something for what follows them.
 */
#include <string.h>

#include "mig.h"

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

/* `error PROC`: called by routines that return no code, of which is none. */
static bool
parse_error(struct parser *p)
{
	const char *at = p->token.at;

	if (parse_name(p, "a function") == NULL)
		return false;
	warn_at(at, "no routine calls it: routines return their code");
	return true;
}

/* A number that may be 0; no expression, as nobody has one here. */
static bool
parse_limit(struct parser *p, uint32_t *limit)
{
	parse_advance(p, LEX_NORMAL);
	if (p->token.kind != TOK_NUMBER) {
		if (p->token.kind != TOK_BAD)
			error_at(p->token.at, "expected a number, found '%s'",
			    p->token.text);
		return false;
	}
	*limit = p->token.number;
	parse_advance(p, LEX_NORMAL);
	return true;
}

/*
 * `UseSpecialReplyPort 0/1`: a reply port only this thread receives from.
 * Every reply port of ours is one.
 */
static bool
parse_special_port(struct parser *p)
{
	parse_advance(p, LEX_NORMAL);
	if (p->token.kind != TOK_NUMBER || p->token.number > 1) {
		if (p->token.kind != TOK_BAD)
			error_at(p->token.at, "expected 0 or 1, found '%s'",
			    p->token.text);
		return false;
	}
	parse_advance(p, LEX_NORMAL);
	return true;
}

static bool
parse_consume(struct parser *p)
{
	static const char *const words[] = {
	    [CONSUME_NONE] = "None",
	    [CONSUME_TIMEOUT] = "Timeout",
	    [CONSUME_ANY] = "Any",
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!parse_accept(p, words[i]))
			continue;
		p->consume = (enum consume)i;
		return true;
	}
	if (p->token.kind != TOK_BAD)
		error_at(p->token.at,
		    "expected None, Timeout or Any, found '%s'", p->token.text);
	return false;
}

/* Settings of Apple's dialect, some of which do not ignore case. */
static bool
parse_apple_setting(struct parser *p, bool *known)
{
	*known = true;
	if (parse_is_exactly(p, "UserTypeLimit"))
		return parse_limit(p, &p->raw_limit);
	if (parse_is_exactly(p, "OnStackLimit"))
		return parse_limit(p, &p->on_stack_limit);
	if (parse_is(p, "UseSpecialReplyPort"))
		return parse_special_port(p);
	if (parse_accept(p, "ConsumeOnSendError"))
		return parse_consume(p);
	*known = false;
	return false;
}

/* Statements that set something for what follows; *known: it was one. */
bool
parse_setting(struct parser *p, bool *known)
{
	*known = true;
	if (parse_accept(p, "serverprefix"))
		return parse_word(p, "a prefix", &p->server_prefix);
	if (parse_accept(p, "userprefix"))
		return parse_word(p, "a prefix", &p->user_prefix);
	if (parse_accept(p, "serverdemux"))
		return parse_word(p, "a function", &p->interface->server_demux);
	if (parse_accept(p, "error"))
		return parse_error(p);
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
	return parse_apple_setting(p, known);
}
