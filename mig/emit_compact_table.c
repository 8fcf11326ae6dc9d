/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables of compact stubs: a list of items for each routine (checks of the
 * request, objects, results), the routines, and the types of objects. Items of
 * a request are in the order of its fields, as the checks of other stubs are.
 */
#include <stdlib.h>
#include <string.h>

#include "mig.h"

/* What has been printed of the list of all items. */
struct table {
	FILE *f;
	const struct interface *interface;
	const struct type **objects; /* whose ports are translated */
	uint32_t object_count;
	uint32_t items;
};

/* An item that differs from nothing in this and what follows. */
static void
begin(struct table *table, const char *op)
{
	table->items++;
	fprintf(table->f, "\t{.op = MIG_%s", op);
}

/* What has a value other than 0. */
static void
say(struct table *table, const char *field, uint32_t number)
{
	if (number != 0)
		fprintf(table->f, ", .%s = %u", field, number);
}

static void
end(struct table *table)
{
	fputs("},\n", table->f);
}

/* Which of the objects' types it is. */
static uint32_t
object_type(struct table *table, const struct type *type)
{
	const char *release = type->destructor.function;
	uint32_t i;

	for (i = 0; i < table->object_count; i++) {
		const struct type *known = table->objects[i];
		const char *other = known->destructor.function;

		if (strcmp(known->intran.function, type->intran.function) ==
			0 &&
		    (release == NULL
			    ? other == NULL
			    : other != NULL && strcmp(release, other) == 0))
			return i;
	}
	table->objects[table->object_count] = type;
	return table->object_count++;
}

/* A disposition, where MIG_ANY is one of several. */
static uint32_t
how(enum disposition disposition)
{
	return (uint32_t)disposition;
}

static void
check_descriptors(struct table *table, const struct item *item)
{
	const struct type *type = item->arg->type;
	uint32_t kind = item->kind == ITEM_PORT        ? 0
			: item->kind == ITEM_OOL_PORTS ? 2
						       : 1;

	begin(table, "CHECK_DESCRIPTORS");
	say(table, "slot", kind);
	if (type->is_port)
		say(table, "how", how(type->received));
	say(table, "at", item->offset);
	say(table, "bound",
	    item->kind == ITEM_PORT && type->shape != SHAPE_SCALAR ? type->count
								   : 1);
	end(table);
}

/* A count, and what a descriptor in memory says of it. */
static void
check_count(
    struct table *table, const struct message *message, const struct item *item)
{
	const struct type *type = item->arg->type;

	begin(table, "CHECK_COUNT");
	say(table, "how", type->shape == SHAPE_STRING);
	say(table, "count", item->offset);
	say(table, "bound", type->count);
	end(table);
	if (!type->out_of_line)
		return;
	begin(table, "CHECK_SIZE");
	say(table, "at",
	    emit_find_item(
		message, item->arg, type->is_port ? ITEM_OOL_PORTS : ITEM_OOL)
		->offset);
	say(table, "count", item->offset);
	say(table, "unit", type->is_port ? 1 : emit_element_size(type));
	end(table);
}

/* Where the count of an argument is. */
static uint32_t
count_offset(const struct message *message, const struct argument *arg)
{
	return emit_find_item(message, arg->counter, ITEM_COUNT)->offset;
}

static void
data(struct table *table, const char *op, const struct message *message,
    const struct item *item)
{
	const struct type *type = item->arg->type;

	begin(table, op);
	say(table, "how", type->shape == SHAPE_STRING);
	say(table, "at", item->offset);
	say(table, "count", count_offset(message, item->arg));
	say(table, "unit", emit_element_size(type));
	say(table, "bound", type->count);
	end(table);
}

static void
check_item(
    struct table *table, const struct message *message, const struct item *item)
{
	switch (item->kind) {
	case ITEM_PORT:
	case ITEM_OOL:
	case ITEM_OOL_PORTS:
		check_descriptors(table, item);
		break;
	case ITEM_COUNT:
		check_count(table, message, item);
		break;
	case ITEM_OFFSET:
		begin(table, "CHECK_ZERO");
		say(table, "count", item->offset);
		end(table);
		break;
	case ITEM_VARIABLE:
		data(table, "CHECK_DATA", message, item);
		break;
	case ITEM_MEMORIES:
	case ITEM_SUBS:
	case ITEM_DATA:
	case ITEM_CAPACITY:
	default:
		break;
	}
}

