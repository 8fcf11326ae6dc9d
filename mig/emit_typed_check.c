/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Verification of the body of a received typed message: the server's request
 * and the user's reply. The code before this one has checked the header and
 * that the size lies within its limits. This one checks every descriptor, that
 * counts keep their bounds, that the size is exactly what they add up to, and
 * that the message is complex exactly if it carries a right or memory.
 * mig_need starts as the least size; a descriptor's flag to deallocate says
 * nothing to a receiver.
 */
#include "emit_typed.h"

struct check {
	FILE *f;
	const char *base;
	bool reply;
	bool depends;
};

static void
refuse(const struct check *w)
{
	if (w->reply)
		fputs(
		    "\t\treturn mig_refuse(&mig_out->Head, MIG_TYPE_ERROR);\n",
		    w->f);
	else
		fputs("\t\treturn MIG_BAD_ARGUMENTS;\n", w->f);
}

static const char *
type_field(const struct check *w, const struct item *item)
{
	return emit_field(
	    w->base, item, item->kind == ITEM_CAPACITY ? "CntType" : "Type");
}

/* The disposition of a polymorphic right: a right received, or a name. */
static void
check_name(const struct check *w, const struct item *item)
{
	const char *name = mem_format("%s(&%s)",
	    item->long_form ? "mig_long_name" : "mig_type_name",
	    type_field(w, item));

	fprintf(w->f,
	    "\tif (MIG_BAD(%s < MACH_MSG_TYPE_PORT_NAME ||\n\t    %s > MACH_MSG_TYPE_PORT_SEND_ONCE))\n",
	    name, name);
	refuse(w);
	if (w->depends)
		fprintf(w->f, "\tmig_complex |= MACH_MSG_TYPE_PORT_ANY(%s);\n",
		    name);
}

/* `function` compares the descriptor with what it should be. */
static void
check_type(const struct check *w, const struct item *item, const char *function,
    const char *flags)
{
	const struct type *type = item->arg->type;
	const char *field = type_field(w, item);
	bool poly = item->kind != ITEM_CAPACITY && type->is_port &&
		    type->received == DISP_POLY;
	const char *name = typed_name(item, true, w->reply);

	if (poly)
		name = mem_format("%s(&%s)",
		    item->long_form ? "mig_long_name" : "mig_type_name", field);
	fprintf(w->f, "\tif (MIG_BAD(!%s_%s(&%s,\n\t    %s)))\n",
	    item->long_form ? "mig_long" : "mig_type", function, field,
	    typed_descriptor(
		item, name, mem_format("%u", item->number), flags));
	refuse(w);
	if (poly)
		check_name(w, item);
}

/* The number in a variable item's descriptor. */
static const char *
number(const struct check *w, const struct item *item)
{
	return mem_format("%s(&%s)",
	    item->long_form ? "mig_long_number" : "mig_type_number",
	    type_field(w, item));
}

/* A number of parts must be one of elements. */
static void
check_multiple(const struct check *w, const struct item *item)
{
	if (item->multiple == 1)
		return;
	fprintf(w->f, "\tif (MIG_BAD(%s %% %u != 0))\n", number(w, item),
	    item->multiple);
	refuse(w);
}

/* What follows is there, and begins behind mig_len bytes. */
static void
step(const struct check *w, const struct item *item)
{
	fprintf(w->f,
	    "\tmig_need += mig_len;\n\tif (MIG_BAD(%s->Head.msgh_size < mig_need))\n",
	    w->base);
	refuse(w);
	emit_next_segment(w->f, w->base, item, "mig_len");
}

static void
check_indefinite(const struct check *w, const struct item *item)
{
	check_type(w, item, "like_either", "0");
	check_multiple(w, item);
	fprintf(w->f,
	    "\tmig_len = sizeof(uintptr_t);\n\tif (mig_long_inline(&%s))\n\t\tmig_len = MIG_ROUND(%s * %u);\n",
	    type_field(w, item), number(w, item), item->bits / 8);
	if (w->depends)
		fprintf(w->f, "\telse\n\t\tmig_complex = 1;\n");
	fprintf(w->f, "\tif (MIG_BAD(mig_long_inline(&%s) && %s > %u))\n",
	    type_field(w, item), number(w, item), item->number);
	refuse(w);
	step(w, item);
}

