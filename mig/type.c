/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Types: the names known before any .defs is read, and how a type is made from
 * others. A derived type keeps structure and size of what it is made from but
 * not its C names and translation functions.
 */
#include <string.h>

#include "mig.h"

struct ipc_type {
	const char *name;
	const char *ctype;
	uint32_t size;
	enum disposition port;
	uint32_t number; /* on the wire of typed messages, if it is no right */
};

/* Names for what travels; dispositions exclude all others. */
static const struct ipc_type ipc_types[] = {
    {"MACH_MSG_TYPE_BOOLEAN", "boolean_t", 4, DISP_NONE, 0},
    {"MACH_MSG_TYPE_BYTE", "uint8_t", 1, DISP_NONE, 9},
    {"MACH_MSG_TYPE_CHAR", "char", 1, DISP_NONE, 8},
    {"MACH_MSG_TYPE_UNSTRUCTURED", "uint8_t", 1, DISP_NONE, 0},
    {"MACH_MSG_TYPE_INTEGER_8", "int8_t", 1, DISP_NONE, 9},
    {"MACH_MSG_TYPE_INTEGER_16", "int16_t", 2, DISP_NONE, 1},
    {"MACH_MSG_TYPE_INTEGER_32", "int32_t", 4, DISP_NONE, 2},
    {"MACH_MSG_TYPE_INTEGER_64", "int64_t", 8, DISP_NONE, 11},
    {"MACH_MSG_TYPE_REAL", "float", 4, DISP_NONE, 10},
    {"MACH_MSG_TYPE_REAL_32", "float", 4, DISP_NONE, 10},
    {"MACH_MSG_TYPE_REAL_64", "double", 8, DISP_NONE, 10},
    {"MACH_MSG_TYPE_STRING", "char", 1, DISP_NONE, 12},
    {"MACH_MSG_TYPE_STRING_C", "char", 1, DISP_NONE, 12},
    {"MACH_MSG_TYPE_PORT_NAME", "mach_port_name_t", 4, DISP_NONE, 15},
    {"MACH_MSG_TYPE_MOVE_RECEIVE", "mach_port_t", 4, DISP_MOVE_RECEIVE, 0},
    {"MACH_MSG_TYPE_MOVE_SEND", "mach_port_t", 4, DISP_MOVE_SEND, 0},
    {"MACH_MSG_TYPE_MOVE_SEND_ONCE", "mach_port_t", 4, DISP_MOVE_SEND_ONCE, 0},
    {"MACH_MSG_TYPE_COPY_SEND", "mach_port_t", 4, DISP_COPY_SEND, 0},
    {"MACH_MSG_TYPE_MAKE_SEND", "mach_port_t", 4, DISP_MAKE_SEND, 0},
    {"MACH_MSG_TYPE_MAKE_SEND_ONCE", "mach_port_t", 4, DISP_MAKE_SEND_ONCE, 0},
    {"MACH_MSG_TYPE_PORT_RECEIVE", "mach_port_t", 4, DISP_MOVE_RECEIVE, 0},
    {"MACH_MSG_TYPE_PORT_SEND", "mach_port_t", 4, DISP_MOVE_SEND, 0},
    {"MACH_MSG_TYPE_PORT_SEND_ONCE", "mach_port_t", 4, DISP_MOVE_SEND_ONCE, 0},
    {"MACH_MSG_TYPE_POLYMORPHIC", "mach_port_t", 4, DISP_POLY, 0},
    {"polymorphic", "mach_port_t", 4, DISP_POLY, 0},
};

#define WORD NULL /* an integer of the size of a pointer */

