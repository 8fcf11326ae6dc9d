/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Code that writes a message's body: the user's request (base mig_in) and the
 * server's reply (mig_out). In both, the C expression `name` is an argument's
 * value and `nameCnt` its count, whether parameter or local. The user's arrays
 * are copied in; the server's were written in place by the implementation,
 * where the structure has them, and move up if something before is short.
 * All padding is zeroed. mig_size becomes the size of a variable message.
 */
#include "mig.h"

static bool
is_reply(const char *base)
{
	return base[4] == 'o';
}

/*
 * What the implementation made does not fit. It has succeeded, so that what the
 * request carried is its own: the request must not have it when the stub's
 * caller destroys it.
 */
static void
give_up(FILE *f, const char *base)
{
	if (is_reply(base))
		fputs(
		    "\t\tmig_fail_late(mig_request, mig_reply, MIG_ARRAY_TOO_LARGE);\n\t\treturn;\n\t}\n",
		    f);
	else
		fputs("\t\treturn MIG_ARRAY_TOO_LARGE;\n\t}\n", f);
}

/* The value of an argument, translated on its way out of a server. */
static const char *
value(const char *base, const struct argument *arg)
{
	if (is_reply(base) && arg->type->outtran.function != NULL)
		return mem_format(
		    "%s(%s)", arg->type->outtran.function, arg->name);
	if (!is_reply(base) && arg->out)
		return mem_format("*%s", arg->name);
	return arg->name;
}

/* The count of an argument: what goes there and back has it by address. */
static const char *
count_of(const char *base, const struct argument *arg)
{
	return mem_format("%s%sCnt",
	    !is_reply(base) && arg->counter->out ? "*" : "", emit_counter(arg));
}

static const char *
disposition(const char *base, const struct argument *arg)
{
	enum disposition sent = emit_sent(arg, is_reply(base));

	if (sent == DISP_POLY)
		return mem_format("(uint8_t)%s%sPoly",
		    !is_reply(base) && arg->out ? "*" : "", arg->name);
	return emit_disposition(sent);
}

static void
fill_port(FILE *f, const char *base, const struct item *item)
{
	const struct argument *arg = item->arg;
	const char *name = value(base, arg);
	const char *index = "";

	if (arg->type->shape != SHAPE_SCALAR) {
		fprintf(f,
		    "\tfor (uint32_t mig_i = 0; mig_i < %u; mig_i++)\n\t",
		    arg->type->count);
		index = "[mig_i]";
		name = mem_format("%s[mig_i]", arg->name);
		if (arg->type->variable)
			name = mem_format("mig_i < %s ? %s : MACH_PORT_NULL",
			    count_of(base, arg), name);
	}
	fprintf(f,
	    "\t%s = (mach_msg_port_descriptor_t){\n\t\t.name = %s,\n\t\t.disposition = %s,\n\t\t.type = MACH_MSG_PORT_DESCRIPTOR};\n",
	    emit_field(base, item, index), name, disposition(base, arg));
}

static const char *
deallocate(const struct argument *arg)
{
	if ((arg->flags & FLAG_DEALLOC_ARG) != 0)
		return mem_format("%sDealloc != FALSE", arg->name);
	return (arg->flags & FLAG_DEALLOC) != 0 ? "TRUE" : "FALSE";
}

/* A string in memory must end; its length with the NUL goes to mig_len. */
static void
measure_string(FILE *f, const char *base, const struct argument *arg)
{
	const char *name = value(base, arg);

	fprintf(f,
	    "\tmig_len = %s ? mig_string_length(%s, %u) : 0;\n\tif (mig_len == 0) {\n",
	    name, name, arg->type->count);
	give_up(f, base);
}

static const char *
copy_option(const struct argument *arg)
{
	return (arg->flags & FLAG_PHYSICALCOPY) != 0 ? "MACH_MSG_PHYSICAL_COPY"
						     : "MACH_MSG_VIRTUAL_COPY";
}

