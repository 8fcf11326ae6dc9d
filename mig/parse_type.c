/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Type specifications: what a type travels as, then its C names and
 * translation functions. Numbers may be expressions of + - * / and ().
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "mig.h"

#define DEPTH_MAX        32 /* of nested types and parentheses */
#define SIZE_MAX_ALLOWED 0x7fffffffU

static bool parse_sum(struct parser *p, int depth, int64_t *value);
static struct type *parse_spec(struct parser *p, int depth);

static bool
parse_atom(struct parser *p, int depth, int64_t *value)
{
	if (depth > DEPTH_MAX) {
		error_at(p->token.at, "expression is nested too deep");
		return false;
	}
	if (parse_accept(p, "("))
		return parse_sum(p, depth + 1, value) && parse_expect(p, ")");
	if (p->token.kind != TOK_NUMBER) {
		if (p->token.kind != TOK_BAD)
			error_at(p->token.at, "expected a number, found '%s'",
			    p->token.text);
		return false;
	}
	*value = p->token.number;
	parse_advance(p, LEX_NORMAL);
	return true;
}

static bool
parse_product(struct parser *p, int depth, int64_t *value)
{
	if (!parse_atom(p, depth, value))
		return false;
	while (parse_is(p, "*") || parse_is(p, "/")) {
		const char *at = p->token.at;
		bool divide = parse_is(p, "/");
		int64_t right;

		parse_advance(p, LEX_NORMAL);
		if (!parse_atom(p, depth, &right))
			return false;
		if (divide && right == 0) {
			error_at(at, "division by zero");
			return false;
		}
		if (divide)
			*value /= right;
		else if (__builtin_mul_overflow(*value, right, value)) {
			error_at(at, "number is too large");
			return false;
		}
	}
	return true;
}

static bool
parse_sum(struct parser *p, int depth, int64_t *value)
{
	if (!parse_product(p, depth, value))
		return false;
	while (parse_is(p, "+") || parse_is(p, "-")) {
		const char *at = p->token.at;
		bool minus = parse_is(p, "-");
		int64_t right;
		bool overflow;

		parse_advance(p, LEX_NORMAL);
		if (!parse_product(p, depth, &right))
			return false;
		if (minus)
			overflow = __builtin_sub_overflow(*value, right, value);
		else
			overflow = __builtin_add_overflow(*value, right, value);
		if (overflow) {
			error_at(at, "number is too large");
			return false;
		}
	}
	return true;
}

/* A number of at least `least`, for what it is. */
bool
parse_number_from(
    struct parser *parser, uint32_t least, const char *what, uint32_t *number)
{
	const char *at = parser->token.at;
	int64_t value;

	if (!parse_sum(parser, 0, &value))
		return false;
	if (value < (int64_t)least || value > (int64_t)SIZE_MAX_ALLOWED) {
		error_at(at, "%s must be between %u and %u", what, least,
		    SIZE_MAX_ALLOWED);
		return false;
	}
	*number = (uint32_t)value;
	return true;
}

/* A number of at least 1, for what it counts. */
bool
parse_number(struct parser *parser, const char *what, uint32_t *number)
{
	return parse_number_from(parser, 1, what, number);
}

/* What may be an element: a fixed number of bytes inline. */
static bool
check_element(
    const struct type *element, const char *at, uint32_t count, bool in_struct)
{
	if (element->out_of_line) {
		if (!in_struct && count > 0 && element->shape == SHAPE_ARRAY)
			return true;
		error_at(at, "elements cannot be out of line");
		return false;
	}
	if (element->memories) {
		error_at(at, "an array of memory cannot be an element");
		return false;
	}
	if (element->variable) {
		error_at(at, "elements must have a fixed size");
		return false;
	}
	if (element->is_port && (in_struct || element->shape != SHAPE_SCALAR)) {
		error_at(at, "ports can only be elements of a plain array");
		return false;
	}
	if ((uint64_t)count * element->size > SIZE_MAX_ALLOWED) {
		error_at(at, "type is larger than %u bytes", SIZE_MAX_ALLOWED);
		return false;
	}
	return true;
}

/* `[n]`, `[*:n]`, `[*]` or `[]`: count 0 means unbounded. */
static bool
parse_bounds(struct parser *p, uint32_t *count, bool *variable)
{
	*count = 0;
	*variable = true;
	if (!parse_expect(p, "["))
		return false;
	if (parse_accept(p, "]"))
		return true;
	if (parse_accept(p, "*")) {
		if (parse_accept(p, "]"))
			return true;
		if (!parse_expect(p, ":"))
			return false;
	} else {
		*variable = false;
	}
	return parse_number(p, "the number of elements", count) &&
	       parse_expect(p, "]");
}