/* Types every .defs may use; one that defines them again wins. */
static const struct {
	const char *name;
	const char *ipc;
	const char *ctype;
} built_in_types[] = {
    {"char", "MACH_MSG_TYPE_CHAR", "char"},
    {"byte", "MACH_MSG_TYPE_BYTE", "uint8_t"},
    {"short", "MACH_MSG_TYPE_INTEGER_16", "short"},
    {"int", "MACH_MSG_TYPE_INTEGER_32", "int"},
    {"unsigned", "MACH_MSG_TYPE_INTEGER_32", "unsigned int"},
    {"unsigned32", "MACH_MSG_TYPE_INTEGER_32", "uint32_t"},
    {"int8", "MACH_MSG_TYPE_INTEGER_8", "int8_t"},
    {"int16", "MACH_MSG_TYPE_INTEGER_16", "int16_t"},
    {"int32", "MACH_MSG_TYPE_INTEGER_32", "int32_t"},
    {"int64", "MACH_MSG_TYPE_INTEGER_64", "int64_t"},
    {"int8_t", "MACH_MSG_TYPE_INTEGER_8", "int8_t"},
    {"uint8_t", "MACH_MSG_TYPE_INTEGER_8", "uint8_t"},
    {"int16_t", "MACH_MSG_TYPE_INTEGER_16", "int16_t"},
    {"uint16_t", "MACH_MSG_TYPE_INTEGER_16", "uint16_t"},
    {"int32_t", "MACH_MSG_TYPE_INTEGER_32", "int32_t"},
    {"uint32_t", "MACH_MSG_TYPE_INTEGER_32", "uint32_t"},
    {"int64_t", "MACH_MSG_TYPE_INTEGER_64", "int64_t"},
    {"uint64_t", "MACH_MSG_TYPE_INTEGER_64", "uint64_t"},
    {"intptr_t", WORD, "intptr_t"},
    {"uintptr_t", WORD, "uintptr_t"},
    {"boolean_t", "MACH_MSG_TYPE_BOOLEAN", "boolean_t"},
    {"kern_return_t", "MACH_MSG_TYPE_INTEGER_32", "kern_return_t"},
    {"integer_t", "MACH_MSG_TYPE_INTEGER_32", "integer_t"},
    {"natural_t", "MACH_MSG_TYPE_INTEGER_32", "natural_t"},
    {"vm_address_t", WORD, "vm_address_t"},
    {"vm_offset_t", WORD, "vm_offset_t"},
    {"vm_size_t", WORD, "vm_size_t"},
    {"mach_msg_timeout_t", "MACH_MSG_TYPE_INTEGER_32", "mach_msg_timeout_t"},
    {"mach_msg_type_number_t", "MACH_MSG_TYPE_INTEGER_32",
	"mach_msg_type_number_t"},
    {"mach_msg_option_t", "MACH_MSG_TYPE_INTEGER_32", "mach_msg_option_t"},
    {"mach_port_seqno_t", "MACH_MSG_TYPE_INTEGER_32", "mach_port_seqno_t"},
    {"mach_port_name_t", "MACH_MSG_TYPE_PORT_NAME", "mach_port_name_t"},
    {"mach_port_t", "MACH_MSG_TYPE_COPY_SEND", "mach_port_t"},
    {"mach_port_copy_send_t", "MACH_MSG_TYPE_COPY_SEND", "mach_port_t"},
    {"mach_port_make_send_t", "MACH_MSG_TYPE_MAKE_SEND", "mach_port_t"},
    {"mach_port_move_send_t", "MACH_MSG_TYPE_MOVE_SEND", "mach_port_t"},
    {"mach_port_make_send_once_t", "MACH_MSG_TYPE_MAKE_SEND_ONCE",
	"mach_port_t"},
    {"mach_port_move_send_once_t", "MACH_MSG_TYPE_MOVE_SEND_ONCE",
	"mach_port_t"},
    {"mach_port_move_receive_t", "MACH_MSG_TYPE_MOVE_RECEIVE", "mach_port_t"},
    {"mach_port_send_t", "MACH_MSG_TYPE_PORT_SEND", "mach_port_t"},
    {"mach_port_send_once_t", "MACH_MSG_TYPE_PORT_SEND_ONCE", "mach_port_t"},
    {"mach_port_receive_t", "MACH_MSG_TYPE_PORT_RECEIVE", "mach_port_t"},
    {"mach_port_poly_t", "MACH_MSG_TYPE_POLYMORPHIC", "mach_port_t"},
};

static struct names types;

struct type *
type_find(const char *name)
{
	return names_find(&types, name);
}

/* Make a named type known; the newest of a name is found. */
void
type_define(struct type *type)
{
	names_add(&types, type->name, type);
}

/* Do both travel in the same way? Their C names may differ. */
bool
type_same(const struct type *a, const struct type *b)
{
	if (a == b)
		return true;
	if (a == NULL || b == NULL)
		return false;
	return a->shape == b->shape && a->count == b->count &&
	       a->size == b->size && a->variable == b->variable &&
	       a->out_of_line == b->out_of_line && a->memories == b->memories &&
	       a->is_port == b->is_port && a->sent == b->sent &&
	       a->received == b->received && type_same(a->element, b->element);
}

/* What the receiver of a right of this disposition sees. */
enum disposition
type_received(enum disposition sent)
{
	switch (sent) {
	case DISP_COPY_SEND:
	case DISP_MAKE_SEND:
		return DISP_MOVE_SEND;
	case DISP_MAKE_SEND_ONCE:
		return DISP_MOVE_SEND_ONCE;
	case DISP_NONE:
	case DISP_MOVE_RECEIVE:
	case DISP_MOVE_SEND:
	case DISP_MOVE_SEND_ONCE:
	case DISP_POLY:
	default:
		return sent;
	}
}

/* MACH_MSG_TYPE_PORT_SEND and the like. */
static bool
is_received_name(const struct ipc_type *ipc)
{
	return ipc->port != DISP_NONE && strstr(ipc->name, "_PORT_") != NULL;
}

/* The anonymous type of an IPC type name; NULL if it is none. */
struct type *
type_scalar(const char *ipc_name)
{
	size_t i;

	for (i = 0; i < sizeof(ipc_types) / sizeof(ipc_types[0]); i++) {
		const struct ipc_type *ipc = &ipc_types[i];
		struct type *type;

		if (!same_word(ipc->name, ipc_name))
			continue;
		type = mem_alloc(sizeof(*type));
		type->shape = SHAPE_SCALAR;
		type->size = ipc->size;
		type->align = ipc->size > mig_abi->scalar_align
				  ? mig_abi->scalar_align
				  : ipc->size;
		type->is_port = ipc->port != DISP_NONE;
		/* What a receiver sees says nothing about what is sent. */
		type->sent = is_received_name(ipc) ? DISP_POLY : ipc->port;
		type->received = type_received(ipc->port);
		type->raw_ctype = ipc->ctype;
		type->name_number = ipc->number;
		return type;
	}
	return NULL;
}

