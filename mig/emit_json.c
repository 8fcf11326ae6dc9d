/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The whole interface as JSON (RFC 8259), for tools: names, ids, arguments, and
 * where every field lies in its messages. docs/mig.md says what the members
 * mean. A value is written with its separator before it, so a level remembers
 * whether it is the first there.
 */
#include "mig.h"

#define LEVELS 8

struct json {
	FILE *f;
	int level;
	bool first[LEVELS];
};

static void
separate(struct json *j)
{
	if (!j->first[j->level])
		fputc(',', j->f);
	j->first[j->level] = false;
	if (j->level > 0)
		fprintf(j->f, "\n%*s", j->level, "");
}

/* The next member's name; its value follows. In an array: NULL. */
static void
name(struct json *j, const char *member)
{
	separate(j);
	if (member == NULL)
		return;
	json_text(j->f, member);
	fputs(": ", j->f);
}

static void
enter(struct json *j, const char *member, char bracket)
{
	name(j, member);
	fputc(bracket, j->f);
	j->first[++j->level] = true;
}

static void
leave(struct json *j, char bracket)
{
	j->level--;
	fputc(bracket, j->f);
}

static void
put_text(struct json *j, const char *member, const char *value)
{
	name(j, member);
	if (value != NULL)
		json_text(j->f, value);
	else
		fputs("null", j->f);
}

static void
put_number(struct json *j, const char *member, uint32_t value)
{
	name(j, member);
	fprintf(j->f, "%u", value);
}

static void
put_bool(struct json *j, const char *member, bool value)
{
	name(j, member);
	fputs(value ? "true" : "false", j->f);
}

static const char *
kind_name(enum arg_kind kind)
{
	static const char *const names[] = {
	    [ARG_DEFAULT] = "in",
	    [ARG_IN] = "in",
	    [ARG_OUT] = "out",
	    [ARG_INOUT] = "inout",
	    [ARG_REQUESTPORT] = "requestport",
	    [ARG_REPLYPORT] = "replyport",
	    [ARG_SREPLYPORT] = "sreplyport",
	    [ARG_UREPLYPORT] = "ureplyport",
	    [ARG_WAITTIME] = "waittime",
	    [ARG_SENDTIME] = "sendtime",
	    [ARG_MSGOPTION] = "msgoption",
	    [ARG_MSGSEQNO] = "msgseqno",
	    [ARG_SECTOKEN] = "sectoken",
	    [ARG_AUDITTOKEN] = "audittoken",
	    [ARG_CONTEXT] = "contexttoken",
	};

	return names[kind];
}

/* A function of the type, if it has one. */
static void
put_translation(
    struct json *j, const char *member, const struct translation *translation)
{
	if (translation->function == NULL)
		return;
	enter(j, member, '{');
	put_text(j, "result", translation->result);
	put_text(j, "function", translation->function);
	put_text(j, "parameter", translation->parameter);
	leave(j, '}');
}

static const char *
disposition_name(enum disposition disposition)
{
	return disposition == DISP_POLY ? "polymorphic"
					: emit_disposition(disposition);
}

/* What a type is made of; if that is memories, what one is made of. */
static void
put_structure(struct json *j, const struct type *type)
{
	static const char *const shapes[] = {
	    [SHAPE_SCALAR] = "scalar",
	    [SHAPE_STRUCT] = "struct",
	    [SHAPE_ARRAY] = "array",
	    [SHAPE_STRING] = "string",
	};

	put_text(j, "shape", shapes[type->shape]);
	if (type->element != NULL) {
		uint32_t count;
		const struct type *element = type_base(type, &count);

		put_text(j, "element", type_name(element, SIDE_USER));
		put_number(j, "elements", count);
		put_number(j, "unit", emit_element_size(type));
	}
	put_number(j, "count", type->count);
	put_number(j, "size", type->size);
	put_bool(j, "variable", type->variable);
	put_bool(j, "unbounded", type->unbounded);
	put_bool(j, "out_of_line", type->out_of_line);
	if (type->raw != RAW_NONE)
		put_text(j, "raw", type->raw_ctype);
	put_bool(j, "pointer", type->pointer);
	put_bool(j, "port", type->is_port);
	if (type->is_port) {
		put_text(j, "sent", disposition_name(type->sent));
		put_text(j, "received", disposition_name(type->received));
	}
	if (type->memories && type->element != NULL) {
		enter(j, "memory", '{');
		put_structure(j, type->element);
		leave(j, '}');
	}
}

