/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Routines and their arguments: `[kind] name : type {, flag}` separated by
 * `;`. The first argument of no kind is the request port, all others are in.
 * An argument that cannot be read is skipped and its routine dropped, but
 * the routine keeps its message id.
 */
#include "mig.h"

static const struct {
	const char *word;
	enum arg_kind kind;
	bool user;
	bool server;
} kinds[] = {
    {"in", ARG_IN, true, true},
    {"out", ARG_OUT, true, true},
    {"inout", ARG_INOUT, true, true},
    {"requestport", ARG_REQUESTPORT, true, true},
    {"replyport", ARG_REPLYPORT, true, true},
    {"sreplyport", ARG_SREPLYPORT, false, true},
    {"ureplyport", ARG_UREPLYPORT, true, false},
    {"waittime", ARG_WAITTIME, true, false},
    {"sendtime", ARG_SENDTIME, true, false},
    {"msgoption", ARG_MSGOPTION, true, false},
    {"msgseqno", ARG_MSGSEQNO, false, true},
    {"sectoken", ARG_SECTOKEN, true, true},
    {"serversectoken", ARG_SECTOKEN, false, true},
    {"usersectoken", ARG_SECTOKEN, true, false},
    {"audittoken", ARG_AUDITTOKEN, true, true},
    {"serveraudittoken", ARG_AUDITTOKEN, false, true},
    {"useraudittoken", ARG_AUDITTOKEN, true, false},
    {"servercontexttoken", ARG_CONTEXT, false, true},
    /* What they are is said behind the type: parse_implicit. */
    {"serverimpl", ARG_MSGSEQNO, false, true},
    {"userimpl", ARG_MSGSEQNO, true, false},
};

static const struct {
	const char *word;
	unsigned flag;
} flags[] = {
    {"dealloc", FLAG_DEALLOC},
    {"notdealloc", FLAG_NOTDEALLOC},
    {"countinout", FLAG_COUNTINOUT},
    {"servercopy", FLAG_SERVERCOPY},
    {"physicalcopy", FLAG_PHYSICALCOPY},
    {"auto", FLAG_AUTO},
    /* What these ask for is so anyway. */
    {"samecount", FLAG_SAMECOUNT},
    {"overwrite", FLAG_OVERWRITE},
    {"const", FLAG_CONST},
    {"retcode", 0},
    {"islong", FLAG_LONG},
    {"isnotlong", FLAG_NOTLONG},
};

static bool
parse_flag(struct parser *p, struct argument *arg)
{
	size_t i;
	const char *at = p->token.at;

	for (i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if (!parse_accept(p, flags[i].word))
			continue;
		arg->flags |= flags[i].flag;
		arg->flag_at = at;
		if (flags[i].flag == FLAG_DEALLOC && parse_accept(p, "[")) {
			arg->flags ^= FLAG_DEALLOC | FLAG_DEALLOC_ARG;
			return parse_expect(p, "]");
		}
		return true;
	}
	if (p->token.kind != TOK_BAD)
		error_at(at, "expected an argument's flag, found '%s'",
		    p->token.text);
	return false;
}

/* `word` stood before a name: what kind of argument it makes. */
static bool
set_kind(struct argument *arg, const char *word, const char *at)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!same_word(kinds[i].word, word))
			continue;
		arg->kind = kinds[i].kind;
		arg->on_user = kinds[i].user;
		arg->on_server = kinds[i].server;
		return true;
	}
	error_at(at, "'%s' is not a kind of argument", word);
	return false;
}

/*
 * Behind a userimpl or serverimpl argument's type: `, FIELD` of the trailer,
 * or nothing, if the type says which.
 */
static bool
parse_implicit(struct parser *p, struct argument *arg)
{
	static const struct {
		const char *field;
		enum arg_kind kind;
		uint32_t size;
		enum type_shape shape;
	} fields[] = {
	    {"msgh_seqno", ARG_MSGSEQNO, 4, SHAPE_SCALAR},
	    {"msgh_sender", ARG_SECTOKEN, 8, SHAPE_STRUCT},
	    {"msgh_audit", ARG_AUDITTOKEN, 32, SHAPE_STRUCT},
	    {"msgh_context", ARG_CONTEXT, 8, SHAPE_SCALAR},
	};
	bool named = parse_accept(p, ",");
	const char *at = p->token.at;
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (named ? !parse_is_exactly(p, fields[i].field)
			  : fields[i].size != arg->type->size ||
				fields[i].shape != arg->type->shape)
			continue;
		arg->kind = fields[i].kind;
		if (named)
			parse_advance(p, LEX_NORMAL);
		return true;
	}
	error_at(named ? at : arg->at,
	    "expected msgh_seqno, msgh_sender, msgh_audit or msgh_context");
	return false;
}

