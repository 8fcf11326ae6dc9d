/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Code that writes the body of a typed message: the user's request and the
 * server's reply. In both, the C expression `name` is an argument's value and
 * `nameCnt` its count. The server's fixed arrays and those with a bound were
 * written in place by the implementation, where the structure has them, or
 * into a local; they move up if something before is short. All padding is
 * zeroed. mig_size becomes the size of a variable message, mig_complex says
 * whether one carries a right or memory where that depends on the arguments.
 */
#include "emit_typed.h"

struct fill {
	FILE *f;
	const struct interface *interface;
	const struct routine *routine;
	const char *base;
	bool reply;
	bool depends;    /* mig_complex is wanted */
	const char *tab; /* a tab inside a block, else empty */
};

static void
give_up(const struct fill *w)
{
	if (w->reply)
		fprintf(w->f,
		    "%s\t\tmig_fail(mig_reply, MIG_ARRAY_TOO_LARGE);\n%s\t\treturn;\n%s\t}\n",
		    w->tab, w->tab, w->tab);
	else
		fprintf(w->f, "%s\t\treturn MIG_ARRAY_TOO_LARGE;\n%s\t}\n",
		    w->tab, w->tab);
}

/* The value of an argument, translated on its way out of a server. */
static const char *
value(const struct fill *w, const struct argument *arg)
{
	if (w->reply && arg->type->outtran.function != NULL)
		return mem_format(
		    "%s(%s)", arg->type->outtran.function, arg->name);
	if (!w->reply && arg->out && !emit_by_address(arg->type))
		return mem_format("*%s", arg->name);
	return arg->name;
}

/* The count of an argument: what goes there and back has it by address. */
static const char *
count_of(const struct fill *w, const struct argument *arg)
{
	return mem_format("%s%sCnt", !w->reply && arg->counter->out ? "*" : "",
	    emit_counter(arg));
}

/* How many the descriptor says; a C expression. */
static const char *
number(const struct fill *w, const struct item *item)
{
	const struct type *type = item->arg->type;

	if (!type->variable || item->kind == ITEM_CAPACITY)
		return mem_format("%u", item->number);
	if (type->shape == SHAPE_STRING)
		return "mig_len";
	if (item->multiple == 1)
		return count_of(w, item->arg);
	return mem_format("%s * %u", count_of(w, item->arg), item->multiple);
}

/* The name a right goes by, which may be an argument. */
static const char *
name_of(const struct fill *w, const struct item *item)
{
	const struct argument *arg = item->arg;

	if (item->kind != ITEM_CAPACITY && arg->type->is_port &&
	    emit_sent(arg, w->reply) == DISP_POLY)
		return mem_format(
		    "%s%sPoly", !w->reply && arg->out ? "*" : "", arg->name);
	return typed_name(item, false, w->reply);
}

static const char *
deallocate(const struct argument *arg)
{
	if ((arg->flags & FLAG_DEALLOC_ARG) != 0)
		return mem_format("%sDealloc ? MIG_DEALLOCATE : 0", arg->name);
	return (arg->flags & FLAG_DEALLOC) != 0 ? "MIG_DEALLOCATE" : "0";
}

static void
descriptor(const struct fill *w, const struct item *item, const char *flags)
{
	fprintf(w->f, "%s\t%s =\n%s\t    %s;\n", w->tab,
	    emit_field(w->base, item,
		item->kind == ITEM_CAPACITY ? "CntType" : "Type"),
	    w->tab,
	    typed_descriptor(item, name_of(w, item), number(w, item), flags));
	if (w->depends && item->kind != ITEM_CAPACITY &&
	    item->arg->type->is_port &&
	    emit_sent(item->arg, w->reply) == DISP_POLY)
		fprintf(w->f, "\tmig_complex |= MACH_MSG_TYPE_PORT_ANY(%s);\n",
		    name_of(w, item));
}

static void
zero_pad(const struct fill *w, const struct item *item)
{
	if (item->pad > 0)
		fprintf(w->f, "\t__builtin_memset(%s, 0, %u);\n",
		    emit_field(w->base, item, "Pad"), item->pad);
}