static struct type *
parse_array(struct parser *p, int depth)
{
	uint32_t count;
	bool variable;
	const char *at;
	struct type *element;

	if (!parse_bounds(p, &count, &variable) || !parse_expect(p, "of"))
		return NULL;
	at = p->token.at;
	element = parse_spec(p, depth + 1);
	if (element == NULL || !check_element(element, at, count, false))
		return NULL;
	return type_array(element, count, variable);
}

struct member {
	const struct member *next;
	const char *name;
	const char *at;
};

/* A name, unless one of the others has it. */
static bool
parse_member_name(struct parser *p, const struct member **members)
{
	struct member *member = mem_alloc(sizeof(*member));
	const struct member *other;

	member->at = p->token.at;
	member->name = parse_name(p, "a member");
	if (member->name == NULL || !parse_expect(p, ";"))
		return false;
	for (other = *members; other != NULL; other = other->next) {
		if (strcmp(other->name, member->name) != 0)
			continue;
		error_at(
		    member->at, "member '%s' is there twice", member->name);
		note_at(other->at, "previous definition is here");
		return false;
	}
	member->next = *members;
	*members = member;
	return true;
}

/* One `TYPE NAME;`, laid out as C does behind *size bytes. */
static bool
parse_member(struct parser *p, int depth, const struct member **members,
    uint64_t *size, uint32_t *align)
{
	const char *at = p->token.at;
	const struct type *type = parse_spec(p, depth + 1);

	if (type == NULL || !check_element(type, at, 1, true) ||
	    !parse_member_name(p, members))
		return false;
	*size =
	    (*size + type->align - 1) / type->align * type->align + type->size;
	if (type->align > *align)
		*align = type->align;
	if (*size <= SIZE_MAX_ALLOWED - *align)
		return true;
	error_at(at, "type is larger than %u bytes", SIZE_MAX_ALLOWED);
	return false;
}

/* Behind `struct {`. After an error the rest up to `}` is passed over. */
static struct type *
parse_members(struct parser *p, int depth, const char *at)
{
	const struct member *members = NULL;
	uint64_t size = 0;
	uint32_t align = 1;

	while (!parse_is(p, "}")) {
		if (parse_member(p, depth, &members, &size, &align))
			continue;
		while (!parse_is(p, "}") && p->token.kind != TOK_EOF)
			parse_advance(p, LEX_NORMAL);
		(void)parse_accept(p, "}");
		return NULL;
	}
	parse_advance(p, LEX_NORMAL);
	if (size == 0) {
		error_at(at, "a struct needs members");
		return NULL;
	}
	return type_members(
	    (uint32_t)((size + align - 1) / align * align), align);
}

static struct type *
parse_struct(struct parser *p, int depth)
{
	uint32_t count;
	const char *at = p->token.at;
	struct type *element;

	if (parse_accept(p, "{"))
		return parse_members(p, depth, at);
	if (!parse_expect(p, "[") ||
	    !parse_number(p, "the number of elements", &count) ||
	    !parse_expect(p, "]") || !parse_expect(p, "of"))
		return NULL;
	at = p->token.at;
	element = parse_spec(p, depth + 1);
	if (element == NULL || !check_element(element, at, count, true))
		return NULL;
	return type_struct(element, count);
}

static struct type *
parse_string(struct parser *p)
{
	const char *at = p->token.at;
	uint32_t count;
	bool variable;

	if (!parse_bounds(p, &count, &variable))
		return NULL;
	if (count == 0) {
		error_at(at, "a c_string needs a bound");
		return NULL;
	}
	return type_string(count, variable);
}

static struct type *
parse_spec(struct parser *p, int depth)
{
	const char *at = p->token.at;
	struct type *type;
	bool known;

	if (depth > DEPTH_MAX) {
		error_at(at, "type is nested too deep");
		return NULL;
	}
	if (parse_accept(p, "^")) {
		at = p->token.at;
		type = parse_spec(p, depth + 1);
		if (type == NULL)
			return NULL;
		if (type->pointer || type->memories) {
			error_at(at, "this cannot be out of line");
			return NULL;
		}
		return type_pointer(type);
	}
	if (parse_accept(p, "array"))
		return parse_array(p, depth);
	if (parse_accept(p, "struct"))
		return parse_struct(p, depth);
	if (parse_accept(p, "c_string"))
		return parse_string(p);
	type = parse_ipc(p, &known);
	if (known)
		return type;
	return parse_typename(p, &type) ? type : NULL;
}

/* A known type's name; the current token is consumed in any case. */
bool
parse_typename(struct parser *parser, struct type **type)
{
	const char *at = parser->token.at;
	const char *name = parse_name(parser, "a type");

	if (name == NULL)
		return false;
	*type = type_find(name);
	if (*type == NULL)
		error_at(at, "unknown type '%s'", name);
	return *type != NULL;
}