/* What is behind the `:`: a raw value, a name, or a name and what it means. */
static struct type *
parse_argument_type(struct parser *p)
{
	const char *at = p->token.at;
	const char *word;
	bool known;
	struct type *type = parse_raw(p, &known);

	if (known)
		return type;
	word = parse_name(p, "a type");
	if (word == NULL)
		return NULL;
	if (parse_accept(p, "="))
		return parse_local_type(p, word, at);
	type = type_find(word);
	if (type == NULL)
		error_at(at, "unknown type '%s'", word);
	return type;
}

static struct argument *
parse_argument(struct parser *p)
{
	struct argument *arg = mem_alloc(sizeof(*arg));
	const char *word;
	bool implicit = false;

	arg->at = p->token.at;
	arg->kind_at = p->token.at;
	arg->on_user = true;
	arg->on_server = true;
	word = parse_name(p, "an argument");
	if (word == NULL)
		return NULL;
	if (p->token.kind == TOK_WORD) {
		if (!set_kind(arg, word, arg->at))
			return NULL;
		implicit = same_word(word, "serverimpl") ||
			   same_word(word, "userimpl");
		arg->at = p->token.at;
		word = parse_name(p, "the argument's name");
	}
	arg->name = word;
	if (!parse_expect(p, ":"))
		return NULL;
	arg->type = parse_argument_type(p);
	if (arg->type == NULL)
		return NULL;
	if (implicit && !parse_implicit(p, arg))
		return NULL;
	while (parse_accept(p, ","))
		if (!parse_flag(p, arg))
			return NULL;
	return arg;
}

/* Skip to the end of an argument after an error. */
static void
resync_argument(struct parser *p)
{
	int depth = 0;

	while (p->token.kind != TOK_EOF) {
		if (parse_is(p, "("))
			depth++;
		else if (parse_is(p, ";") || (parse_is(p, ")") && depth == 0))
			return;
		else if (parse_is(p, ")"))
			depth--;
		parse_advance(p, LEX_NORMAL);
	}
}

/* The arguments up to and with the `)`. */
static bool
parse_arguments(struct parser *p, struct argument **tail, bool *fine)
{
	*fine = true;
	if (parse_accept(p, ")"))
		return true;
	for (;;) {
		struct argument *arg = parse_argument(p);

		if (arg != NULL) {
			*tail = arg;
			tail = &arg->next;
		} else {
			*fine = false;
			resync_argument(p);
		}
		if (parse_accept(p, ")"))
			return true;
		if (arg == NULL && p->token.kind == TOK_EOF)
			return false;
		if (!parse_expect(p, ";"))
			return false;
	}
}

static void
apply_settings(const struct parser *p, struct routine *routine)
{
	routine->default_wait_time = p->wait_time;
	routine->default_send_time = p->send_time;
	routine->default_msg_option = p->msg_option;
	routine->consume = p->consume;
	routine->on_stack_limit = p->on_stack_limit;
	routine->raw_limit = p->raw_limit;
	routine->user_prefix = p->force_user_prefix != NULL
				   ? p->force_user_prefix
				   : p->user_prefix;
	routine->server_prefix = p->force_server_prefix != NULL
				     ? p->force_server_prefix
				     : p->server_prefix;
}

/* After `routine` or `simpleroutine`. */
bool
parse_routine(struct parser *parser, bool simple)
{
	struct routine *routine = mem_alloc(sizeof(*routine));
	bool fine;

	routine->at = parser->token.at;
	routine->simple = simple;
	routine->index = parser->next_index++;
	if (parser->interface->name == NULL) {
		error_at(
		    routine->at, "a routine before the subsystem statement");
		return false;
	}
	routine->name = parse_name(parser, "the routine's name");
	if (routine->name == NULL || !parse_expect(parser, "("))
		return false;
	apply_settings(parser, routine);
	if (!parse_arguments(parser, &routine->args, &fine))
		return false;
	if (fine) {
		*parser->routine_tail = routine;
		parser->routine_tail = &routine->next;
	}
	return true;
}