/* A receive right that goes out of a kernel may close a circle. */
static void
check_circle(const struct fill *w, const struct item *item)
{
	const char *port = emit_field(w->base, item, ".port");
	const char *to = w->reply ? "mig_request->msgh_local_port"
				  : w->routine->request_port->name;

	if (!typed_in_kernel(w->interface, w->reply ? SIDE_SERVER : SIDE_USER))
		return;
	if (emit_sent(item->arg, w->reply) == DISP_POLY)
		fprintf(w->f, "\tif (%s == MACH_MSG_TYPE_PORT_RECEIVE)\n\t",
		    name_of(w, item));
	else if (emit_sent(item->arg, w->reply) != DISP_MOVE_RECEIVE)
		return;
	fprintf(w->f,
	    "\tif (IP_VALID((ipc_port_t)%s) && IP_VALID((ipc_port_t)%s) &&\n\t    ipc_port_check_circularity(\n\t\t(ipc_port_t)%s, (ipc_port_t)%s))\n\t\tmig_circular = MACH_MSGH_BITS_CIRCULAR;\n",
	    to, port, port, to);
}

static void
fill_port(const struct fill *w, const struct item *item)
{
	const struct argument *arg = item->arg;
	const char *field;

	descriptor(w, item, "MIG_INLINE");
	if (arg->type->shape == SHAPE_SCALAR) {
		field = emit_field(w->base, item, "");
		fprintf(w->f, "\t%s.slot = 0;\n\t%s.port = (mig_right_t)%s;\n",
		    field, field, value(w, arg));
		check_circle(w, item);
		return;
	}
	field = emit_field(w->base, item, "[mig_i]");
	fprintf(w->f,
	    "\tfor (uint32_t mig_i = 0; mig_i < %u; mig_i++)\n\t\t%s = (mig_port_t){.port = (mig_right_t)%s[mig_i]};\n",
	    item->number, field, arg->name);
	zero_pad(w, item);
}

static void
fill_ool(const struct fill *w, const struct item *item)
{
	descriptor(w, item, deallocate(item->arg));
	fprintf(w->f, "\t%s = (uintptr_t)%s;\n", emit_field(w->base, item, ""),
	    value(w, item->arg));
}

/* A string; mig_len becomes its length with the NUL. */
static void
fill_string(const struct fill *w, const struct item *item)
{
	const struct type *type = item->arg->type;
	const char *field = emit_field(w->base, item, "");

	fprintf(w->f, "\tmig_len = mig_put_string(%s, %s, %u);\n", field,
	    item->arg->name, type->count);
	fputs("\tif (mig_len == 0) {\n", w->f);
	give_up(w);
	descriptor(w, item, "MIG_INLINE");
	if (type->variable)
		fprintf(w->f, "\tmig_len = mig_pad(%s, mig_len);\n", field);
	else
		fprintf(w->f,
		    "\t__builtin_memset(%s + mig_len, 0, %u - mig_len);\n",
		    field, type->count);
}

/* Copy an array of ports into the message. */
static void
copy_ports(const struct fill *w, const struct item *item)
{
	fprintf(w->f,
	    "%s\tfor (uint32_t mig_i = 0; mig_i < %s; mig_i++)\n%s\t\t%s =\n%s\t\t    (mig_port_t){.port = (mig_right_t)%s[mig_i]};\n",
	    w->tab, count_of(w, item->arg), w->tab,
	    emit_field(w->base, item, "[mig_i]"), w->tab, item->arg->name);
}

/* The inline elements of a variable array; mig_len gets their bytes. */
static void
copy_elements(const struct fill *w, const struct item *item)
{
	const char *name = item->arg->name;
	const char *many = count_of(w, item->arg);
	const char *field = emit_field(w->base, item, "");
	uint32_t size = item->bits / 8 * item->multiple;

	if (item->arg->type->is_port)
		copy_ports(w, item);
	else
		fprintf(w->f,
		    "%s\tif (%s != 0 && (void *)%s != (const void *)%s)\n%s\t\t__builtin_memmove(%s, %s, %s * %u);\n",
		    w->tab, many, field, name, w->tab, field, name, many, size);
	fprintf(w->f, "%s\tmig_len = mig_pad(%s, %s * %u);\n", w->tab, field,
	    many, size);
}

