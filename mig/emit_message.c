/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C structures of messages. `__Request__R_t` is the whole message with all
 * variable items at their most; `__Request__R_N_t` is what follows the Nth of
 * them, wherever it lies. Pointers to them are `base` and `baseN`.
 */
#include <string.h>

#include "mig.h"

static bool in_parts;

/* From here on fields are those of messages in parts, or of whole ones. */
void
emit_in_parts(bool parts)
{
	in_parts = parts;
}

/* What points to NDR, return code and data: all that is no descriptor. */
const char *
emit_data(const char *base)
{
	return in_parts ? mem_format("%s_data", base) : base;
}

/* The size of the whole of a message that does not vary. */
const char *
emit_message_size(const char *base, const struct message *message)
{
	return in_parts ? mem_format("sizeof(%s)", message->ctype)
			: mem_format("sizeof(*%s)", base);
}

bool
emit_is_descriptor(const struct item *item)
{
	return item->kind == ITEM_PORT || item->kind == ITEM_OOL ||
	       item->kind == ITEM_OOL_PORTS || item->kind == ITEM_MEMORIES;
}

/* The bytes of one element of what a count counts. */
uint32_t
emit_element_size(const struct type *type)
{
	return type->element->size;
}

/*
 * Must a server's array be copied between message and a local, because its
 * elements may want 8-byte alignment and its place does not give it? Message
 * buffers are aligned to 8; a reply is written where the structure has it.
 */
bool
emit_is_copied(const struct item *item, bool reply)
{
	uint32_t count;

	if (item->arg->type->shape != SHAPE_ARRAY)
		return false;
	if (item->arg->type->memories)
		return true;
	if (type_base(item->arg->type, &count)->size % 8 != 0)
		return false;
	/* Where an offset is in a kernel, or how data lie, is not known. */
	return mig_apple || item->moved || item->offset % 8 != 0 ||
	       (!reply && item->segment > 0);
}

/*
 * Fields that are no argument's begin with mig_, as no argument does. In typed
 * messages, where check.c has them apart, and counts in Apple's, which are
 * arguments of functions, they have the names those systems' code knows.
 */
static const char *
own_prefix(const struct argument *arg, const char *suffix)
{
	bool known = mig_abi->typed || (mig_apple && emit_has_count(arg) &&
					   strcmp(suffix, "Cnt") == 0);

	return known ? "" : "mig_";
}

/* The field of an item, as `base->name` of its segment. */
const char *
emit_field(const char *base, const struct item *item, const char *suffix)
{
	const char *own = "";

	if (*suffix != '\0' && *suffix != '[')
		own = own_prefix(item->arg, suffix);
	if (item->segment == 0 && !emit_is_descriptor(item))
		base = emit_data(base);
	if (item->segment == 0)
		return mem_format(
		    "%s->%s%s%s", base, own, item->arg->name, suffix);
	return mem_format(
	    "%s%d->%s%s%s", base, item->segment, own, item->arg->name, suffix);
}

/* The count of an argument that varies, wherever it lies. */
const char *
emit_count_field(
    const struct message *message, const char *base, const struct argument *arg)
{
	const struct item *item = message->items;

	while (item->kind != ITEM_COUNT || item->arg != arg->counter)
		item = item->next;
	return emit_field(base, item, "Cnt");
}

/* Data: as its C type, or as an array of what it is made of. */
static void
emit_data_field(FILE *f, const struct item *item, enum side side)
{
	const struct type *type = item->arg->type;
	const char *name = item->arg->name;

	if (type->raw != RAW_NONE) {
		emit_raw_field(f, item->arg);
	} else if (emit_by_address(type)) {
		uint32_t count;
		const struct type *base = type_base(type, &count);

		fprintf(
		    f, "\t%s %s[%u];\n", type_name(base, side), name, count);
	} else {
		fprintf(f, "\t%s %s;\n", type_name(type, side), name);
	}
	if (item->pad > 0)
		fprintf(f, "\tchar mig_%sPad[%u];\n", name, item->pad);
}

static void
emit_item(FILE *f, const struct item *item, enum side side)
{
	const char *name = item->arg->name;

	switch (item->kind) {
	case ITEM_PORT:
		if (item->arg->type->shape == SHAPE_SCALAR)
			fprintf(f, "\tmach_msg_port_descriptor_t %s;\n", name);
		else
			fprintf(f, "\tmach_msg_port_descriptor_t %s[%u];\n",
			    name, item->arg->type->count);
		break;
	case ITEM_OOL:
		fprintf(f, "\tmach_msg_ool_descriptor_t %s;\n", name);
		break;
	case ITEM_OOL_PORTS:
		fprintf(f, "\tmach_msg_ool_ports_descriptor_t %s;\n", name);
		break;
	case ITEM_MEMORIES:
		fprintf(f, "\tmach_msg_%s_descriptor_t %s[%u];\n",
		    item->arg->type->element->is_port ? "ool_ports" : "ool",
		    name, item->arg->type->count);
		break;
	case ITEM_SUBS:
		fprintf(f, "\tmach_msg_type_number_t mig_%sSubs[%u];\n", name,
		    item->arg->type->count);
		break;
	case ITEM_COUNT:
	case ITEM_CAPACITY:
		fprintf(f, "\tmach_msg_type_number_t %s%sCnt;\n",
		    own_prefix(item->arg, "Cnt"), name);
		break;
	case ITEM_OFFSET:
		fprintf(f, "\tmach_msg_type_number_t mig_%sOffset;\n", name);
		break;
	case ITEM_DATA:
	case ITEM_VARIABLE:
	default:
		emit_data_field(f, item, side);
		break;
	}
}

