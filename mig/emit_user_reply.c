/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The second half of a user stub: verify the reply, then, when nothing can
 * fail any more, hand its contents to the caller.
 */
#include "mig.h"

/* The part of an array the caller has room for. */
static void
give_part(FILE *f, const struct item *item)
{
	const char *name = item->arg->name;
	const char *counter = emit_counter(item->arg);

	fprintf(f,
	    "\t\tif (*%sCnt != 0)\n\t\t\t__builtin_memcpy(%s, %s, *%sCnt * %u);\n",
	    counter, name, emit_field("mig_out", item, ""), counter,
	    emit_element_size(item->arg->type));
}

/* More than the caller has room for: give him what fits, and the truth. */
static void
emit_room(FILE *f, const struct message *message)
{
	const struct item *item;
	const struct item *part;

	for (item = message->items; item != NULL; item = item->next) {
		const char *name = item->arg->name;
		const char *count;

		if (item->kind != ITEM_COUNT ||
		    (item->arg->flags & FLAG_COUNTINOUT) == 0)
			continue;
		count = emit_field("mig_out", item, "Cnt");
		fprintf(f, "\tif (%s > *%sCnt) {\n", count, name);
		for (part = item; part != NULL; part = part->next)
			if (part->kind == ITEM_VARIABLE &&
			    part->arg->counter == item->arg)
				give_part(f, part);
		fprintf(f,
		    "\t\t*%sCnt = %s;\n\t\treturn mig_refuse(&mig_out->Head, MIG_ARRAY_TOO_LARGE);\n\t}\n",
		    name, count);
	}
}

static void
take_port(FILE *f, const struct item *item)
{
	const struct argument *arg = item->arg;
	bool array = arg->type->shape != SHAPE_SCALAR;

	if (array)
		fprintf(f,
		    "\tfor (uint32_t mig_i = 0; mig_i < %s; mig_i++)\n\t\t%s[mig_i] = mig_out->%s[mig_i].name;\n",
		    arg->type->variable
			? mem_format("*%sCnt", emit_counter(arg))
			: mem_format("%u", arg->type->count),
		    arg->name, arg->name);
	else
		fprintf(f, "\t*%s = mig_out->%s.name;\n", arg->name, arg->name);
	if (emit_polymorphic(arg, SIDE_USER))
		fprintf(f, "\t*%sPoly = mig_out->%s%s.disposition;\n",
		    arg->name, arg->name, array ? "[0]" : "");
}

static void
take_ool(FILE *f, const struct item *item)
{
	const struct argument *arg = item->arg;

	fprintf(f, "\t*%s = (%s)(uintptr_t)mig_out->%s.address;\n", arg->name,
	    emit_ctype(arg, SIDE_USER), arg->name);
	if (emit_polymorphic(arg, SIDE_USER))
		fprintf(f, "\t*%sPoly = mig_out->%s.disposition;\n", arg->name,
		    arg->name);
}

static void
take_data(FILE *f, const struct message *message, const struct item *item)
{
	const struct type *type = item->arg->type;
	const char *name = item->arg->name;
	const char *field = emit_field("mig_out", item, "");

	if (!emit_by_address(type)) {
		fprintf(f, "\t*%s = %s;\n", name, field);
	} else if (type->variable) {
		const char *count =
		    emit_count_field(message, "mig_out", item->arg);

		fprintf(f,
		    "\tif (%s != 0)\n\t\t__builtin_memcpy(%s, %s, %s * %u);\n",
		    count, name, field, count, emit_element_size(type));
	} else {
		fprintf(f, "\t__builtin_memcpy(%s, %s, %u);\n", name, field,
		    type->size);
	}
}

static void
take_item(FILE *f, const struct message *message, const struct item *item)
{
	switch (item->kind) {
	case ITEM_PORT:
		take_port(f, item);
		break;
	case ITEM_OOL:
	case ITEM_OOL_PORTS:
		take_ool(f, item);
		break;
	case ITEM_MEMORIES:
	case ITEM_SUBS:
		emit_take_memories(f, message, item);
		break;
	case ITEM_DATA:
	case ITEM_VARIABLE:
		take_data(f, message, item);
		break;
	case ITEM_COUNT:
	case ITEM_CAPACITY:
	case ITEM_OFFSET:
	default:
		break;
	}
}

/* Counts go first: the arrays of ports need theirs. */
static void
take_counts(FILE *f, const struct message *message)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next)
		if (item->kind == ITEM_COUNT && emit_has_count(item->arg))
			fprintf(f, "\t*%sCnt = %s;\n", item->arg->name,
			    emit_field("mig_out", item, "Cnt"));
}

/* Who sent the reply: find the trailer. */
static void
check_trailer(FILE *f, const struct routine *r)
{
	const char *need = emit_trailer_need(r, SIDE_USER);

	if (need == NULL)
		return;
	fprintf(f,
	    "\tmig_tail = mig_trailer(&mig_out->Head, MACH_MSG_TRAILER_%s_SIZE);\n",
	    need);
	fputs(
	    "\tif (!mig_tail)\n\t\treturn mig_refuse(&mig_out->Head, MIG_TRAILER_ERROR);\n",
	    f);
}

void
emit_user_reply(FILE *f, const struct routine *routine)
{
	const struct message *message = &routine->reply;
	const struct argument *arg;
	const struct item *item;

	emit_check(f, routine, "mig_out");
	check_trailer(f, routine);
	emit_room(f, message);
	take_counts(f, message);
	for (item = message->items; item != NULL; item = item->next)
		take_item(f, message, item);
	for (arg = routine->args; arg != NULL; arg = arg->next)
		if (arg->on_user && emit_from_trailer(arg))
			fprintf(f, "\t*%s = mig_tail->%s;\n", arg->name,
			    emit_trailer_field(arg));
	fputs("\treturn KERN_SUCCESS;\n", f);
}