static void
put_type(struct json *j, const struct argument *arg)
{
	const struct type *type = arg->type;

	enter(j, "type", '{');
	put_text(j, "name", type->name);
	put_text(j, "user_ctype", emit_ctype(arg, SIDE_USER));
	put_text(j, "server_ctype", emit_ctype(arg, SIDE_SERVER));
	put_structure(j, type);
	put_translation(j, "intran", &type->intran);
	put_translation(j, "outtran", &type->outtran);
	put_translation(j, "destructor", &type->destructor);
	leave(j, '}');
}

static void
put_flags(struct json *j, unsigned flags)
{
	static const struct {
		unsigned flag;
		const char *name;
	} known[] = {
	    {FLAG_DEALLOC, "dealloc"},
	    {FLAG_DEALLOC_ARG, "dealloc[]"},
	    {FLAG_NOTDEALLOC, "notdealloc"},
	    {FLAG_COUNTINOUT, "countinout"},
	    {FLAG_SERVERCOPY, "servercopy"},
	    {FLAG_PHYSICALCOPY, "physicalcopy"},
	    {FLAG_AUTO, "auto"},
	    {FLAG_SAMECOUNT, "samecount"},
	    {FLAG_OVERWRITE, "overwrite"},
	};

	enter(j, "flags", '[');
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if ((flags & known[i].flag) != 0)
			put_text(j, NULL, known[i].name);
	leave(j, ']');
}

static void
put_argument(struct json *j, const struct argument *arg)
{
	enter(j, NULL, '{');
	put_text(j, "name", arg->name);
	put_text(j, "kind",
	    arg->kind == ARG_DEFAULT && arg->out ? "out"
						 : kind_name(arg->kind));
	put_bool(j, "in_request", arg->in);
	put_bool(j, "in_reply", arg->out);
	put_bool(j, "user_parameter", arg->on_user);
	put_bool(j, "server_parameter", arg->on_server);
	put_flags(j, arg->flags);
	put_type(j, arg);
	leave(j, '}');
}

struct field {
	const char *kind;
	const char *argument; /* NULL: the format's own */
	uint32_t offset;
	uint32_t size;
	uint32_t padding;
	int segment;
};

static void
put_field(struct json *j, const struct field *field)
{
	enter(j, NULL, '{');
	put_text(j, "kind", field->kind);
	put_text(j, "argument", field->argument);
	put_number(j, "offset", field->offset);
	put_number(j, "size", field->size);
	put_number(j, "padding", field->padding);
	put_number(j, "variable_before", (uint32_t)field->segment);
	leave(j, '}');
}

static bool
is_descriptor(const struct item *item)
{
	return item->kind == ITEM_PORT || item->kind == ITEM_OOL ||
	       item->kind == ITEM_OOL_PORTS || item->kind == ITEM_MEMORIES;
}

static const char *const item_kinds[] = {
    [ITEM_PORT] = "port",
    [ITEM_OOL] = "memory",
    [ITEM_OOL_PORTS] = "ports",
    [ITEM_MEMORIES] = "memories",
    [ITEM_SUBS] = "counts",
    [ITEM_COUNT] = "count",
    [ITEM_CAPACITY] = "capacity",
    [ITEM_OFFSET] = "string_offset",
    [ITEM_DATA] = "data",
    [ITEM_VARIABLE] = "variable",
};

/* The items that are descriptors, or those that are not; where they end. */
static uint32_t
put_items(struct json *j, const struct message *message, bool descriptors,
    uint32_t at)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next) {
		struct field field = {item_kinds[item->kind], item->arg->name,
		    item->offset, item->size, item->pad, item->segment};

		if (is_descriptor(item) != descriptors)
			continue;
		put_field(j, &field);
		at = item->offset + item->size;
	}
	return at;
}