/* Refuse more than the bound, or than a descriptor can say. */
static void
limit(const struct fill *w, const struct item *item)
{
	const struct type *type = item->arg->type;
	uint32_t most = 0xffffffffU / item->multiple;

	if (type->shape == SHAPE_STRING)
		return;
	if (!type->unbounded)
		most = type->count;
	if (most == 0xffffffffU)
		return;
	fprintf(w->f, "\tif (%s > %u) {\n", count_of(w, item->arg), most);
	give_up(w);
}

/* array[]: inline or memory. */
static void
fill_indefinite(const struct fill *outer, const struct item *item)
{
	struct fill inner = *outer;
	const struct fill *w = &inner;
	const char *name = item->arg->name;
	uint32_t most = item->number / item->multiple;

	inner.tab = "\t";
	if (w->reply)
		fprintf(
		    w->f, "\tif (%s != (void *)mig_room_%s) {\n", name, name);
	else
		fprintf(
		    w->f, "\tif (%s > %u) {\n", count_of(w, item->arg), most);
	descriptor(w, item, deallocate(item->arg));
	fprintf(w->f,
	    "\t\t%s = (uintptr_t)%s;\n\t\tmig_len = sizeof(uintptr_t);\n",
	    emit_field(w->base, item, "P"), name);
	if (w->depends)
		fputs("\t\tmig_complex = 1;\n", w->f);
	fputs("\t} else {\n", w->f);
	if (w->reply) {
		fprintf(
		    w->f, "\t\tif (%s > %u) {\n", count_of(w, item->arg), most);
		give_up(w);
	}
	descriptor(w, item, "MIG_INLINE");
	copy_elements(w, item);
	fputs("\t}\n", w->f);
}

static void
fill_variable(const struct fill *w, const struct item *item)
{
	const struct type *type = item->arg->type;

	limit(w, item);
	if (type->shape == SHAPE_STRING) {
		fill_string(w, item);
	} else if (type->unbounded) {
		fill_indefinite(w, item);
	} else {
		descriptor(w, item, "MIG_INLINE");
		copy_elements(w, item);
	}
	fputs("\tmig_size += mig_len;\n", w->f);
	emit_next_segment(w->f, w->base, item, "mig_len");
}

static void
fill_data(const struct fill *w, const struct item *item)
{
	const struct type *type = item->arg->type;
	const char *field = emit_field(w->base, item, "");

	if (type->shape == SHAPE_STRING) {
		fill_string(w, item);
		zero_pad(w, item);
		return;
	}
	descriptor(w, item, "MIG_INLINE");
	if (type->shape == SHAPE_ARRAY)
		fprintf(w->f, "\t__builtin_memmove(%s, %s, %u);\n", field,
		    item->arg->name, type->size);
	else
		fprintf(w->f, "\t%s = %s;\n", field, value(w, item->arg));
	zero_pad(w, item);
}

static void
fill_item(const struct fill *w, const struct item *item)
{
	const char *name = item->arg->name;

	switch (item->kind) {
	case ITEM_PORT:
		fill_port(w, item);
		break;
	case ITEM_OOL:
	case ITEM_OOL_PORTS:
		if (item->arg->type->variable)
			limit(w, item);
		fill_ool(w, item);
		break;
	case ITEM_CAPACITY:
		descriptor(w, item, "MIG_INLINE");
		fprintf(w->f, "\t%s = *%sCnt < %u ? *%sCnt : %u;\n",
		    emit_field(w->base, item, "Cnt"), name, item->capacity,
		    name, item->capacity);
		zero_pad(w, item);
		break;
	case ITEM_VARIABLE:
		fill_variable(w, item);
		break;
	case ITEM_DATA:
	case ITEM_COUNT:
	case ITEM_MEMORIES:
	case ITEM_SUBS:
	case ITEM_OFFSET:
	default:
		fill_data(w, item);
		break;
	}
}

void
typed_fill(FILE *f, const struct interface *interface, const struct routine *r,
    bool reply)
{
	const struct message *message = reply ? &r->reply : &r->request;
	const struct item *item;
	struct fill w = {.f = f,
	    .interface = interface,
	    .routine = r,
	    .base = reply ? "mig_out" : "mig_in",
	    .reply = reply,
	    .tab = "",
	    .depends = typed_complexity(message, false) == COMPLEX_DEPENDS};

	for (item = message->items; item != NULL; item = item->next)
		fill_item(&w, item);
}
