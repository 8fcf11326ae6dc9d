/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Results received into memory the caller has: his `*X` is its address and
 * `*XCnt` how many elements have room. The reply's buffer then starts with a
 * list, made of the reply's own descriptors, of where they go.
 */
#include "mig.h"

bool
emit_overwrites(const struct routine *r)
{
	const struct argument *arg;

	for (arg = r->args; arg != NULL; arg = arg->next)
		if ((arg->flags & FLAG_OVERWRITE) != 0)
			return true;
	return false;
}

/* The room an argument's memory has: bytes, or for ports their number. */
static const char *
room(const struct argument *arg)
{
	const struct type *type = arg->type;

	if (!type->variable)
		return mem_format(
		    "%u", type->is_port ? type->count : type->size);
	return mem_format("mig_room(*%sCnt, %u)", emit_counter(arg),
	    type->is_port ? 1 : emit_element_size(type));
}

/* The caller's memory for one. */
static void
put_memory(FILE *f, const struct argument *arg)
{
	bool ports = arg->type->is_port;

	fprintf(f,
	    "\tmig_out->%s = (mach_msg_%s_descriptor_t){\n\t\t.address = MIG_ADDRESS(*%s),\n",
	    arg->name, ports ? "ool_ports" : "ool", arg->name);
	fprintf(f,
	    "\t\t.copy = MACH_MSG_OVERWRITE,\n\t\t.type = MACH_MSG_%s_DESCRIPTOR,\n\t\t.%s = %s};\n",
	    ports ? "OOL_PORTS" : "OOL", ports ? "count" : "size", room(arg));
}

/* New memory for the others, of which only the kind matters. */
static void
put_other(FILE *f, const struct item *item)
{
	const struct type *type = item->arg->type;
	const char *index = "";

	if (type->shape == SHAPE_ARRAY && !type->out_of_line) {
		fprintf(f,
		    "\tfor (uint32_t mig_i = 0; mig_i < %u; mig_i++)\n\t",
		    type->count);
		index = "[mig_i]";
	}
	if (item->kind == ITEM_PORT)
		fprintf(f, "\tmig_out->%s%s.type = MACH_MSG_PORT_DESCRIPTOR;\n",
		    item->arg->name, index);
	else
		fprintf(f,
		    "\tmig_out->%s%s = (mach_msg_%s_descriptor_t){\n\t\t.copy = MACH_MSG_ALLOCATE,\n\t\t.type = MACH_MSG_%s_DESCRIPTOR};\n",
		    item->arg->name, index,
		    emit_memory_is_ports(type) ? "ool_ports" : "ool",
		    emit_memory_is_ports(type) ? "OOL_PORTS" : "OOL");
}

void
emit_scatter(FILE *f, const struct routine *r)
{
	const struct item *item;

	fprintf(f, "\tmig_out->msgh_body.msgh_descriptor_count = %u;\n",
	    r->reply.descriptors);
	for (item = r->reply.items; item != NULL && emit_is_descriptor(item);
	     item = item->next)
		if ((item->arg->flags & FLAG_OVERWRITE) != 0)
			put_memory(f, item->arg);
		else
			put_other(f, item);
}

/* The bytes of the list: up to the end of the last descriptor. */
uint32_t
emit_scatter_size(const struct routine *r)
{
	const struct item *item;
	uint32_t size = 0;

	for (item = r->reply.items; item != NULL && emit_is_descriptor(item);
	     item = item->next)
		size = item->offset + item->size;
	return size;
}