/* The same structure, without name, C names and translations. */
struct type *
type_copy(const struct type *type)
{
	struct type *copy = mem_alloc(sizeof(*copy));
	static const struct translation none;

	*copy = *type;
	copy->name = NULL;
	copy->built_in = false;
	copy->raw_ctype = NULL;
	copy->ctype = NULL;
	copy->user_ctype = NULL;
	copy->server_ctype = NULL;
	copy->intran = none;
	copy->outtran = none;
	copy->destructor = none;
	return copy;
}

/*
 * array[count] of element; count 0 means unbounded: out of line, in typed
 * messages only if it is long.
 */
struct type *
type_array(struct type *element, uint32_t count, bool variable)
{
	struct type *type = mem_alloc(sizeof(*type));

	type->shape = SHAPE_ARRAY;
	type->element = element;
	type->count = count;
	type->size = count * element->size;
	type->align = element->align;
	type->variable = variable;
	type->unbounded = count == 0;
	type->out_of_line = type->unbounded && !mig_abi->typed;
	type->memories = element->out_of_line;
	type->is_port = element->is_port && !type->memories;
	type->sent = element->sent;
	type->received = element->received;
	return type;
}

struct type *
type_struct(struct type *element, uint32_t count)
{
	struct type *type = type_array(element, count, false);

	type->shape = SHAPE_STRUCT;
	return type;
}

/*
 * struct { ... }: so many bytes, of which only the C compiler knows more. Typed
 * messages count units of its alignment.
 */
struct type *
type_members(uint32_t size, uint32_t align)
{
	static const char *const units[] = {[1] = "MACH_MSG_TYPE_INTEGER_8",
	    [2] = "MACH_MSG_TYPE_INTEGER_16",
	    [4] = "MACH_MSG_TYPE_INTEGER_32",
	    [8] = "MACH_MSG_TYPE_INTEGER_64"};
	uint32_t unit = mig_abi->typed ? align : 1;
	struct type *type = type_struct(type_scalar(units[unit]), size / unit);

	type->align = align;
	return type;
}

struct type *
type_string(uint32_t count, bool variable)
{
	struct type *type =
	    type_array(type_scalar("MACH_MSG_TYPE_CHAR"), count, variable);

	type->shape = SHAPE_STRING;
	return type;
}

/* ^ target: the same out of line; what is no array becomes one of one. */
struct type *
type_pointer(struct type *target)
{
	struct type *type;

	if (target->shape == SHAPE_ARRAY || target->shape == SHAPE_STRING)
		type = type_copy(target);
	else
		type = type_array(target, 1, false);
	type->out_of_line = true;
	type->pointer = true;
	return type;
}

/* The C name of a type in stubs of one side; NULL for an unnamed composite. */
const char *
type_name(const struct type *type, enum side side)
{
	const char *own =
	    side == SIDE_USER ? type->user_ctype : type->server_ctype;

	if (own != NULL)
		return own;
	if (type->ctype != NULL)
		return type->ctype;
	return type->name != NULL ? type->name : type->raw_ctype;
}

/*
 * What an array is declared of in C, and how many: an unnamed composite has no
 * C name, so its own elements are counted instead.
 */
const struct type *
type_base(const struct type *type, uint32_t *count)
{
	const struct type *base = type->element;

	*count = type->count;
	while (type_name(base, SIDE_SERVER) == NULL) {
		*count *= base->count;
		base = base->element;
	}
	return base;
}

static void
define_struct(const char *name, uint32_t words)
{
	struct type *type =
	    type_struct(type_scalar("MACH_MSG_TYPE_INTEGER_32"), words);

	type->name = name;
	type->built_in = true;
	type_define(type);
}

/* Make the built-in types known, and no other. */
void
type_init(void)
{
	size_t i;
	struct type *pointer;
	const char *word = mig_abi->pointer_size == 8
			       ? "MACH_MSG_TYPE_INTEGER_64"
			       : "MACH_MSG_TYPE_INTEGER_32";

	memset(&types, 0, sizeof(types));
	for (i = 0; i < sizeof(built_in_types) / sizeof(built_in_types[0]);
	     i++) {
		const char *ipc = built_in_types[i].ipc;
		struct type *type = type_scalar(ipc != WORD ? ipc : word);

		if (type == NULL)
			continue;
		type->name = built_in_types[i].name;
		type->ctype = built_in_types[i].ctype;
		type->built_in = true;
		type_define(type);
	}
	define_struct("security_token_t", 2);
	define_struct("audit_token_t", 8);
	pointer = type_pointer(
	    type_array(type_scalar("MACH_MSG_TYPE_BYTE"), 0, true));
	pointer->name = "pointer_t";
	pointer->ctype = "vm_offset_t";
	pointer->built_in = true;
	type_define(pointer);
}
