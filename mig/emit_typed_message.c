/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C structures of typed messages. `__Request__R_t` is the whole message
 * with all variable items at their most; `__Request__R_N_t` is what follows the
 * Nth of them, wherever it lies.
 */
#include "emit_typed.h"

static void
data(FILE *f, const struct interface *interface, const struct item *item,
    enum side side)
{
	const struct type *type = item->arg->type;
	const char *name = item->arg->name;
	const char *ctype = typed_type_name(interface, type, side);
	uint32_t count;

	if (type->shape == SHAPE_ARRAY || type->shape == SHAPE_STRING) {
		ctype = typed_element(interface, type, side, &count);
		if (type->unbounded)
			count = item->number / item->multiple;
		fprintf(f, "\t%s %s[%u];\n", ctype, name, count);
	} else {
		fprintf(f, "\t%s %s;\n", ctype, name);
	}
}

static void
ports(FILE *f, const struct item *item)
{
	if (item->arg->type->shape == SHAPE_SCALAR)
		fprintf(f, "\tmig_port_t %s;\n", item->arg->name);
	else
		fprintf(
		    f, "\tmig_port_t %s[%u];\n", item->arg->name, item->number);
}

static void
inline_data(FILE *f, const struct interface *interface, const struct item *item,
    enum side side)
{
	bool either = typed_is_indefinite(item->arg->type);

	if (either)
		fputs("\tunion {\n\t", f);
	if (item->arg->type->is_port)
		ports(f, item);
	else
		data(f, interface, item, side);
	if (either)
		fprintf(f, "\t\tuintptr_t %sP;\n\t};\n", item->arg->name);
}

static void
emit_item(FILE *f, const struct interface *interface, const struct item *item,
    enum side side)
{
	const char *name = item->arg->name;

	fprintf(f, "\t%s %s%sType;\n",
	    item->long_form ? "mig_long_t" : "mig_type_t", name,
	    item->kind == ITEM_CAPACITY ? "Cnt" : "");
	switch (item->kind) {
	case ITEM_OOL:
	case ITEM_OOL_PORTS:
		fprintf(f, "\tuintptr_t %s;\n", name);
		break;
	case ITEM_CAPACITY:
		fprintf(f, "\tmach_msg_type_number_t %sCnt;\n", name);
		break;
	case ITEM_PORT:
	case ITEM_DATA:
	case ITEM_VARIABLE:
	case ITEM_COUNT:
	case ITEM_MEMORIES:
	case ITEM_SUBS:
	case ITEM_OFFSET:
	default:
		inline_data(f, interface, item, side);
		break;
	}
	if (item->pad > 0)
		fprintf(f, "\tchar %sPad[%u];\n", name, item->pad);
}

static void
emit_struct(FILE *f, const struct interface *interface, const struct routine *r,
    bool reply, enum side side)
{
	const struct message *message = reply ? &r->reply : &r->request;
	const char *kind = reply ? "Reply" : "Request";
	const struct item *item = message->items;
	int segment = 0;

	fputs("\ntypedef struct {\n\tmach_msg_header_t Head;\n", f);
	if (message->has_retcode)
		fprintf(f,
		    "\tmig_type_t RetCodeType;\n\tkern_return_t RetCode;\n%s",
		    mig_abi->align > 4 ? "\tchar RetCodePad[4];\n" : "");
	for (; item != NULL; item = item->next)
		emit_item(f, interface, item, side);
	fprintf(f, "} __%s__%s_t;\n", kind, r->name);
	fprintf(f,
	    "_Static_assert(sizeof(__%s__%s_t) == %u,\n\t\"size of %s of %s\");\n",
	    kind, r->name, message->max, reply ? "reply" : "request", r->name);
	for (item = message->items; item != NULL; item = item->next) {
		if (item->segment > segment)
			fputs("\ntypedef struct {\n", f);
		segment = item->segment;
		if (segment == 0)
			continue;
		emit_item(f, interface, item, side);
		if (item->next == NULL || item->next->segment > segment)
			fprintf(
			    f, "} __%s__%s_%d_t;\n", kind, r->name, segment);
	}
}

/* The sizes the .defs gives the C types of data. */
static void
type_asserts(FILE *f, const struct interface *interface,
    const struct routine *r, enum side side)
{
	const struct argument *arg;

	for (arg = r->args; arg != NULL; arg = arg->next) {
		const struct type *type = arg->type;

		if ((!arg->in && !arg->out) || type->is_port ||
		    type->out_of_line || type->shape == SHAPE_STRING ||
		    type->shape == SHAPE_ARRAY)
			continue;
		fprintf(f,
		    "_Static_assert(sizeof(%s) == %u, \"size of %s\");\n",
		    typed_type_name(interface, type, side), type->size,
		    arg->name);
	}
}

/* All messages of the subsystem, with assertions on all sizes. */
void
typed_messages(FILE *f, const struct interface *interface, enum side side)
{
	const struct routine *r;

	fprintf(f, "\n#pragma pack(push, %u)\n", mig_abi->align);
	for (r = interface->routines; r != NULL; r = r->next) {
		fputc('\n', f);
		type_asserts(f, interface, r, side);
		emit_struct(f, interface, r, false, side);
		if (!r->simple)
			emit_struct(f, interface, r, true, side);
	}
	fputs("\n#pragma pack(pop)\n", f);
}

/* Declare the pointers to the later segments of a message. */
void
typed_segments(FILE *f, const struct routine *r, bool reply)
{
	const struct message *message = reply ? &r->reply : &r->request;
	const struct item *item;
	int done = 0;

	for (item = message->items; item != NULL; item = item->next) {
		if (item->segment <= done)
			continue;
		done = item->segment;
		fprintf(f, "\t__%s__%s_%d_t *%s%d;\n",
		    reply ? "Reply" : "Request", r->name, done,
		    reply ? "mig_out" : "mig_in", done);
	}
}
