/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names and types in Rust. A number is what the C type of that name is; a
 * struct of the interface is a type of its own around its words. Who sends a
 * right gives it away by value or lends it by reference; who receives one owns
 * it.
 */
#include <string.h>

#include "emit_rust.h"

static const struct {
	const char *c;
	const char *rust;
	uint32_t size;
} numbers[] = {
    {"char", "u8", 1},
    {"byte", "u8", 1},
    {"uint8_t", "u8", 1},
    {"unsigned char", "u8", 1},
    {"int8_t", "i8", 1},
    {"signed char", "i8", 1},
    {"short", "i16", 2},
    {"int16_t", "i16", 2},
    {"uint16_t", "u16", 2},
    {"unsigned short", "u16", 2},
    {"int", "i32", 4},
    {"int32_t", "i32", 4},
    {"integer_t", "i32", 4},
    {"boolean_t", "i32", 4},
    {"kern_return_t", "i32", 4},
    {"uint32_t", "u32", 4},
    {"unsigned", "u32", 4},
    {"unsigned int", "u32", 4},
    {"natural_t", "u32", 4},
    {"mach_port_name_t", "u32", 4},
    {"mach_port_t", "u32", 4},
    {"long", "i64", 8},
    {"int64_t", "i64", 8},
    {"intptr_t", "i64", 8},
    {"uint64_t", "u64", 8},
    {"unsigned long", "u64", 8},
    {"uintptr_t", "u64", 8},
    {"vm_address_t", "u64", 8},
    {"vm_offset_t", "u64", 8},
    {"vm_size_t", "u64", 8},
    {"float", "f32", 4},
    {"double", "f64", 8},
};

/* Words of the language, of any edition, and what gets another name. */
static const char *const keywords[] = {"abstract", "as", "async", "await",
    "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "static", "struct", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield"};
static const char *const reserved[] = {
    "crate", "self", "super", "Self", "_", "Ok", "Err", "Some", "None"};

/* A name of the interface: r#type, self_. */
const char *
rust_name(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (strcmp(reserved[i], name) == 0)
			return mem_format("%s_", name);
	for (i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (strcmp(keywords[i], name) == 0)
			return mem_format("r#%s", name);
	return name;
}

static const char *
known_number(const char *c, uint32_t size)
{
	size_t i;

	if (c == NULL)
		return NULL;
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (numbers[i].size == size && strcmp(numbers[i].c, c) == 0)
			return numbers[i].rust;
	return NULL;
}

/* The nearest name that says more than the size, here or where it is from. */
static const char *
number(const struct type *type)
{
	const struct type *from;

	for (from = type; from != NULL; from = from->from) {
		const char *const names[] = {from->ctype, from->user_ctype,
		    from->server_ctype, from->name, from->raw_ctype};
		size_t i;

		for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			const char *rust = known_number(names[i], type->size);

			if (rust != NULL)
				return rust;
		}
	}
	return mem_format("u%u", type->size * 8);
}

/* Data by value. */
const char *
rust_type(const struct type *type)
{
	if (type->shape == SHAPE_SCALAR)
		return number(type);
	if (type->shape == SHAPE_STRUCT && type->name != NULL)
		return mem_format("super::types::%s", rust_name(type->name));
	return mem_format("[%s; %u]", rust_element(type), type->count);
}

/* What an array, string or unnamed struct is made of. */
const char *
rust_element(const struct type *type)
{
	return rust_type(type->element);
}

/* The type of the right a sender must have, or a receiver gets. */
const char *
rust_right(enum disposition disposition, const char *t)
{
	const char *kind = "Send";

	if (disposition == DISP_MOVE_RECEIVE || disposition == DISP_MAKE_SEND ||
	    disposition == DISP_MAKE_SEND_ONCE)
		kind = "Receive";
	else if (disposition == DISP_MOVE_SEND_ONCE)
		kind = "SendOnce";
	return mem_format("mig::%sRight<%s>", kind, t);
}

/* Does the sender lose it? */
bool
rust_moves(enum disposition sent)
{
	return sent == DISP_MOVE_RECEIVE || sent == DISP_MOVE_SEND ||
	       sent == DISP_MOVE_SEND_ONCE;
}

