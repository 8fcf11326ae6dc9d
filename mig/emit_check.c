/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Verification of a received message's body: the server's request (base
 * mig_in) and the user's reply (mig_out). The code before this one has checked
 * header, number of descriptors and that the size lies within its limits;
 * this one checks descriptors and counts, and that the size is exactly what
 * the counts add up to. mig_need starts as the least size.
 */
#include "mig.h"

static bool
is_reply(const char *base)
{
	return base[4] == 'o';
}

/* Is there something to check in this item or one after it? */
bool
emit_has_checks(const struct item *item)
{
	for (; item != NULL; item = item->next) {
		if (item->kind == ITEM_DATA &&
		    item->arg->type->shape != SHAPE_STRING)
			continue;
		if (item->kind != ITEM_CAPACITY)
			return true;
	}
	return false;
}

/* What to do with a wrong message. */
static void
refuse(FILE *f, const char *base, const char *code)
{
	if (is_reply(base))
		fprintf(f, "\t\treturn mig_refuse(&mig_out->Head, %s);\n",
		    "MIG_TYPE_ERROR");
	else
		fprintf(f, "\t\treturn %s;\n", code);
}

/* A received disposition: one, or any of the three that can be received. */
static void
check_disposition(FILE *f, const char *field, enum disposition received)
{
	if (received == DISP_POLY)
		fprintf(f,
		    "\n\t    %s.disposition < MACH_MSG_TYPE_PORT_RECEIVE ||\n\t    %s.disposition > MACH_MSG_TYPE_PORT_SEND_ONCE",
		    field, field);
	else
		fprintf(f, "\n\t    %s.disposition != %s", field,
		    emit_disposition(received));
}

static void
check_port(FILE *f, const char *base, const struct item *item)
{
	const struct type *type = item->arg->type;
	const char *field = emit_field(base, item, "");

	if (type->shape != SHAPE_SCALAR) {
		fprintf(f, "\tfor (uint32_t mig_i = 0; mig_i < %u; mig_i++)\n",
		    type->count);
		field = mem_format("%s[mig_i]", field);
	}
	fprintf(f, "\tif (%s.type != MACH_MSG_PORT_DESCRIPTOR ||", field);
	check_disposition(f, field, type->received);
	fputs(")\n", f);
	refuse(f, base, "MIG_TYPE_ERROR");
}

/* Memory: its size is that of its elements. The count is checked apart. */
static void
check_ool(FILE *f, const char *base, const struct item *item)
{
	const struct type *type = item->arg->type;
	const char *field = emit_field(base, item, "");

	if (type->is_port) {
		fprintf(f, "\tif (%s.type != MACH_MSG_OOL_PORTS_DESCRIPTOR ||",
		    field);
		check_disposition(f, field, type->received);
	} else {
		fprintf(f, "\tif (%s.type != MACH_MSG_OOL_DESCRIPTOR", field);
	}
	if (!type->variable)
		fprintf(f, " ||\n\t    %s.%s != %u", field,
		    type->is_port ? "count" : "size",
		    type->is_port ? type->count : type->size);
	fputs(")\n", f);
	refuse(f, base, "MIG_TYPE_ERROR");
	if (type->shape == SHAPE_STRING && !type->variable) {
		fprintf(f,
		    "\tif (!mig_string_ends((const char *)(uintptr_t)%s.address, %u))\n",
		    field, type->count);
		refuse(f, base, "MIG_BAD_ARGUMENTS");
	}
}

/* The descriptor an out-of-line array's count must agree with. */
static const char *
ool_field(
    const struct message *message, const char *base, const struct argument *arg)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next)
		if (item->arg == arg &&
		    (item->kind == ITEM_OOL || item->kind == ITEM_OOL_PORTS))
			return emit_field(base, item, "");
	return NULL;
}

