/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Types by their IPC name or its number: `NAME`, `SENT | RECEIVED` of rights,
 * and with a size `(NAME, BITS)`. Names are as written: unlike keywords they
 * do not ignore case.
 */
#include <string.h>

#include "mig.h"

#define NAME_PREFIX "MACH_MSG_TYPE_"

/* The names of numbers; some have several, the first of a size is meant. */
static const struct {
	uint32_t number;
	const char *name;
} numbers[] = {
    {0, "MACH_MSG_TYPE_UNSTRUCTURED"},
    {1, "MACH_MSG_TYPE_INTEGER_16"},
    {2, "MACH_MSG_TYPE_INTEGER_32"},
    {8, "MACH_MSG_TYPE_CHAR"},
    {9, "MACH_MSG_TYPE_INTEGER_8"},
    {10, "MACH_MSG_TYPE_REAL"},
    {11, "MACH_MSG_TYPE_INTEGER_64"},
    {12, "MACH_MSG_TYPE_STRING_C"},
    {15, "MACH_MSG_TYPE_PORT_NAME"},
    {16, "MACH_MSG_TYPE_MOVE_RECEIVE"},
    {17, "MACH_MSG_TYPE_MOVE_SEND"},
    {18, "MACH_MSG_TYPE_MOVE_SEND_ONCE"},
    {19, "MACH_MSG_TYPE_COPY_SEND"},
    {20, "MACH_MSG_TYPE_MAKE_SEND"},
    {21, "MACH_MSG_TYPE_MAKE_SEND_ONCE"},
};

#define STRING_NUMBER 12

/* What was written. */
struct ipc_name {
	const char *at;
	struct type *type;
	const char *name;
	bool by_number;
};

static const char *
name_of_number(uint32_t number)
{
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (numbers[i].number == number)
			return numbers[i].name;
	return NULL;
}

/* A word that is an IPC type's name, or NULL. */
static const char *
known_word(const char *word)
{
	if (strcmp(word, "MACH_MSG_TYPE_BIT") == 0)
		return name_of_number(0);
	if (type_scalar(word) == NULL)
		return NULL;
	if (same_word(word, "polymorphic") ||
	    strncmp(word, NAME_PREFIX, strlen(NAME_PREFIX)) == 0)
		return word;
	return NULL;
}

/* Does an IPC name or number come next? If not, nothing is consumed. */
static bool
next_name(struct parser *p, struct ipc_name *ipc)
{
	ipc->at = p->token.at;
	ipc->by_number = p->token.kind == TOK_NUMBER;
	ipc->name = NULL;
	if (ipc->by_number)
		ipc->name = name_of_number(p->token.number);
	else if (p->token.kind == TOK_WORD)
		ipc->name = known_word(p->token.text);
	ipc->type = ipc->name != NULL ? type_scalar(ipc->name) : NULL;
	if (ipc->type == NULL)
		return false;
	parse_advance(p, LEX_NORMAL);
	return true;
}

static void
not_a_name(const struct parser *p)
{
	if (p->token.kind == TOK_NUMBER)
		error_at(p->token.at, "no IPC type has the number %s",
		    p->token.text);
	else if (p->token.kind != TOK_BAD)
		error_at(p->token.at, "expected an IPC type name, found '%s'",
		    p->token.text);
}

/* After a name: `| RECEIVED`, if it is there. */
static bool
parse_received(struct parser *p, struct ipc_name *ipc)
{
	struct ipc_name received;

	if (!parse_accept(p, "|"))
		return true;
	if (!next_name(p, &received)) {
		not_a_name(p);
		return false;
	}
	if (ipc->type->is_port == received.type->is_port &&
	    ipc->type->size == received.type->size) {
		ipc->type->received = received.type->received;
		return true;
	}
	error_at(received.at, "only ports have two IPC types");
	return false;
}

/* A string is as long as its size says. */
static bool
is_string(const struct ipc_name *ipc)
{
	return ipc->type->name_number == STRING_NUMBER;
}

/* A type of so many bits, as one of that size or a structure of more. */
static struct type *
sized_type(const struct ipc_name *ipc, uint32_t bits, const char *at)
{
	uint32_t unit = ipc->type->size * 8;
	struct type *type;

	if (strcmp(ipc->name, "MACH_MSG_TYPE_REAL") == 0 && bits == 64)
		return type_scalar("MACH_MSG_TYPE_REAL_64");
	if (bits % unit != 0) {
		error_at(
		    at, "%u bits are no multiple of the type's %u", bits, unit);
		return NULL;
	}
	if (bits == unit && !is_string(ipc))
		return ipc->type;
	if (ipc->type->is_port) {
		error_at(at, "ports can only be elements of a plain array");
		return NULL;
	}
	type = is_string(ipc) ? type_string(bits / 8, false)
			      : type_struct(ipc->type, bits / unit);
	type->whole = true;
	return type;
}

/* A flag of arguments in a type, where tools accept it without effect. */
static bool
ignore_flag(struct parser *p)
{
	static const char *const words[] = {
	    "dealloc", "notdealloc", "servercopy", "countinout"};
	const char *at = p->token.at;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!parse_accept(p, words[i]))
			continue;
		warn_at(at, "'%s' belongs behind an argument's type: ignored",
		    words[i]);
		return !parse_accept(p, "[") || parse_expect(p, "]");
	}
	if (p->token.kind != TOK_BAD)
		error_at(at, "expected islong or isnotlong, found '%s'",
		    p->token.text);
	return false;
}

/* `, islong` and `, isnotlong`; the last one holds. */
static bool
parse_long(struct parser *p, unsigned *flags)
{
	*flags = 0;
	while (parse_accept(p, ",")) {
		if (parse_accept(p, "islong"))
			*flags = FLAG_LONG;
		else if (parse_accept(p, "isnotlong"))
			*flags = FLAG_NOTLONG;
		else if (!ignore_flag(p))
			return false;
	}
	return true;
}

/* Behind `(`: `NAME, BITS [, islong | isnotlong]... )`. */
static struct type *
parse_sized(struct parser *p)
{
	struct ipc_name ipc;
	const char *at;
	struct type *type;
	unsigned flags;
	uint32_t bits;

	if (!next_name(p, &ipc)) {
		not_a_name(p);
		return NULL;
	}
	if (!parse_received(p, &ipc) || !parse_expect(p, ","))
		return NULL;
	at = p->token.at;
	if (!parse_number(p, "the number of bits", &bits))
		return NULL;
	if (!parse_long(p, &flags) || !parse_expect(p, ")"))
		return NULL;
	type = sized_type(&ipc, bits, at);
	if (type != NULL)
		type->flags = flags;
	if (type == ipc.type && !parse_received(p, &ipc))
		return NULL;
	return type;
}

/*
 * A type by IPC name. NULL after an error, and if something else is next:
 * then *known is false and nothing was consumed.
 */
struct type *
parse_ipc(struct parser *parser, bool *known)
{
	struct ipc_name ipc;

	*known = true;
	if (parse_accept(parser, "("))
		return parse_sized(parser);
	if (!next_name(parser, &ipc)) {
		*known = parser->token.kind == TOK_NUMBER;
		if (*known)
			not_a_name(parser);
		return NULL;
	}
	if (is_string(&ipc) ||
	    (ipc.by_number && ipc.name == name_of_number(0))) {
		error_at(ipc.at,
		    "this has no size of its own: write (%s, BITS)",
		    is_string(&ipc) ? ipc.name : "0");
		return NULL;
	}
	return parse_received(parser, &ipc) ? ipc.type : NULL;
}
