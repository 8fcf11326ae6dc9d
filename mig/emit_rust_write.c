/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writing a message: first all that can fail, then statements of mig_out that
 * cannot, which move rights and memory into it. A local of each argument's
 * name is its value, of the type rust_sent() gives; a server's slots have been
 * written in place and only mig_n_x, the bytes or elements, is left of them.
 */
#include "emit_rust.h"

/* Must the caller's data be looked at as a slice? */
static bool
is_kept(const struct argument *arg)
{
	return (arg->flags & (FLAG_DEALLOC | FLAG_DEALLOC_ARG)) == 0;
}

static const char *
limit_of(const struct type *type)
{
	if (!type->unbounded)
		return mem_format("%u", type->count);
	if (type->is_port)
		return mem_format("%u", 0xffffffffU / 4);
	return mem_format("%u", 0xffffffffU / emit_element_size(type));
}

/* The same of a string. Out of line, the message gets a copy with its NUL. */
static void
limit_string(FILE *f, const struct argument *arg, enum side side)
{
	const struct type *type = arg->type;
	const char *name = rust_name(arg->name);

	if (side == SIDE_USER)
		fprintf(f,
		    "        let %s = %s.as_ref();\n        mig::check_text(%s, %u)?;\n",
		    name, name, name, type->count);
	if (!type->out_of_line)
		return;
	if (side == SIDE_USER)
		fprintf(f,
		    "        let %s = mig::Memory::<T, u8>::text(%s, %u)?;\n",
		    name, name, type->variable ? 0 : type->count);
	else
		fprintf(f, "        mig::check_memory_text(%s.as_bytes())?;\n",
		    name);
	if (type->variable)
		fprintf(f,
		    "        let mig_n_%s = mig::check_count(%s.len(), %u)?;\n",
		    arg->name, name, type->count);
	else
		fprintf(f, "        mig::check_exact(%s.len(), %u)?;\n", name,
		    type->count);
}

/* A count that is too large, or not that of who shares it. */
static void
limit_array(FILE *f, const struct argument *arg, enum side side)
{
	const struct type *type = arg->type;

	if (!type->variable && type->out_of_line)
		fprintf(f, "        mig::check_exact(%s.len(), %u)?;\n",
		    rust_name(arg->name), type->count);
	if (!type->variable)
		return;
	if (side == SIDE_USER || !rust_has_slot(arg))
		fprintf(f,
		    "        let mig_n_%s = mig::check_count(%s.len(), %s)?;\n",
		    arg->name, rust_name(arg->name), limit_of(type));
	if (arg->counter != arg)
		fprintf(f, "        mig::check_same(mig_n_%s, mig_n_%s)?;\n",
		    arg->name, arg->counter->name);
}

/* Checks of what is to be sent: counts, and strings that do not fit. */
void
rust_limits(FILE *f, const struct routine *r, enum side side)
{
	const struct argument *arg;

	for (arg = r->args; arg != NULL; arg = arg->next) {
		if (!(side == SIDE_USER ? arg->in : arg->out))
			continue;
		if (arg->type->shape != SHAPE_STRING)
			limit_array(f, arg, side);
		else if (side == SIDE_USER || arg->type->out_of_line)
			limit_string(f, arg, side);
	}
}

static void
write_port(FILE *f, const struct item *item, enum side side)
{
	const struct type *type = item->arg->type;
	const char *name = rust_name(item->arg->name);
	unsigned sent = (unsigned)type->sent;

	if (type->sent == DISP_POLY) {
		fprintf(f,
		    "        let (mig_name, mig_kind) = %s.into_parts();\n        mig_out.port(mig_name, mig_kind);\n",
		    name);
	} else if (type->shape != SHAPE_SCALAR) {
		fprintf(f,
		    "        for mig_i in %s%s {\n            mig_out.port(mig::moved(mig_i), %u);\n        }\n",
		    name, type->variable ? ".into_array()" : "", sent);
	} else {
		bool lent = side == SIDE_USER && !rust_moves(type->sent);

		fprintf(f, "        mig_out.port(mig::%s(%s), %u);\n",
		    lent ? "lent" : "moved", name, sent);
	}
}

