/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names and prototypes of stubs for typed messages, as the headers of systems
 * that have them expect: arrays that go in are `const T`, or the type `const_T`
 * where T is a pointer or a string, and in a kernel a port is an ipc_port_t.
 */
#include "emit_typed.h"

#include <string.h>

/* Is the code of this side in a kernel? */
bool
typed_in_kernel(const struct interface *interface, enum side side)
{
	return side == SIDE_USER ? interface->kernel_user
				 : interface->kernel_server;
}

/* The C name of a type. */
const char *
typed_type_name(
    const struct interface *interface, const struct type *type, enum side side)
{
	const char *name = type_name(type, side);

	if (name != NULL && type->is_port && type->element == NULL &&
	    typed_in_kernel(interface, side) &&
	    strcmp(name, "mach_port_t") == 0)
		return "ipc_port_t";
	return name;
}

/* The C type of a parameter; on the server it may be a translated one. */
const char *
typed_ctype(const struct interface *interface, const struct argument *arg,
    enum side side)
{
	const struct translation *in = &arg->type->intran;
	const struct translation *out = &arg->type->outtran;

	if (side == SIDE_SERVER && in->function != NULL)
		return in->result;
	if (side == SIDE_SERVER && in->payload != NULL)
		return in->payload_result;
	if (side == SIDE_SERVER && arg->out && out->function != NULL)
		return out->parameter;
	return typed_type_name(interface, arg->type, side);
}

/* Does the function on this side choose or see the disposition? */
bool
typed_polymorphic(const struct argument *arg, enum side side)
{
	bool sent = emit_sent(arg, side == SIDE_SERVER) == DISP_POLY;
	bool received = arg->type->received == DISP_POLY;

	if (!arg->type->is_port)
		return false;
	if (!arg->out)
		return side == SIDE_USER ? sent : received;
	if (!arg->in)
		return side == SIDE_USER ? received : sent;
	return sent || received;
}

/* array[]: inline while it is short, out of line else. */
bool
typed_is_indefinite(const struct type *type)
{
	return type->unbounded && !type->out_of_line;
}

/* What a sender, or a receiver, knows of it without looking. */
enum complexity
typed_complexity(const struct message *message, bool received)
{
	bool reply = message->has_retcode;
	const struct item *item;
	enum complexity found = COMPLEX_NEVER;

	for (item = message->items; item != NULL; item = item->next) {
		const struct type *type = item->arg->type;

		if (item->kind == ITEM_CAPACITY)
			continue;
		if (type->out_of_line)
			return COMPLEX_ALWAYS;
		if (type->is_port &&
		    (received ? type->received : emit_sent(item->arg, reply)) !=
			DISP_POLY)
			return COMPLEX_ALWAYS;
		if (type->is_port || type->unbounded)
			found = COMPLEX_DEPENDS;
	}
	return found;
}

/* The C type of an array's elements, and how many of them it has at most. */
const char *
typed_element(const struct interface *interface, const struct type *type,
    enum side side, uint32_t *count)
{
	const struct type *base = type->element;

	*count = type->count;
	while (type_name(base, side) == NULL) {
		*count *= base->count;
		base = base->element;
	}
	return typed_type_name(interface, base, side);
}

/* Must an array be copied between the message and a local of its C type? */
bool
typed_is_copied(const struct interface *interface, const struct item *item)
{
	const struct type *type = item->arg->type;
	uint32_t size;

	if (type->shape != SHAPE_ARRAY)
		return false;
	if (type->is_port)
		return item->bits / 8 !=
		       (interface->kernel_server ? mig_abi->pointer_size : 4);
	size = item->bits / 8 * item->multiple;
	return mig_abi->align < mig_abi->pointer_size && size % 8 == 0;
}

static const char *const numbers[] = {
    [0] = "MACH_MSG_TYPE_UNSTRUCTURED",
    [1] = "MACH_MSG_TYPE_INTEGER_16",
    [2] = "MACH_MSG_TYPE_INTEGER_32",
    [8] = "MACH_MSG_TYPE_CHAR",
    [9] = "MACH_MSG_TYPE_BYTE",
    [10] = "MACH_MSG_TYPE_REAL",
    [11] = "MACH_MSG_TYPE_INTEGER_64",
    [12] = "MACH_MSG_TYPE_STRING_C",
    [15] = "MACH_MSG_TYPE_PORT_NAME",
};