static void
check_variable(const struct check *w, const struct item *item)
{
	const struct type *type = item->arg->type;

	if (type->unbounded) {
		check_indefinite(w, item);
		return;
	}
	check_type(w, item, "like", "MIG_INLINE");
	check_multiple(w, item);
	fprintf(w->f, "\tif (MIG_BAD(%s > %u%s))\n", number(w, item),
	    item->number,
	    type->shape == SHAPE_STRING
		? mem_format(" || %s == 0", number(w, item))
		: "");
	refuse(w);
	fprintf(w->f, "\tmig_len = MIG_ROUND(%s * %u);\n", number(w, item),
	    item->bits / 8);
	step(w, item);
	if (type->shape != SHAPE_STRING)
		return;
	fprintf(w->f, "\tif (MIG_BAD(%s[%s - 1] != '\\0'))\n",
	    emit_field(w->base, item, ""), number(w, item));
	refuse(w);
}

static void
check_item(const struct check *w, const struct item *item)
{
	const struct type *type = item->arg->type;

	switch (item->kind) {
	case ITEM_OOL:
	case ITEM_OOL_PORTS:
		check_type(w, item, type->variable ? "like" : "is", "0");
		if (type->variable)
			check_multiple(w, item);
		break;
	case ITEM_VARIABLE:
		check_variable(w, item);
		break;
	case ITEM_PORT:
	case ITEM_CAPACITY:
	case ITEM_DATA:
	case ITEM_COUNT:
	case ITEM_MEMORIES:
	case ITEM_SUBS:
	case ITEM_OFFSET:
	default:
		check_type(w, item, "is", "MIG_INLINE");
		if (item->kind != ITEM_DATA || type->shape != SHAPE_STRING)
			break;
		fprintf(w->f, "\tif (MIG_BAD(!mig_string_ends(%s, %u)))\n",
		    emit_field(w->base, item, ""), type->count);
		refuse(w);
		break;
	}
}

/* How many elements an argument's descriptor says. */
static const char *
elements(const struct check *w, const struct item *item)
{
	if (item->multiple == 1)
		return number(w, item);
	return mem_format("%s / %u", number(w, item), item->multiple);
}

/* Arrays that share a count have the same. */
static void
check_same(const struct check *w, const struct message *message,
    const struct item *item)
{
	const struct item *counter = message->items;

	if ((item->arg->flags & FLAG_SAMECOUNT) == 0)
		return;
	while (counter != NULL && counter->arg != item->arg->counter)
		counter = counter->next;
	if (counter == NULL)
		fatal("internal error: '%s' is not counted", item->arg->name);
	fprintf(w->f, "\tif (MIG_BAD(%s != %s))\n", elements(w, item),
	    elements(w, counter));
	refuse(w);
}

void
typed_check(FILE *f, const struct routine *r, bool reply)
{
	const struct message *message = reply ? &r->reply : &r->request;
	const struct item *item;
	struct check w = {.f = f,
	    .base = reply ? "mig_out" : "mig_in",
	    .reply = reply,
	    .depends = typed_complexity(message, true) == COMPLEX_DEPENDS};

	for (item = message->items; item != NULL; item = item->next)
		check_item(&w, item);
	for (item = message->items; item != NULL; item = item->next)
		check_same(&w, message, item);
	if (message->min != message->max) {
		fprintf(f, "\tif (MIG_BAD(%s->Head.msgh_size != mig_need))\n",
		    w.base);
		refuse(&w);
	}
	if (!w.depends)
		return;
	fprintf(f,
	    "\tif (MIG_BAD(mig_complex != ((%s->Head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0)))\n",
	    w.base);
	refuse(&w);
}