/* A typed message: a descriptor before every item. */
static void
put_typed_items(struct json *j, const struct message *message)
{
	const struct item *item;
	uint32_t at = mig_abi->header_size;
	struct field type = {.kind = "type"};
	struct field code = {.kind = "return_code", .size = layout_pad(4)};

	code.padding = code.size - 4;
	if (message->has_retcode) {
		type.offset = at;
		type.size = layout_pad(mig_abi->type_size);
		put_field(j, &type);
		code.offset = at + type.size;
		put_field(j, &code);
	}
	for (item = message->items; item != NULL; item = item->next) {
		struct field data = {item_kinds[item->kind], item->arg->name,
		    item->offset + item->type_size, item->size, item->pad,
		    item->segment};

		type.argument = item->arg->name;
		type.offset = item->offset;
		type.size = item->type_size;
		type.segment = item->segment;
		put_field(j, &type);
		put_field(j, &data);
	}
}

static void
put_message(struct json *j, const char *member, const struct message *message)
{
	const struct field header = {
	    .kind = "header", .size = mig_abi->header_size};
	struct field body = {
	    .kind = "descriptor_count", .offset = 24, .size = 4};
	struct field ndr = {.kind = "ndr", .size = 8};
	struct field code = {.kind = "return_code", .size = 4};
	uint32_t at = 24;

	enter(j, member, '{');
	put_number(j, "min", message->min);
	put_number(j, "max", message->max);
	put_number(j, "descriptors", message->descriptors);
	enter(j, "fields", '[');
	put_field(j, &header);
	if (mig_abi->typed) {
		put_typed_items(j, message);
		leave(j, ']');
		leave(j, '}');
		return;
	}
	if (message->descriptors > 0) {
		put_field(j, &body);
		at = put_items(j, message, true, 28);
	}
	if (message->has_ndr) {
		ndr.offset = at;
		put_field(j, &ndr);
		at += ndr.size;
	}
	if (message->has_retcode) {
		code.offset = at;
		put_field(j, &code);
		at += code.size;
	}
	(void)put_items(j, message, false, at);
	leave(j, ']');
	leave(j, '}');
}

static void
put_routine(
    struct json *j, const struct interface *interface, const struct routine *r)
{
	uint32_t id = interface->base + r->index;
	const struct argument *arg;

	enter(j, NULL, '{');
	put_text(j, "name", r->name);
	put_text(j, "kind", r->simple ? "simpleroutine" : "routine");
	put_number(j, "id", id);
	put_text(
	    j, "user_function", emit_routine_name(interface, r, SIDE_USER));
	put_text(
	    j, "server_function", emit_routine_name(interface, r, SIDE_SERVER));
	enter(j, "arguments", '[');
	for (arg = r->args; arg != NULL; arg = arg->next)
		put_argument(j, arg);
	leave(j, ']');
	put_message(j, "request", &r->request);
	if (!r->simple) {
		put_number(j, "reply_id", id + 100);
		put_message(j, "reply", &r->reply);
	}
	leave(j, '}');
}

void
emit_json(FILE *f, const struct interface *interface)
{
	struct json j = {.f = f, .first = {true}};
	const struct routine *r;

	enter(&j, NULL, '{');
	put_text(&j, "subsystem", interface->name);
	put_number(&j, "base", interface->base);
	put_text(&j, "abi", mig_abi->name);
	put_bool(&j, "kernel_user", interface->kernel_user);
	put_bool(&j, "kernel_server", interface->kernel_server);
	put_text(&j, "server_demux", emit_demux_name(interface));
	put_number(&j, "max_request", layout_max_request(interface));
	put_number(&j, "max_reply", layout_max_reply(interface));
	enter(&j, "routines", '[');
	for (r = interface->routines; r != NULL; r = r->next)
		put_routine(&j, interface, r);
	leave(&j, ']');
	leave(&j, '}');
	fputc('\n', f);
}
