/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Server stubs of few instructions (--compact): what a routine's request and
 * reply are is in tables, which a function of the run-time support goes through
 * (<mach/mig_compact.h>), and its code is only the call of the implementation.
 * Here: which routines can be said so, and the calls. Results are written to
 * where they travel, or copied there if they may not lie there.
 */
#include <string.h>

#include "mig.h"

/* As in <mach/mig_compact.h>. */
#define VALUES 24

/* What an item or a routine can say. */
#define NUMBER_MAX 65535U
#define BYTE_MAX   255U

bool mig_compact;

/* Is it given to the implementation as what its port is translated to? */
static bool
is_object(const struct argument *arg)
{
	return !arg->out && arg->type->intran.function != NULL;
}

/* Data that may not be written where they travel. */
static bool
is_misplaced(const struct routine *r, const struct argument *arg)
{
	const struct item *item = emit_value_item(&r->reply, arg);

	if (!arg->out || arg->type->is_port || arg->type->out_of_line ||
	    arg->type->shape == SHAPE_STRING)
		return false;
	if (item->arg->type->shape == SHAPE_ARRAY)
		return emit_is_copied(item, true);
	return arg->type->align > 4 && item->offset % 8 != 0;
}

/* How many values an argument has, of 8 bytes. */
static uint32_t
slots(const struct argument *arg)
{
	const struct type *type = arg->type;

	if (!arg->on_server)
		return 0;
	if (!arg->out)
		return is_object(arg);
	if (type->out_of_line)
		return 1;
	if (type->is_port && type->shape != SHAPE_SCALAR)
		return (type->count + 1) / 2;
	return type->is_port && emit_polymorphic(arg, SIDE_SERVER);
}

bool
compact_has_slot(const struct argument *arg)
{
	return slots(arg) > 0;
}

/* The first of an argument's values; of NULL, how many there are. */
uint32_t
compact_slot(const struct routine *r, const struct argument *arg)
{
	const struct argument *other;
	uint32_t slot = 0;

	for (other = r->args; other != arg; other = other->next)
		slot += slots(other);
	return slot;
}

/* A pointer to an object, from a port by itself. */
static bool
fits_object(const struct argument *arg)
{
	const struct type *type = arg->type;
	const char *result = type->intran.result;

	return type->is_port && type->shape == SHAPE_SCALAR &&
	       !type->out_of_line && result[strlen(result) - 1] == '*' &&
	       strstr(result, "const") == NULL;
}

/* Memory with a count of its own, which the implementation may keep. */
static bool
fits_memory(const struct interface *interface, const struct argument *arg)
{
	const struct type *type = arg->type;
	bool lent =
	    !type->is_port && (!type->pointer || (arg->flags & FLAG_AUTO) != 0);

	return type->variable && type->shape == SHAPE_ARRAY &&
	       arg->counter == arg &&
	       (arg->next == NULL || arg->next->counter != arg) &&
	       type->element->size <= NUMBER_MAX &&
	       (arg->out || interface->kernel_server || !lent);
}

static bool
fits_in(const struct interface *interface, const struct routine *r,
    const struct argument *arg)
{
	const struct type *type = arg->type;
	const struct item *item = emit_value_item(&r->request, arg);

	if (is_object(arg))
		return fits_object(arg);
	if (type->destructor.function != NULL)
		return false;
	if (!arg->in)
		return true;
	if ((arg->flags & FLAG_SAMECOUNT) != 0)
		return false;
	if (type->out_of_line)
		return fits_memory(interface, arg);
	if (type->shape == SHAPE_STRING)
		return type->variable;
	return !emit_by_address(type) ||
	       (!type->is_port && !emit_is_copied(item, false));
}

static bool
fits_out(const struct interface *interface, const struct argument *arg,
    const struct routine *r)
{
	const struct type *type = arg->type;
	bool shared = (arg->flags & FLAG_SAMECOUNT) != 0;

	if (type->outtran.function != NULL)
		return false;
	if (arg->in &&
	    (type->is_port || type->out_of_line || emit_by_address(type) ||
		type->intran.function != NULL))
		return false;
	if (type->out_of_line)
		return fits_memory(interface, arg) && !shared;
	if (type->shape == SHAPE_STRING)
		return type->variable;
	if (type->is_port)
		return !emit_polymorphic(arg, SIDE_SERVER) ||
		       type->shape == SHAPE_SCALAR;
	return !is_misplaced(r, arg) ||
	       (!type->variable && type->shape != SHAPE_ARRAY);
}

static bool
fits_argument(const struct interface *interface, const struct routine *r,
    const struct argument *arg)
{
	const struct type *type = arg->type;

	if (!arg->in && !arg->out && !arg->on_server)
		return true;
	if (type->raw != RAW_NONE || type->memories ||
	    type->count > NUMBER_MAX || (arg->flags & FLAG_DEALLOC_ARG) != 0)
		return false;
	return arg->out ? fits_out(interface, arg, r)
			: fits_in(interface, r, arg);
}