/* What the kernel looks at; returns the first item that is not of it. */
static const struct item *
emit_head_fields(FILE *f, const struct message *message, enum side side)
{
	const struct item *item = message->items;

	fputs("\tmach_msg_header_t Head;\n", f);
	if (message->descriptors > 0)
		fputs("\tmach_msg_body_t msgh_body;\n", f);
	for (; item != NULL && emit_is_descriptor(item); item = item->next)
		emit_item(f, item, side);
	return item;
}

/* The rest, up to the end or the first item that moves. */
static void
emit_data_fields(FILE *f, const struct message *message,
    const struct item *item, enum side side)
{
	if (message->has_ndr)
		fputs("\tNDR_record_t NDR;\n", f);
	if (message->has_retcode)
		fputs("\tkern_return_t RetCode;\n", f);
	for (; item != NULL; item = item->next)
		emit_item(f, item, side);
}

/* The parts of a message of servers that get it in two. */
static void
emit_part_structs(FILE *f, const char *kind, const char *name,
    const struct message *message, enum side side)
{
	const struct item *item;

	fputs("\ntypedef struct {\n", f);
	item = emit_head_fields(f, message, side);
	fprintf(f, "} __%sKData__%s_t;\n\ntypedef struct {\n", kind, name);
	emit_data_fields(f, message, item, side);
	fprintf(f, "\tchar mig_end[0];\n} __%sUData__%s_t;\n", kind, name);
}

/* The whole message. */
static void
emit_struct(FILE *f, const char *kind, const char *name,
    const struct message *message, enum side side)
{
	const struct item *item;

	fputs("\ntypedef struct {\n", f);
	item = emit_head_fields(f, message, side);
	emit_data_fields(f, message, item, side);
	fprintf(f, "} __%s__%s_t;\n", kind, name);
	if (mig_parts && side == SIDE_SERVER)
		emit_part_structs(f, kind, name, message, side);
	if (mig_apple)
		return;
	fprintf(f,
	    "_Static_assert(sizeof(__%s__%s_t) == %s,\n\t\"size of %s of %s\");\n",
	    kind, name, emit_most(message),
	    message->has_retcode ? "reply" : "message", name);
}

/* What follows each variable item that is not the last item. */
static void
emit_tails(FILE *f, const char *kind, const char *name,
    const struct message *message, enum side side)
{
	const struct item *item = message->items;

	while (item != NULL) {
		int segment = item->segment;

		if (segment == 0) {
			item = item->next;
			continue;
		}
		fputs("\ntypedef struct {\n", f);
		for (; item != NULL && item->segment == segment;
		     item = item->next)
			emit_item(f, item, side);
		fprintf(f, "} __%s__%s_%d_t;\n", kind, name, segment);
	}
}

/* The sizes the .defs gives the C types of data. */
static void
emit_type_assert(FILE *f, const struct argument *arg, enum side side)
{
	const struct type *type = arg->type;
	uint32_t size = type->size;
	const char *name;

	if ((!arg->in && !arg->out) || type->raw != RAW_NONE || mig_apple)
		return;
	if (type->is_port || type->shape == SHAPE_STRING || type->memories)
		return;
	if (type->shape == SHAPE_ARRAY) {
		uint32_t count;

		type = type_base(type, &count);
		size = type->size;
	} else if (type->out_of_line) {
		return;
	}
	name = type_name(type, side);
	fprintf(f, "_Static_assert(sizeof(%s) == %u, \"size of %s\");\n", name,
	    size, name);
}

/* All messages of the subsystem, with assertions on all sizes. */
void
emit_messages(FILE *f, const struct interface *interface, enum side side)
{
	const struct routine *r;
	const struct argument *arg;

	emit_once(f, interface, true);
	fputs("\n#pragma pack(push, 4)\n", f);
	for (r = interface->routines; r != NULL; r = r->next) {
		fputc('\n', f);
		for (arg = r->args; arg != NULL; arg = arg->next) {
			emit_type_assert(f, arg, side);
			emit_raw_assert(f, r, arg);
		}
		emit_struct(f, "Request", r->name, &r->request, side);
		emit_tails(f, "Request", r->name, &r->request, side);
		if (r->simple)
			continue;
		emit_struct(f, "Reply", r->name, &r->reply, side);
		emit_tails(f, "Reply", r->name, &r->reply, side);
	}
	if (mig_apple)
		emit_unions(f, interface);
	fputs("\n#pragma pack(pop)\n", f);
	emit_once(f, interface, false);
}

/*
 * Declare the pointers to the later segments of a message; for a check only
 * those with something to check.
 */
void
emit_segments(
    FILE *f, const struct routine *r, const char *base, bool for_check)
{
	bool reply = base[4] == 'o';
	const struct message *message = reply ? &r->reply : &r->request;
	const struct item *item;
	int done = 0;

	for (item = message->items; item != NULL; item = item->next) {
		if (item->segment <= done)
			continue;
		if (for_check && !emit_has_checks(item))
			return;
		done = item->segment;
		fprintf(f, "\t__%s__%s_%d_t *%s%d;\n",
		    reply ? "Reply" : "Request", r->name, done, base, done);
	}
}

/* Point to what follows a variable item of `length` padded bytes. */
void
emit_next_segment(
    FILE *f, const char *base, const struct item *variable, const char *length)
{
	if (variable->next != NULL)
		fprintf(f, "\t%s%d = (void *)((char *)%s%s + %s);\n", base,
		    variable->segment + 1,
		    variable->arg->type->raw != RAW_NONE ? "&" : "",
		    emit_field(base, variable, ""), length);
}
