/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A page of Markdown about an interface, for people: what each routine is
 * called with, and what its messages look like.
 */
#include "mig.h"

static const char *
direction(const struct argument *arg)
{
	if (arg->in && arg->out)
		return "in, out";
	if (arg->in)
		return "in";
	if (arg->out)
		return "out";
	switch (arg->kind) {
	case ARG_REQUESTPORT:
		return "request port";
	case ARG_REPLYPORT:
	case ARG_SREPLYPORT:
	case ARG_UREPLYPORT:
		return "reply port";
	case ARG_WAITTIME:
	case ARG_SENDTIME:
	case ARG_MSGOPTION:
		return "of the call";
	case ARG_MSGSEQNO:
	case ARG_SECTOKEN:
	case ARG_AUDITTOKEN:
	case ARG_CONTEXT:
		return "from the trailer";
	case ARG_DEFAULT:
	case ARG_IN:
	case ARG_OUT:
	case ARG_INOUT:
	default:
		return "";
	}
}

static void
put_array(FILE *f, const struct type *type)
{
	const char *what = type->is_port ? "ports" : "elements";

	if (type->count == 0)
		fprintf(f, "any number of %s", what);
	else
		fprintf(f, "%s%u %s", type->variable ? "up to " : "",
		    type->count, what);
}

/* How it travels, in words. */
static void
put_type(FILE *f, const struct type *type)
{
	if (type->raw != RAW_NONE) {
		fputs("whatever C has", f);
		return;
	}
	switch (type->shape) {
	case SHAPE_STRING:
		fprintf(f, "string of less than %u bytes", type->count);
		break;
	case SHAPE_ARRAY:
		put_array(f, type);
		break;
	case SHAPE_SCALAR:
	case SHAPE_STRUCT:
	default:
		if (type->is_port)
			fputs("port", f);
		else
			fprintf(f, "%u byte%s", type->size,
			    type->size == 1 ? "" : "s");
	}
	if (type->out_of_line)
		fputs(", out of line", f);
	if (type->is_port && type->sent != DISP_POLY)
		fprintf(f, ", `%s`", emit_disposition(type->sent));
}

static void
put_arguments(FILE *f, const struct routine *r)
{
	const struct argument *arg;

	fputs("| argument | | type | |\n| --- | --- | --- | --- |\n", f);
	for (arg = r->args; arg != NULL; arg = arg->next) {
		fprintf(f, "| `%s` | %s | `%s` | ", arg->name, direction(arg),
		    emit_ctype(arg, SIDE_USER));
		put_type(f, arg->type);
		fputs(" |\n", f);
	}
}

/* Who owns what the arguments carry, if they carry something. */
static void
put_owners(FILE *f, const struct interface *interface, const struct routine *r)
{
	const struct argument *arg;
	bool first = true;

	for (arg = r->args; arg != NULL; arg = arg->next) {
		const char *user = emit_owner(interface, arg, SIDE_USER);
		const char *server = emit_owner(interface, arg, SIDE_SERVER);

		if (user == NULL && server == NULL)
			continue;
		if (first)
			fputs(
			    "\n| argument | of callers | of the server |\n| --- | --- | --- |\n",
			    f);
		first = false;
		fprintf(f, "| `%s` | %s | %s |\n", arg->name,
		    user != NULL ? user : "", server != NULL ? server : "");
	}
	if (emit_owner_unsent(r) != NULL)
		fprintf(f, "\n%s\n", emit_owner_unsent(r));
}

static void
put_message(FILE *f, const char *what, const struct message *message)
{
	static const char *const kinds[] = {
	    [ITEM_PORT] = "port descriptor",
	    [ITEM_OOL] = "memory descriptor",
	    [ITEM_OOL_PORTS] = "ports descriptor",
	    [ITEM_MEMORIES] = "descriptors",
	    [ITEM_SUBS] = "counts",
	    [ITEM_COUNT] = "count",
	    [ITEM_CAPACITY] = "room",
	    [ITEM_OFFSET] = "offset, 0",
	    [ITEM_DATA] = "data",
	    [ITEM_VARIABLE] = "data, as much as there is",
	};
	const struct item *item;

	if (message->min == message->max)
		fprintf(f, "\n%s, %u bytes", what, message->max);
	else
		fprintf(f, "\n%s, %u to %u bytes", what, message->min,
		    message->max);
	if (message->items == NULL) {
		fputs(": nothing of its own.\n", f);
		return;
	}
	fputs(":\n\n| at | size | argument | |\n| ---: | ---: | --- | --- |\n",
	    f);
	for (item = message->items; item != NULL; item = item->next)
		fprintf(f, "| %s%u | %u | `%s` | %s |\n",
		    item->segment > 0 ? "up to " : "", item->offset, item->size,
		    item->arg->name, kinds[item->kind]);
}

void
emit_doc(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	fprintf(f,
	    "# %s\n\nInterface of the messages from id %u on, served by `%s`.\n",
	    interface->name, interface->base, emit_demux_name(interface));
	fprintf(f, "\nOf rights and memory: %s\n\nIn servers: %s\n",
	    emit_owner_rules(SIDE_USER), emit_owner_rules(SIDE_SERVER));
	for (r = interface->routines; r != NULL; r = r->next) {
		uint32_t id = interface->base + r->index;

		fprintf(f, "\n## %s\n\n```c\n",
		    emit_routine_name(interface, r, SIDE_USER));
		emit_prototype(f, interface, r, SIDE_USER, ";\n");
		fprintf(f, "```\n\nId %u, ", id);
		if (r->simple)
			fputs("no reply.\n\n", f);
		else
			fprintf(f, "reply %u.\n\n", id + 100);
		put_arguments(f, r);
		put_owners(f, interface, r);
		put_message(f, "Request", &r->request);
		if (!r->simple)
			put_message(f, "Reply", &r->reply);
	}
}