static void
fill_ool(FILE *f, const char *base, const struct item *item)
{
	const struct argument *arg = item->arg;
	const struct type *type = arg->type;
	const char *kind = type->is_port ? "ool_ports" : "ool";
	const char *size;

	if (type->is_port)
		size = type->variable ? count_of(base, arg)
				      : mem_format("%u", type->count);
	else
		size = type->variable
			   ? mem_format("%s * %u", count_of(base, arg),
				 emit_element_size(type))
			   : mem_format("%u", type->size);
	if (type->shape == SHAPE_STRING) {
		measure_string(f, base, arg);
		if (type->variable)
			size = "mig_len";
	}
	fprintf(f,
	    "\t%s = (mach_msg_%s_descriptor_t){\n\t\t.address = MIG_ADDRESS(%s),\n\t\t.deallocate = %s,\n\t\t.copy = %s,\n",
	    emit_field(base, item, ""), kind, value(base, arg), deallocate(arg),
	    copy_option(arg));
	if (type->is_port)
		fprintf(f, "\t\t.disposition = %s,\n", disposition(base, arg));
	fprintf(f, "\t\t.type = MACH_MSG_%s_DESCRIPTOR,\n\t\t.%s = %s};\n",
	    type->is_port ? "OOL_PORTS" : "OOL",
	    type->is_port ? "count" : "size", size);
}

static void
fill_memories(FILE *f, const char *base, const struct item *item)
{
	struct filling how = {deallocate(item->arg), copy_option(item->arg)};

	emit_fill_memories(f, base, item, &how);
}

/* A string: its length with the NUL goes to mig_len. */
static void
fill_string(FILE *f, const char *base, const struct item *item)
{
	const struct type *type = item->arg->type;
	const char *name = item->arg->name;
	const char *field = emit_field(base, item, "");
	bool tail = !type->variable;

	if (is_reply(base)) {
		fprintf(f, "\tmig_len = mig_string_length(%s->%s, %u);\n",
		    emit_data(base), name, type->count);
		fputs("\tif (mig_len == 0) {\n", f);
		give_up(f, base);
		if (item->segment > 0)
			fprintf(f,
			    "\t__builtin_memmove(%s, %s->%s, mig_len);\n",
			    field, emit_data(base), name);
	} else {
		fprintf(f, "\tmig_len = mig_put_string(%s, %s, %u);\n", field,
		    name, type->count);
		fputs("\tif (mig_len == 0) {\n", f);
		give_up(f, base);
	}
	if (tail) {
		fprintf(f,
		    "\t__builtin_memset(%s + mig_len, 0, %u - mig_len);\n",
		    field, type->count);
	} else {
		/* The count lies just before the string. */
		fprintf(f, "\t%s = mig_len;\n", emit_field(base, item, "Cnt"));
		fprintf(f, "\tmig_len = mig_pad(%s, mig_len);\n", field);
	}
}

/* An array: copied in, or moved to where it belongs. */
static void
fill_array(FILE *f, const char *base, const struct item *item)
{
	const struct argument *arg = item->arg;
	const struct type *type = arg->type;
	const char *field = emit_field(base, item, "");
	const char *size = type->variable
			       ? mem_format("%sCnt * %u", emit_counter(arg),
				     emit_element_size(type))
			       : mem_format("%u", type->size);
	const char *from = arg->name;

	if (is_reply(base) && !emit_is_copied(item, true))
		from = item->segment > 0
			   ? mem_format("%s->%s", emit_data(base), arg->name)
			   : NULL;
	if (from != NULL && type->variable)
		fprintf(f, "\tif (%sCnt != 0)\n\t", emit_counter(arg));
	if (from != NULL)
		fprintf(
		    f, "\t__builtin_memmove(%s, %s, %s);\n", field, from, size);
	if (type->variable)
		fprintf(f, "\tmig_len = mig_pad(%s, %s);\n", field, size);
}

static void
fill_data(FILE *f, const char *base, const struct item *item)
{
	const struct type *type = item->arg->type;

	if (type->shape == SHAPE_STRING)
		fill_string(f, base, item);
	else if (type->shape == SHAPE_ARRAY)
		fill_array(f, base, item);
	else if (type->raw != RAW_NONE)
		emit_fill_raw(f, base, item);
	else
		fprintf(f, "\t%s = %s;\n", emit_field(base, item, ""),
		    value(base, item->arg));
	if (item->kind == ITEM_VARIABLE) {
		fputs("\tmig_size += mig_len;\n", f);
		emit_next_segment(f, base, item, "mig_len");
	} else if (item->pad > 0) {
		fprintf(f, "\t__builtin_memset(%s, 0, %u);\n",
		    emit_field(base, item, "Pad"), item->pad);
	}
}