/* The name in an item's descriptor; of a right as sent or as received. */
const char *
typed_name(const struct item *item, bool received, bool reply)
{
	const struct type *type = item->arg->type;
	uint32_t number;

	if (item->kind == ITEM_CAPACITY)
		return numbers[2];
	if (type->is_port)
		return emit_disposition(
		    received ? type->received : emit_sent(item->arg, reply));
	for (number = type->shape == SHAPE_STRING ? 12 : 0;
	     type->element != NULL; type = type->element)
		if (type->shape == SHAPE_STRING)
			number = 12;
	if (number == 0)
		number = type->name_number;
	if (number < sizeof(numbers) / sizeof(numbers[0]) &&
	    numbers[number] != NULL)
		return numbers[number];
	return mem_format("%u", number);
}

/* A descriptor as a C expression. */
const char *
typed_descriptor(const struct item *item, const char *name, const char *number,
    const char *flags)
{
	return mem_format("%s(%s, %u, %s, %s)",
	    item->long_form ? "MIG_LONG_TYPE" : "MIG_TYPE", name, item->bits,
	    number, flags);
}

static void
comma(FILE *f, bool *first)
{
	fputs(*first ? "\n\t" : ",\n\t", f);
	*first = false;
}

static void
declare(FILE *f, const char *ctype, const char *star, const char *name)
{
	bool pointer = ctype[strlen(ctype) - 1] == '*';

	fprintf(f, "%s%s%s%s", ctype, pointer ? "" : " ", star, name);
}

/* `const T`, or `const_T` where that would not make what it points to so. */
static const char *
read_only(const struct type *type, const char *ctype)
{
	bool word = strpbrk(ctype, " *") == NULL;
	bool prefix = type->shape == SHAPE_STRING || typed_is_indefinite(type);

	return mem_format("const%s%s", prefix && word ? "_" : " ", ctype);
}

/* The parameters that come with an argument. */
static void
implied(FILE *f, const struct argument *arg, enum side side, bool *first)
{
	const char *star = arg->out ? "*" : "";

	if (typed_polymorphic(arg, side)) {
		comma(f, first);
		fprintf(f, "mach_msg_type_name_t %s%sPoly", star, arg->name);
	}
	if (emit_has_count(arg)) {
		comma(f, first);
		fprintf(f, "mach_msg_type_number_t %s%sCnt", star, arg->name);
	}
	if ((arg->flags & FLAG_DEALLOC_ARG) != 0 &&
	    (side == SIDE_USER) == arg->in) {
		comma(f, first);
		fprintf(f, "boolean_t %s%sDealloc", star, arg->name);
	}
	if ((arg->flags & FLAG_SERVERCOPY) != 0 && side == SIDE_SERVER) {
		comma(f, first);
		fprintf(f, "boolean_t %sSCopy", arg->name);
	}
}

static void
parameter(FILE *f, const struct interface *interface,
    const struct argument *arg, enum side side, bool *first)
{
	const struct type *type = arg->type;
	const char *ctype = typed_ctype(interface, arg, side);
	bool array = !type->out_of_line && (type->shape == SHAPE_ARRAY ||
					       type->shape == SHAPE_STRING);

	comma(f, first);
	if (array && !arg->out)
		declare(f, read_only(type, ctype), "", arg->name);
	else if (array && !typed_is_indefinite(type))
		declare(f, ctype, "", arg->name);
	else
		declare(f, ctype, arg->out ? "*" : "", arg->name);
	implied(f, arg, side, first);
}

/* A routine's function, from its type to `end`. */
void
typed_prototype(FILE *f, const struct interface *interface,
    const struct routine *routine, enum side side, const char *end)
{
	const struct argument *arg;
	bool first = true;

	fprintf(f, "kern_return_t %s\n(",
	    emit_routine_name(interface, routine, side));
	for (arg = routine->args; arg != NULL; arg = arg->next)
		if (side == SIDE_USER ? arg->on_user : arg->on_server)
			parameter(f, interface, arg, side, &first);
	fprintf(f, "%s)%s", first ? "void" : "\n", end);
}
