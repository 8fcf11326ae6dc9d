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

/* Does writing the message take the length of something? */
bool
typed_has_length(const struct message *message)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next)
		if (item->kind == ITEM_VARIABLE ||
		    item->arg->type->shape == SHAPE_STRING)
			return true;
	return false;
}

/* Can a message from a kernel carry a receive right? */
bool
typed_has_circle(const struct interface *interface,
    const struct message *message, enum side side)
{
	const struct item *item;

	if (!typed_in_kernel(interface, side))
		return false;
	for (item = message->items; item != NULL; item = item->next) {
		enum disposition sent =
		    emit_sent(item->arg, message->has_retcode);

		if (item->kind == ITEM_PORT &&
		    item->arg->type->shape == SHAPE_SCALAR &&
		    (sent == DISP_POLY || sent == DISP_MOVE_RECEIVE))
			return true;
	}
	return false;
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

/* `const T`, or `const_T` where that would not make what it points to so. */
static const char *
read_only(const struct type *type, const char *ctype)
{
	bool word = strpbrk(ctype, " *") == NULL;
	bool prefix = type->shape == SHAPE_STRING || typed_is_indefinite(type);

	return mem_format("const%s%s", prefix && word ? "_" : " ", ctype);
}

static void
parameter(FILE *f, const struct interface *interface,
    const struct argument *arg, enum side side, bool *first)
{
	const struct type *type = arg->type;
	const char *ctype = typed_ctype(interface, arg, side);
	bool array = !type->out_of_line && (type->shape == SHAPE_ARRAY ||
					       type->shape == SHAPE_STRING);

	emit_comma(f, first);
	if (array && !arg->out)
		emit_declare(f, read_only(type, ctype), "", arg->name);
	else if (array && !typed_is_indefinite(type))
		emit_declare(f, ctype, "", arg->name);
	else
		emit_declare(f, ctype, arg->out ? "*" : "", arg->name);
	emit_implied(f, arg, side, first);
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