/* Where an argument's port is: in the header or in a descriptor. */
static uint32_t
port_offset(const struct table *table, const struct routine *r,
    const struct argument *arg)
{
	const char *port = emit_header_port(table->interface, arg);

	if (port == NULL)
		return emit_find_item(&r->request, arg, ITEM_PORT)->offset;
	return strstr(port, "remote") != NULL ? 8 : 12;
}

/* The first object, if it is what the request goes to, is no item. */
static bool
is_receiver(const struct routine *r, const struct argument *arg)
{
	return arg->kind == ARG_REQUESTPORT && arg->on_server &&
	       arg->type->intran.function != NULL && compact_slot(r, arg) == 0;
}

static const struct argument *
receiver(const struct routine *r)
{
	const struct argument *arg = r->args;

	while (arg != NULL && !is_receiver(r, arg))
		arg = arg->next;
	return arg;
}

static void
object(struct table *table, const struct routine *r, const struct argument *arg)
{
	if (!arg->on_server || arg->out || arg->type->intran.function == NULL ||
	    is_receiver(r, arg))
		return;
	begin(table, "OBJECT");
	say(table, "slot", compact_slot(r, arg));
	say(table, "how", object_type(table, arg->type));
	say(table, "at", port_offset(table, r, arg));
	end(table);
}

static void
put_count(struct table *table, const struct routine *r, const struct item *item)
{
	const struct argument *arg = item->arg;
	const struct type *type = arg->type;
	const struct item *room =
	    emit_find_item(&r->request, arg, ITEM_CAPACITY);

	if (type->shape == SHAPE_STRING)
		return;
	begin(table, "PUT_COUNT");
	say(table, "at", room != NULL ? room->offset : 0);
	say(table, "count", item->offset);
	say(table, "unit", type->is_port ? 4 : emit_element_size(type));
	say(table, "bound", emit_least_bound(arg));
	end(table);
}

static void
put_port(struct table *table, const struct routine *r, const struct item *item)
{
	const struct argument *arg = item->arg;
	bool list = arg->type->shape != SHAPE_SCALAR;

	begin(table, list ? "PUT_PORTS" : "PUT_PORT");
	if (compact_has_slot(arg))
		say(table, "slot", compact_slot(r, arg));
	say(table, "how", how(emit_sent(arg, true)));
	say(table, "at", item->offset);
	if (list && arg->type->variable)
		say(table, "count", count_offset(&r->reply, arg));
	if (list)
		say(table, "bound", arg->type->count);
	end(table);
}

static void
put_memory(
    struct table *table, const struct routine *r, const struct item *item)
{
	const struct argument *arg = item->arg;
	bool physical = (arg->flags & FLAG_PHYSICALCOPY) != 0;
	bool gone = (arg->flags & FLAG_DEALLOC) != 0;

	begin(table, "PUT_MEMORY");
	say(table, "slot", compact_slot(r, arg));
	if (arg->type->is_port)
		say(table, "how", how(emit_sent(arg, true)));
	fprintf(table->f, ", .copy = MACH_MSG_%s_COPY%s",
	    physical ? "PHYSICAL" : "VIRTUAL", gone ? " | MIG_DEALLOCATE" : "");
	say(table, "at", item->offset);
	say(table, "count", count_offset(&r->reply, arg));
	say(table, "unit",
	    arg->type->is_port ? 1 : emit_element_size(arg->type));
	end(table);
}

static void
put_item(struct table *table, const struct routine *r, const struct item *item)
{
	switch (item->kind) {
	case ITEM_PORT:
		put_port(table, r, item);
		break;
	case ITEM_OOL:
	case ITEM_OOL_PORTS:
		put_memory(table, r, item);
		break;
	case ITEM_COUNT:
		put_count(table, r, item);
		break;
	case ITEM_VARIABLE:
		data(table, "PUT_DATA", &r->reply, item);
		break;
	case ITEM_DATA:
	case ITEM_MEMORIES:
	case ITEM_SUBS:
	case ITEM_OFFSET:
	case ITEM_CAPACITY:
	default:
		break;
	}
}