static void
check_count(FILE *f, const struct message *message, const char *base,
    const struct argument *arg)
{
	const struct type *type = arg->type;
	const char *count = emit_count_field(message, base, arg);

	if (!type->unbounded) {
		fprintf(f, "\tif (%s > %u%s)\n", count, type->count,
		    type->shape == SHAPE_STRING
			? mem_format(" || %s == 0", count)
			: "");
		refuse(f, base, "MIG_BAD_ARGUMENTS");
	}
	if (type->memories)
		emit_check_used(f, base, arg, count);
	if (type->out_of_line && type->is_port) {
		fprintf(f, "\tif (%s.count != %s)\n",
		    ool_field(message, base, arg), count);
		refuse(f, base, "MIG_TYPE_ERROR");
	} else if (type->out_of_line) {
		fprintf(f, "\tif (%s.size != (uint64_t)%s * %u)\n",
		    ool_field(message, base, arg), count,
		    emit_element_size(type));
		refuse(f, base, "MIG_TYPE_ERROR");
	} else if (type->is_port) {
		/* Rights that nobody would be told of, and none release. */
		fprintf(f,
		    "\tfor (uint32_t mig_i = %s; mig_i < %u; mig_i++)\n\tif (MACH_PORT_VALID(%s->%s[mig_i].name))\n",
		    count, type->count, base, arg->name);
		refuse(f, base, "MIG_BAD_ARGUMENTS");
	}
	if (type->out_of_line && type->shape == SHAPE_STRING) {
		fprintf(f,
		    "\tif (((const char *)(uintptr_t)%s.address)[%s - 1] != '\\0')\n",
		    ool_field(message, base, arg), count);
		refuse(f, base, "MIG_BAD_ARGUMENTS");
	}
}

/* The count of an argument, for it and for those that share it. */
static void
check_counts(FILE *f, const struct message *message, const char *base,
    const struct argument *counter)
{
	const struct argument *arg = counter;

	do {
		check_count(f, message, base, arg);
		arg = arg->next;
	} while (arg != NULL && arg->counter == counter);
}

/* All of a variable item is there, and a string ends in it. */
static void
check_variable(FILE *f, const struct message *message, const char *base,
    const struct item *item)
{
	const struct type *type = item->arg->type;
	const char *count = emit_count_field(message, base, item->arg);

	fprintf(
	    f, "\tmig_len = (%s * %s + 3) & ~3U;\n", count, emit_unit(type));
	fputs("\tmig_need += mig_len;\n", f);
	fprintf(f, "\tif (%s->Head.msgh_size < mig_need)\n", base);
	refuse(f, base, "MIG_BAD_ARGUMENTS");
	if (type->shape == SHAPE_STRING) {
		fprintf(f, "\tif (%s[%s - 1] != '\\0')\n",
		    emit_field(base, item, ""), count);
		refuse(f, base, "MIG_BAD_ARGUMENTS");
	}
	if (is_reply(base) || emit_has_checks(item->next))
		emit_next_segment(f, base, item, "mig_len");
}

static void
check_item(FILE *f, const struct message *message, const char *base,
    const struct item *item)
{
	switch (item->kind) {
	case ITEM_PORT:
		check_port(f, base, item);
		break;
	case ITEM_OOL:
	case ITEM_OOL_PORTS:
		check_ool(f, base, item);
		break;
	case ITEM_MEMORIES:
		emit_check_memories(f, base, item);
		break;
	case ITEM_SUBS:
		emit_check_subs(f, message, base, item);
		break;
	case ITEM_COUNT:
		check_counts(f, message, base, item->arg);
		break;
	case ITEM_OFFSET:
		fprintf(
		    f, "\tif (%s != 0)\n", emit_field(base, item, "Offset"));
		refuse(f, base, "MIG_BAD_ARGUMENTS");
		break;
	case ITEM_DATA:
		if (item->arg->type->shape != SHAPE_STRING)
			break;
		fprintf(f, "\tif (!mig_string_ends(%s, %u))\n",
		    emit_field(base, item, ""), item->arg->type->count);
		refuse(f, base, "MIG_BAD_ARGUMENTS");
		break;
	case ITEM_VARIABLE:
		check_variable(f, message, base, item);
		break;
	case ITEM_CAPACITY:
	default:
		break;
	}
}

void
emit_check(FILE *f, const struct routine *r, const char *base)
{
	const struct message *message =
	    is_reply(base) ? &r->reply : &r->request;
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next)
		check_item(f, message, base, item);
	if (emit_varies(message)) {
		fprintf(f, "\tif (%s->Head.msgh_size != mig_need)\n", base);
		refuse(f, base, "MIG_BAD_ARGUMENTS");
	}
}