static void
fill_item(FILE *f, const char *base, const struct item *item)
{
	const char *name = item->arg->name;

	switch (item->kind) {
	case ITEM_PORT:
		fill_port(f, base, item);
		break;
	case ITEM_OOL:
	case ITEM_OOL_PORTS:
		fill_ool(f, base, item);
		break;
	case ITEM_MEMORIES:
		fill_memories(f, base, item);
		break;
	case ITEM_SUBS:
		emit_fill_subs(f, base, item);
		break;
	case ITEM_COUNT:
		if (item->arg->type->raw != RAW_NONE)
			emit_fill_present(f, base, item);
		else if (item->arg->type->shape != SHAPE_STRING)
			fprintf(f, "\t%s = %s;\n",
			    emit_field(base, item, "Cnt"),
			    count_of(base, item->arg));
		else if (item->arg->type->out_of_line)
			fprintf(f, "\t%s = %s->%s.size;\n",
			    emit_field(base, item, "Cnt"), base, name);
		break;
	case ITEM_CAPACITY:
		fprintf(f, "\t%s = *%sCnt < %u ? *%sCnt : %u;\n",
		    emit_field(base, item, "Cnt"), name, item->arg->type->count,
		    name, item->arg->type->count);
		break;
	case ITEM_OFFSET:
		fprintf(f, "\t%s = 0;\n", emit_field(base, item, "Offset"));
		break;
	case ITEM_DATA:
	case ITEM_VARIABLE:
	default:
		fill_data(f, base, item);
		break;
	}
}

/* How many elements there may be; UINT32_MAX if the type sets no limit. */
static uint32_t
most(const struct type *type)
{
	if (!type->unbounded)
		return type->count;
	return UINT32_MAX / (type->is_port ? 4 : emit_element_size(type));
}

static void
limit_subs(FILE *f, const char *base, const struct argument *arg)
{
	const char *limit = emit_subs_limit(arg);

	if (limit == NULL)
		return;
	fprintf(f, "\tif (%s) {\n", limit);
	give_up(f, base);
}

/* Refuse counts beyond the bound or what a descriptor's size can hold. */
static void
fill_limits(FILE *f, const char *base, const struct message *message)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next) {
		const struct argument *arg = item->arg;
		const char *counter = emit_counter(arg);
		bool shared = (arg->flags & FLAG_SAMECOUNT) != 0;

		if (item->kind == ITEM_SUBS) {
			limit_subs(f, base, arg);
			continue;
		}
		if ((item->kind != ITEM_COUNT && !shared) ||
		    arg->type->shape != SHAPE_ARRAY)
			continue;
		if (is_reply(base) &&
		    (arg->counter->flags & FLAG_COUNTINOUT) != 0 && !shared)
			fprintf(f, "\tif (%sCnt > mig_room_%s) {\n", counter,
			    counter);
		else if (most(arg->type) != UINT32_MAX)
			fprintf(f, "\tif (%s > %u) {\n", count_of(base, arg),
			    most(arg->type));
		else
			continue;
		give_up(f, base);
	}
}

void
emit_fill(FILE *f, const struct routine *r, const char *base)
{
	const struct message *message =
	    is_reply(base) ? &r->reply : &r->request;
	const struct item *item;

	fill_limits(f, base, message);
	if (message->descriptors > 0)
		fprintf(f, "\t%s->msgh_body.msgh_descriptor_count = %u;\n",
		    base, message->descriptors);
	if (message->has_ndr)
		fprintf(f, "\t%s->NDR = NDR_record;\n", emit_data(base));
	if (message->has_retcode)
		fprintf(f, "\t%s->RetCode = KERN_SUCCESS;\n", emit_data(base));
	for (item = message->items; item != NULL; item = item->next)
		fill_item(f, base, item);
}