/* A C type: `name`, `struct name`, `const char *`, ... */
const char *
parse_ctype(struct parser *parser)
{
	static const char *const prefixes[] = {
	    "const", "struct", "union", "enum", "unsigned", "signed"};
	const char *text = "";
	const char *word;
	size_t i = 0;

	while (i < sizeof(prefixes) / sizeof(prefixes[0])) {
		if (parser->token.kind == TOK_WORD &&
		    strcmp(parser->token.text, prefixes[i]) == 0) {
			text = mem_format("%s%s ", text, prefixes[i]);
			parse_advance(parser, LEX_NORMAL);
			i = 0;
		} else {
			i++;
		}
	}
	word = parse_name(parser, "a C type");
	if (word == NULL)
		return NULL;
	text = mem_format("%s%s", text, word);
	if (parse_is(parser, "*"))
		text = mem_format("%s ", text);
	while (parse_accept(parser, "*"))
		text = mem_format("%s*", text);
	return text;
}

/* `result function`: of the payload of a protected port, typed messages. */
static bool
parse_payload(struct parser *p, struct translation *t)
{
	if (!parse_expect(p, ":"))
		return false;
	t->payload_result = parse_ctype(p);
	if (t->payload_result == NULL)
		return false;
	t->payload = parse_name(p, "a function");
	return t->payload != NULL;
}

/* `result function(parameter)`; a destructor has no result. */
static bool
parse_translation(struct parser *p, bool has_result, struct translation *t)
{
	if (!parse_expect(p, ":"))
		return false;
	if (has_result) {
		t->result = parse_ctype(p);
		if (t->result == NULL)
			return false;
	}
	t->function = parse_name(p, "a function");
	if (t->function == NULL || !parse_expect(p, "("))
		return false;
	t->parameter = parse_ctype(p);
	return t->parameter != NULL && parse_expect(p, ")");
}

static bool
parse_cname(struct parser *p, const char **name)
{
	if (!parse_expect(p, ":"))
		return false;
	*name = parse_ctype(p);
	return *name != NULL;
}

/* `ctype` is of both sides; what one of them was called before is over. */
static bool
parse_both_names(struct parser *p, struct type *type)
{
	type->user_ctype = NULL;
	type->server_ctype = NULL;
	return parse_cname(p, &type->ctype);
}

/* All translations and C names after a type specification. */
static bool
parse_attributes(struct parser *p, struct type *type)
{
	bool fine = true;

	while (fine) {
		if (parse_accept(p, "intran"))
			fine = parse_translation(p, true, &type->intran);
		else if (parse_accept(p, "intranpayload"))
			fine = parse_payload(p, &type->intran);
		else if (parse_accept(p, "outtran"))
			fine = parse_translation(p, true, &type->outtran);
		else if (parse_accept(p, "destructor"))
			fine = parse_translation(p, false, &type->destructor);
		else if (parse_accept(p, "ctype"))
			fine = parse_both_names(p, type);
		else if (parse_accept(p, "cusertype"))
			fine = parse_cname(p, &type->user_ctype);
		else if (parse_accept(p, "cservertype"))
			fine = parse_cname(p, &type->server_ctype);
		else
			return true;
	}
	return false;
}

/*
 * After `NAME =` in an argument: a type of this name that nothing else sees.
 * NULL after an error.
 */
struct type *
parse_local_type(struct parser *parser, const char *name, const char *at)
{
	struct type *spec = parse_spec(parser, 0);
	struct type *type;

	if (spec == NULL)
		return NULL;
	type = type_copy(spec);
	type->from = spec;
	type->name = name;
	type->at = at;
	return parse_attributes(parser, type) ? type : NULL;
}

/* The second of two definitions holds, if both travel alike. */
static void
redefined(const struct type *old, const struct type *type)
{
	if (type_same(old, type))
		warn_at(type->at, "type '%s' is defined twice", type->name);
	else
		error_at(type->at, "type '%s' is defined twice, and differs",
		    type->name);
	note_at(old->at, "previous definition is here");
}

/* The same in a type statement: define the type of this name. */
struct type *
parse_named_type(struct parser *parser, const char *name, const char *at)
{
	struct type *old = type_find(name);
	struct type *type = parse_local_type(parser, name, at);
	struct type *known = type;

	if (old != NULL && !old->built_in && type != NULL)
		redefined(old, type);
	/* A broken definition still makes the name known: no cascade. */
	if (known == NULL) {
		known = type_scalar("MACH_MSG_TYPE_INTEGER_32");
		if (known == NULL)
			return NULL;
		known->name = name;
		known->at = at;
	}
	type_define(known);
	return type;
}
