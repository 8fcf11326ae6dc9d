/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading a message: first all that can be wrong with it, into names, numbers
 * and slices nobody owns; mig_d reads the descriptors, mig_in what follows.
 * Then, when nothing can fail any more, expressions that take charge of what
 * was read. So a refused message is whole and can be destroyed.
 */
#include <string.h>

#include "emit_rust.h"

static bool
is_descriptor(const struct item *item)
{
	return item->kind == ITEM_PORT || item->kind == ITEM_OOL ||
	       item->kind == ITEM_OOL_PORTS;
}

/* The bytes of header and descriptors. */
uint32_t
rust_head_size(const struct message *message)
{
	const struct item *item;
	uint32_t size = message->descriptors > 0 ? 28 : 24;

	for (item = message->items; item != NULL; item = item->next)
		if (is_descriptor(item))
			size += item->size;
	return size;
}

/* Is there anything for mig_in to read? */
bool
rust_reads_data(const struct message *message)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next)
		if (!is_descriptor(item))
			return true;
	return false;
}

static void
read_port(FILE *f, const struct item *item)
{
	const struct type *type = item->arg->type;
	const char *name = item->arg->name;

	if (type->received == DISP_POLY)
		fprintf(f,
		    "        let (mig_v_%s, mig_s_%s) = mig_d.any_port()?;\n",
		    name, name);
	else if (type->shape == SHAPE_SCALAR)
		fprintf(f, "        let mig_v_%s = mig_d.port(%u)?;\n", name,
		    (unsigned)type->received);
	else
		fprintf(f, "        let mig_v_%s = mig_d.ports::<%u>(%u)?;\n",
		    name, type->count, (unsigned)type->received);
}

static void
read_memory(FILE *f, const struct item *item)
{
	const struct type *type = item->arg->type;
	const char *name = item->arg->name;
	const char *size = "None";

	if (!type->variable)
		size = mem_format(
		    "Some(%u)", type->is_port ? type->count : type->size);
	fprintf(f, "        let (mig_v_%s, mig_s_%s) = ", name, name);
	if (type->is_port)
		fprintf(f, "mig_d.rights(%u, %s)?;\n", (unsigned)type->received,
		    size);
	else
		fprintf(f, "mig_d.memory(%s)?;\n", size);
	if (type->shape == SHAPE_STRING && !type->variable)
		fprintf(f,
		    "        unsafe { mig_d.memory_text(mig_v_%s, mig_s_%s, false)? };\n",
		    name, name);
}

/* What a count says of an array that was found before. */
static void
check_count(FILE *f, const struct argument *arg)
{
	const struct type *type = arg->type;
	const char *name = arg->name;

	if (type->is_port && !type->out_of_line)
		fprintf(f, "        mig_in.unused(&mig_v_%s, mig_n_%s)?;\n",
		    name, name);
	if (type->out_of_line)
		fprintf(f, "        mig_in.same(mig_s_%s, mig_n_%s, %u)?;\n",
		    name, name, type->is_port ? 1 : emit_element_size(type));
	if (type->out_of_line && type->shape == SHAPE_STRING)
		fprintf(f,
		    "        unsafe { mig_in.memory_text(mig_v_%s, mig_s_%s, true)? };\n",
		    name, name);
}

/* A count, and those who share it. */
static void
read_count(FILE *f, const struct item *item)
{
	const struct argument *counter = item->arg;
	const struct argument *arg;

	for (arg = counter; arg != NULL && arg->counter == counter;
	     arg = arg->next) {
		const char *limit = "u32::MAX";

		if (!arg->type->unbounded)
			limit = mem_format("%u", arg->type->count);
		if (arg == counter)
			fprintf(f,
			    "        let mig_n_%s = mig_in.%scount(%s)?;\n",
			    arg->name,
			    arg->type->shape == SHAPE_STRING ? "text_" : "",
			    limit);
		else
			fprintf(f,
			    "        let mig_n_%s = mig_in.limit(mig_n_%s, %s)?;\n",
			    arg->name, counter->name, limit);
		check_count(f, arg);
	}
}

static void
read_data(FILE *f, const struct item *item)
{
	const struct type *type = item->arg->type;
	const char *name = item->arg->name;

	fprintf(f, "        let mig_v_%s", name);
	if (type->shape == SHAPE_STRING && !type->variable)
		fprintf(f, " = mig_in.fixed_text(%u)?;\n", type->count);
	else if (type->shape == SHAPE_STRING)
		fprintf(f, " = mig_in.text(mig_n_%s)?;\n", name);
	else if (type->variable)
		fprintf(f, " = mig_in.array::<%s>(mig_n_%s)?;\n",
		    rust_element(type), name);
	else
		fprintf(f, ": %s = mig_in.get()?;\n", rust_type(type));
}

static void
read_item(FILE *f, const struct item *item)
{
	switch (item->kind) {
	case ITEM_PORT:
		read_port(f, item);
		break;
	case ITEM_OOL:
	case ITEM_OOL_PORTS:
		read_memory(f, item);
		break;
	case ITEM_COUNT:
		read_count(f, item);
		break;
	case ITEM_CAPACITY:
		fprintf(f, "        let mig_r_%s: u32 = mig_in.get()?;\n",
		    item->arg->name);
		break;
	case ITEM_MEMORIES:
	case ITEM_SUBS: /* refused by check_rust */
		break;
	case ITEM_OFFSET:
		fputs("        mig_in.offset()?;\n", f);
		break;
	case ITEM_DATA:
	case ITEM_VARIABLE:
	default:
		read_data(f, item);
		break;
	}
}

/* Statements that read all items and check that nothing is left over. */
void
rust_read(FILE *f, const struct message *message)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next)
		read_item(f, item);
	if (message->min != message->max)
		fputs("        mig_in.end()?;\n", f);
}

static const char *
take_port(const struct argument *arg, const char *t)
{
	const struct type *type = arg->type;
	const char *right = rust_right(type->received, t);
	const char *array;

	if (type->received == DISP_POLY)
		return mem_format(
		    "unsafe { mig::AnyRight::<%s>::from_name(mig_v_%s, mig_s_%s) }",
		    t, arg->name, arg->name);
	if (type->shape == SHAPE_SCALAR)
		return mem_format(
		    "unsafe { <%s as mig::Right>::from_name(mig_v_%s) }", right,
		    arg->name);
	array = mem_format(
	    "mig_v_%s.map(|mig_i| unsafe { <%s as mig::Right>::from_name(mig_i) })",
	    arg->name, right);
	if (!type->variable)
		return array;
	return mem_format(
	    "mig::Ports::received(%s, mig_n_%s)", array, arg->name);
}

/* The value of an argument that was read, as rust_received() has it. */
const char *
rust_take(const struct argument *arg, enum side side, const char *t)
{
	const struct type *type = arg->type;

	if (type->out_of_line && type->is_port)
		return mem_format(
		    "unsafe { mig::Rights::<%s, %s>::from_raw(mig_v_%s, mig_s_%s) }",
		    t, rust_right(type->received, t), arg->name, arg->name);
	if (type->out_of_line)
		return mem_format(
		    "unsafe { mig::Memory::<%s, %s>::from_raw(mig_v_%s, mig_s_%s) }",
		    t, rust_element(type), arg->name, arg->name);
	if (type->is_port)
		return take_port(arg, t);
	if (side == SIDE_SERVER && type->variable &&
	    type->shape != SHAPE_STRING &&
	    strcmp(rust_element(type), "u8") == 0)
		return mem_format("mig_v_%s.as_bytes()", arg->name);
	return mem_format("mig_v_%s", arg->name);
}
