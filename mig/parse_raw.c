/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Raw C values as arguments: `PointerTo(T)`, `ValueOf(T)` and
 * `PointerToIfNot(T, V)`. T is a C type that only the C compiler knows; the
 * message has the object itself.
 */
#include <string.h>

#include "mig.h"

static const struct {
	const char *word;
	enum raw raw;
} words[] = {
    {"PointerTo", RAW_POINTER},
    {"ValueOf", RAW_VALUE},
    {"PointerToIfNot", RAW_UNLESS},
};

/* Behind the comma: the pointer that means there is no object. */
static const char *
parse_unless(struct parser *p)
{
	const char *value;

	if (!parse_is(p, ",")) {
		(void)parse_expect(p, ",");
		return NULL;
	}
	parse_advance(p, LEX_EXPR);
	value = parse_name(p, "a C value");
	return value;
}

/* From the `(` to the `)`. */
static bool
parse_operands(struct parser *p, struct type *type)
{
	type->raw_ctype = parse_ctype(p);
	if (type->raw_ctype == NULL)
		return false;
	if (type->raw == RAW_UNLESS) {
		type->raw_unless = parse_unless(p);
		if (type->raw_unless == NULL)
			return false;
	}
	return parse_expect(p, ")");
}

/*
 * The type of a raw value. NULL after an error, and if something else is next:
 * then *known is false and nothing was consumed.
 */
struct type *
parse_raw(struct parser *parser, bool *known)
{
	const char *at = parser->token.at;
	struct type *type;
	size_t i = 0;

	while (i < sizeof(words) / sizeof(words[0]) &&
	       !parse_is_exactly(parser, words[i].word))
		i++;
	*known = i < sizeof(words) / sizeof(words[0]);
	if (!*known)
		return NULL;
	if (mig_abi->typed) {
		error_at(at, "%s is not of this message format", words[i].word);
		return NULL;
	}
	parse_advance(parser, LEX_NORMAL);
	type = mem_alloc(sizeof(*type));
	type->shape = SHAPE_STRUCT;
	type->raw = words[i].raw;
	type->count = 1;
	type->variable = type->raw == RAW_UNLESS;
	if (!parse_expect(parser, "("))
		return NULL;
	if (parse_operands(parser, type))
		return type;
	/* The rest of the argument may still be of use. */
	while (!parse_is(parser, ")") && !parse_is(parser, ";") &&
	       parser->token.kind != TOK_EOF)
		parse_advance(parser, LEX_NORMAL);
	(void)parse_accept(parser, ")");
	return NULL;
}