/* The routine's items; its row of the table is printed to `rows`. */
static void
emit_routine(struct table *table, FILE *rows, const struct routine *r)
{
	const struct item *item;
	const struct argument *arg = receiver(r);
	uint32_t first = table->items;
	uint32_t objects;
	uint32_t results;
	uint32_t ndr = r->reply.descriptors > 0 ? 28 : 24;
	uint32_t receiver_type = UINT32_MAX;
	uint32_t port = 0;

	if (arg != NULL) {
		receiver_type = object_type(table, arg->type);
		port = port_offset(table, r, arg);
	}
	fprintf(table->f, "\t/* %s */\n", r->name);
	for (item = r->request.items; item != NULL; item = item->next)
		check_item(table, &r->request, item);
	objects = table->items;
	for (arg = r->args; arg != NULL; arg = arg->next)
		object(table, r, arg);
	results = table->items;
	for (item = r->reply.items; item != NULL; item = item->next) {
		put_item(table, r, item);
		if (emit_is_descriptor(item))
			ndr = item->offset + item->size;
	}
	fprintf(rows, "\t[%u] = {.call = mig_call_%s,", r->index, r->name);
	if (receiver_type != UINT32_MAX)
		fprintf(rows, " .object = &mig_objects[%u], .port = %u,",
		    receiver_type, port);
	fprintf(rows,
	    "\n\t\t.items = &mig_items[%u],\n\t\t.least = %u, .most = %u, .descriptors = %u,\n",
	    first, r->request.min, r->request.max, r->request.descriptors);
	if (!r->simple)
		fprintf(rows,
		    "\t\t.reply = %u, .reply_descriptors = %u, .reply_ndr = %u,\n",
		    r->reply.min, r->reply.descriptors,
		    r->reply.has_ndr ? ndr : 0);
	fprintf(rows,
	    "\t\t.checks = %u, .objects = %u, .results = %u, .values = %u},\n",
	    objects - first, results - objects, table->items - results,
	    compact_slot(r, NULL));
}

/* The functions of the types of objects, and a table of them. */
static void
emit_objects(FILE *f, const struct table *table)
{
	uint32_t i;

	for (i = 0; i < table->object_count; i++) {
		const struct type *type = table->objects[i];

		fprintf(f,
		    "\nstatic void *\nmig_object_%u(mach_port_t port)\n{\n\treturn %s(port);\n}\n",
		    i, type->intran.function);
		if (type->destructor.function != NULL)
			fprintf(f,
			    "\nstatic void\nmig_release_%u(void *object)\n{\n\t%s(object);\n}\n",
			    i, type->destructor.function);
	}
	fprintf(f, "\nstatic const struct mig_object mig_objects[%u] = {\n",
	    table->object_count > 0 ? table->object_count : 1);
	for (i = 0; i < table->object_count; i++) {
		fprintf(f, "\t{mig_object_%u, ", i);
		if (table->objects[i]->destructor.function != NULL)
			fprintf(f, "mig_release_%u},\n", i);
		else
			fputs("0},\n", f);
	}
	fputs("};\n", f);
}

/* The function that serves all routines of the tables. */
static void
emit_serve(FILE *f, const struct interface *interface)
{
	fprintf(f,
	    "\nstatic void\nmig_serve(mach_msg_header_t *request, mach_msg_header_t *reply)\n{\n\tstatic const struct mig_compact tables = {\n\t\t%u, mig_compact_routines, mig_objects};\n\n\tmig_compact_serve(&tables, request, reply);\n}\n",
	    interface->base);
}

void
compact_tables(FILE *f, const struct interface *interface)
{
	const struct routine *r;
	struct table table = {.f = f, .interface = interface};
	char *text = NULL;
	size_t length;
	FILE *rows;
	uint32_t arguments = 0;
	uint32_t fitting = 0;

	for (r = interface->routines; r != NULL; r = r->next) {
		const struct argument *arg;

		fitting += compact_fits(interface, r);
		for (arg = r->args; arg != NULL; arg = arg->next)
			arguments++;
	}
	if (fitting == 0)
		return;
	rows = open_memstream(&text, &length);
	if (rows == NULL)
		fatal("no memory");
	table.objects = mem_alloc((arguments + 1) * sizeof(struct type *));
	fputs("\nstatic const struct mig_item mig_items[] = {\n", f);
	for (r = interface->routines; r != NULL; r = r->next)
		if (compact_fits(interface, r))
			emit_routine(&table, rows, r);
	/* There may be none. */
	fputs("\t{.op = MIG_CHECK_ZERO}};\n", f);
	fclose(rows);
	emit_objects(f, &table);
	fprintf(f,
	    "\nstatic const struct mig_compact_routine mig_compact_routines[%u] = {\n%s};\n",
	    interface->end, text);
	free(text);
	emit_serve(f, interface);
}