/* Of what follows data of variable size, only more of them can be found. */
static bool
fits_message(const struct message *message, bool reply)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next)
		if (item->segment > 0 &&
		    (!reply || item->kind != ITEM_VARIABLE))
			return false;
	return message->descriptors <= BYTE_MAX / 16;
}

/* Can tables say what a stub does? */
bool
compact_fits(const struct interface *interface, const struct routine *r)
{
	const struct argument *arg;

	if (!mig_compact || emit_trailer_need(r, SIDE_SERVER) != NULL ||
	    !fits_message(&r->request, false) || !fits_message(&r->reply, true))
		return false;
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (!fits_argument(interface, r, arg))
			return false;
	return compact_slot(r, NULL) <= VALUES;
}

/* A result written in place must not need more alignment than there is. */
static void
assert_place(FILE *f, const struct routine *r, const struct argument *arg)
{
	const struct type *type = arg->type;
	uint32_t count;

	if (!arg->out || type->is_port || type->out_of_line ||
	    type->shape == SHAPE_STRING || is_misplaced(r, arg))
		return;
	fprintf(f, "\t_Static_assert(_Alignof(%s) <= %u, \"where %s lies\");\n",
	    type_name(
		type->shape == SHAPE_ARRAY ? type_base(type, &count) : type,
		SIDE_SERVER),
	    emit_value_item(&r->reply, arg)->offset % 8 == 0 ? 8 : 4,
	    arg->name);
}

/* What goes there and back begins as it came, and what is misplaced as 0. */
static void
start_result(FILE *f, const struct routine *r, const struct argument *arg)
{
	const char *name = arg->name;

	if (is_misplaced(r, arg) && arg->in)
		fprintf(f, "\t%s %s = mig_in->%s;\n",
		    type_name(arg->type, SIDE_SERVER), name, name);
	else if (is_misplaced(r, arg))
		fprintf(f,
		    "\t%s %s;\n\t__builtin_memset(&%s, 0, sizeof(%s));\n",
		    type_name(arg->type, SIDE_SERVER), name, name, name);
	else if (arg->in && arg->out)
		fprintf(f, "\tmig_out->%s = mig_in->%s;\n", name, name);
}

/* Where a result goes. */
static void
out_argument(FILE *f, const struct routine *r, const struct argument *arg)
{
	const struct type *type = arg->type;

	if (type->is_port && type->shape == SHAPE_SCALAR && !type->out_of_line)
		fprintf(f, "(void *)&mig_out->%s.name", arg->name);
	else if (is_misplaced(r, arg))
		fprintf(f, "&%s", arg->name);
	else if (compact_has_slot(arg))
		fprintf(f, "(void *)&mig_values[%u]", compact_slot(r, arg));
	else
		fprintf(f, "(void *)&mig_out->%s", arg->name);
	if (emit_polymorphic(arg, SIDE_SERVER))
		fprintf(
		    f, ",\n\t    &mig_values[%u].word", compact_slot(r, arg));
	if (emit_has_count(arg))
		fprintf(f, ",\n\t    (void *)&mig_out->mig_%sCnt", arg->name);
	if ((arg->flags & FLAG_SERVERCOPY) != 0)
		emit_call_implied(f, NULL, r, arg);
}

static void
call_argument(FILE *f, const struct interface *interface,
    const struct routine *r, const struct argument *arg)
{
	if (arg->out) {
		out_argument(f, r, arg);
	} else if (is_object(arg)) {
		fprintf(f, "mig_values[%u].object", compact_slot(r, arg));
		emit_call_implied(f, interface, r, arg);
	} else {
		emit_call_argument(f, interface, r, arg);
	}
}

/* mig_call_R: the implementation, with what it gets. */
void
compact_call(
    FILE *f, const struct interface *interface, const struct routine *r)
{
	const struct argument *arg;
	bool late = false;

	fprintf(f,
	    "\nstatic kern_return_t\nmig_call_%s(mach_msg_header_t *mig_request, mach_msg_header_t *mig_reply,\n    union mig_value *mig_values)\n{\n\t__Request__%s_t *mig_in = (void *)mig_request;\n",
	    r->name, r->name);
	if (!r->simple)
		fprintf(f, "\t__Reply__%s_t *mig_out = (void *)mig_reply;\n",
		    r->name);
	fprintf(f, "\n\t(void)mig_in;\n\t(void)%s;\n\t(void)mig_values;\n",
	    r->simple ? "mig_reply" : "mig_out");
	for (arg = r->args; arg != NULL; arg = arg->next) {
		assert_place(f, r, arg);
		start_result(f, r, arg);
		late |= is_misplaced(r, arg);
	}
	fputs(late ? "\tkern_return_t mig_code = " : "\treturn ", f);
	emit_call(f, interface, r, call_argument);
	fputs(";\n", f);
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (is_misplaced(r, arg))
			fprintf(
			    f, "\tmig_out->%s = %s;\n", arg->name, arg->name);
	fputs(late ? "\treturn mig_code;\n}\n" : "}\n", f);
}