static void
write_memory(FILE *f, const struct item *item, enum side side)
{
	const struct argument *arg = item->arg;
	const struct type *type = arg->type;
	const char *name = rust_name(arg->name);
	const char *address = mem_format("%s.into_address()", name);
	const char *gone = "true";
	const char *last;
	const char *size;

	if (side == SIDE_USER && is_kept(arg) && type->shape != SHAPE_STRING) {
		address = mem_format("%s.as_ptr() as u64", name);
		gone = "false";
	} else if (side == SIDE_USER && !type->is_port &&
		   type->shape != SHAPE_STRING &&
		   (arg->flags & FLAG_DEALLOC) == 0) {
		fprintf(f,
		    "        let (mig_at, mig_gone) = %s.into_parts();\n",
		    name);
		address = "mig_at";
		gone = "mig_gone";
	}
	if (type->is_port) {
		size = type->variable ? mem_format("mig_n_%s", arg->name)
				      : mem_format("%u", type->count);
		last = mem_format("%u", (unsigned)type->sent);
	} else {
		size = type->variable ? mem_format("mig_n_%s * %u", arg->name,
					    emit_element_size(type))
				      : mem_format("%u", type->size);
		last = (arg->flags & FLAG_PHYSICALCOPY) != 0 ? "0" : "1";
	}
	fprintf(f, "        mig_out.%s(%s, %s, %s, %s);\n",
	    type->is_port ? "rights" : "memory", address, size, gone, last);
}

static void
write_count(FILE *f, const struct item *item, enum side side)
{
	const struct argument *arg = item->arg;

	if (arg->type->shape == SHAPE_STRING && !arg->type->out_of_line &&
	    side == SIDE_USER)
		fprintf(f, "        mig_out.put(&(%s.len() as u32 + 1));\n",
		    rust_name(arg->name));
	else
		fprintf(f, "        mig_out.put(&mig_n_%s);\n", arg->name);
}

/* What a server's method has written into a slot. */
static void
write_slot(FILE *f, const struct item *item)
{
	const struct type *type = item->arg->type;

	fprintf(f, "        mig_out.moved(%u, mig_n_%s as usize * %u);\n",
	    item->offset, item->arg->name,
	    type->shape == SHAPE_STRING ? 1 : emit_element_size(type));
}

static void
write_data(FILE *f, const struct item *item, enum side side)
{
	const struct type *type = item->arg->type;
	const char *name = rust_name(item->arg->name);

	if (side == SIDE_SERVER && rust_has_slot(item->arg))
		write_slot(f, item);
	else if (type->shape == SHAPE_STRING && type->variable)
		fprintf(f, "        mig_out.text(%s);\n", name);
	else if (type->shape == SHAPE_STRING)
		fprintf(f, "        mig_out.fixed_text(%s%s, %u);\n", name,
		    side == SIDE_SERVER ? ".as_bytes()" : "", type->count);
	else if (type->variable)
		fprintf(f, "        mig_out.slice(%s);\n", name);
	else if (type->shape == SHAPE_ARRAY && side == SIDE_USER)
		fprintf(f, "        mig_out.put(%s);\n", name);
	else
		fprintf(f, "        mig_out.put(&%s);\n", name);
}

/* The caller's room: the least of the slices that share the count. */
static void
write_capacity(FILE *f, const struct argument *counter)
{
	const struct argument *arg = counter->next;
	const char *room = mem_format("%s.len()", rust_name(counter->name));

	for (; arg != NULL && arg->counter == counter; arg = arg->next)
		if (rust_has_slot(arg))
			room = mem_format(
			    "%s.min(%s.len())", room, rust_name(arg->name));
	fprintf(f, "        mig_out.put(&(%s.min(%u) as u32));\n", room,
	    counter->type->count);
}

static void
write_item(FILE *f, const struct item *item, enum side side)
{
	switch (item->kind) {
	case ITEM_PORT:
		write_port(f, item, side);
		break;
	case ITEM_OOL:
	case ITEM_OOL_PORTS:
		write_memory(f, item, side);
		break;
	case ITEM_COUNT:
		write_count(f, item, side);
		break;
	case ITEM_CAPACITY:
		write_capacity(f, item->arg);
		break;
	case ITEM_MEMORIES:
	case ITEM_SUBS: /* refused by check_rust */
		break;
	case ITEM_OFFSET:
		fputs("        mig_out.put(&0u32);\n", f);
		break;
	case ITEM_DATA:
	case ITEM_VARIABLE:
	default:
		write_data(f, item, side);
		break;
	}
}

/* Statements that write all after the header into mig_out. */
void
rust_write(FILE *f, const struct message *message, enum side side)
{
	const struct item *item;
	bool before_ndr = true;

	for (item = message->items;; item = item->next) {
		bool descriptor =
		    item != NULL &&
		    (item->kind == ITEM_PORT || item->kind == ITEM_OOL ||
			item->kind == ITEM_OOL_PORTS);

		if (before_ndr && !descriptor) {
			before_ndr = false;
			if (message->has_ndr)
				fputs("        mig_out.ndr();\n", f);
			if (message->has_retcode)
				fputs("        mig_out.put(&0i32);\n", f);
		}
		if (item == NULL)
			return;
		write_item(f, item, side);
	}
}