static const char *
sent_ports(
    const struct argument *arg, enum side side, const char *t, const char *life)
{
	const struct type *type = arg->type;
	bool moves = rust_moves(type->sent);
	bool kept = (arg->flags & (FLAG_DEALLOC | FLAG_DEALLOC_ARG)) == 0;
	const char *right = rust_right(type->sent, t);

	if (type->sent == DISP_POLY)
		return mem_format("mig::Sent<%s, %s>", life, t);
	if (type->shape == SHAPE_SCALAR && !moves && side == SIDE_USER)
		return mem_format("Option<&%s>", right);
	if (!moves)
		right = mem_format("mig::Lent<%s, %s>", life, right);
	if (type->shape == SHAPE_SCALAR)
		return mem_format("Option<%s>", right);
	if (type->out_of_line && side == SIDE_USER && kept)
		return mem_format(
		    "&%s[Option<%s>]", moves ? "mut " : "", right);
	if (type->out_of_line)
		return mem_format("mig::Rights<%s, %s>", t, right);
	if (type->variable)
		return mem_format("mig::Ports<%s, %u>", right, type->count);
	return mem_format("[Option<%s>; %u]", right, type->count);
}

static const char *
sent_memory(const struct argument *arg, enum side side, const char *t)
{
	const struct type *type = arg->type;
	const char *element = rust_element(type);

	if (type->shape == SHAPE_STRING && side == SIDE_USER)
		return "&(impl AsRef<[u8]> + ?Sized)";
	if (side == SIDE_SERVER || (arg->flags & FLAG_DEALLOC) != 0)
		return mem_format("mig::Memory<%s, %s>", t, element);
	if ((arg->flags & FLAG_DEALLOC_ARG) != 0)
		return mem_format("mig::Payload<'_, %s, %s>", t, element);
	if (!type->variable)
		return mem_format("&[%s; %u]", element, type->count);
	return mem_format("&[%s]", element);
}

/*
 * What a sender passes: the caller's parameter, or what the server's method
 * returns, except if it has a slot for that. `life` is how long it lends.
 */
const char *
rust_sent(
    const struct argument *arg, enum side side, const char *t, const char *life)
{
	const struct type *type = arg->type;

	if (type->is_port)
		return sent_ports(arg, side, t, life);
	if (type->out_of_line)
		return sent_memory(arg, side, t);
	if (type->shape == SHAPE_STRING && side == SIDE_USER)
		return "&(impl AsRef<[u8]> + ?Sized)";
	if (type->shape == SHAPE_STRING)
		return mem_format("mig::Text<%u>", type->count);
	if (type->variable)
		return mem_format("&[%s]", rust_element(type));
	if (type->shape == SHAPE_ARRAY && side == SIDE_USER)
		return mem_format("&%s", rust_type(type));
	return rust_type(type);
}

static const char *
received_ports(const struct type *type, const char *t)
{
	const char *right = rust_right(type->received, t);

	if (type->received == DISP_POLY)
		return mem_format("Option<mig::AnyRight<%s>>", t);
	if (type->shape == SHAPE_SCALAR)
		return mem_format("Option<%s>", right);
	if (type->out_of_line)
		return mem_format("mig::Rights<%s, %s>", t, right);
	if (type->variable)
		return mem_format("mig::Ports<%s, %u>", right, type->count);
	return mem_format("[Option<%s>; %u]", right, type->count);
}

/* What a receiver gets: the method's parameter, or the caller's result. */
const char *
rust_received(const struct argument *arg, enum side side, const char *t)
{
	const struct type *type = arg->type;
	const char *life = side == SIDE_USER ? "'b " : "";

	if (type->is_port)
		return received_ports(type, t);
	if (type->out_of_line)
		return mem_format("mig::Memory<%s, %s>", t, rust_element(type));
	if (type->shape == SHAPE_STRING && !type->variable && side == SIDE_USER)
		return mem_format("mig::Text<%u>", type->count);
	if (type->shape == SHAPE_STRING)
		return mem_format("&%s[u8]", life);
	if (!type->variable)
		return rust_type(type);
	if (side == SIDE_USER || strcmp(rust_element(type), "u8") == 0)
		return mem_format("&%s[%s]", life, rust_element(type));
	return mem_format("mig::Array<'_, %s>", rust_element(type));
}

/* Out data of variable size: has a place that somebody else provides. */
bool
rust_has_slot(const struct argument *arg)
{
	return arg->out && arg->type->variable && !arg->type->is_port &&
	       !arg->type->out_of_line;
}
