/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Raw C values, and the sizes of messages with them: mig knows the size of
 * everything else, so such a size is a number plus MIG_RAW(T) of each. A value
 * may lie where its type must not, so that it is copied to and from a local.
 */
#include "mig.h"

/* Is it passed by a pointer that the function does not write through? */
bool
emit_raw_pointer(const struct argument *arg)
{
	return (arg->type->raw == RAW_POINTER && !arg->out) ||
	       arg->type->raw == RAW_UNLESS;
}

bool
emit_varies(const struct message *message)
{
	return message->min != message->max || message->raw_variable != NULL;
}

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* The size of the smallest message, as an expression. */
const char *
emit_least(const struct message *message)
{
	if (mig_apple)
		return mem_format("(mach_msg_size_t)(sizeof(%s) - (%u%s))",
		    message->ctype, message->max - message->min,
		    or_empty(message->raw_variable));
	return mem_format("%u%s", message->min, or_empty(message->raw));
}

/* The size of the largest message. */
const char *
emit_most(const struct message *message)
{
	if (mig_apple)
		return mem_format("sizeof(%s)", message->ctype);
	return mem_format("%u%s%s", message->max, or_empty(message->raw),
	    or_empty(message->raw_variable));
}

/* The size of the largest message of all routines. */
const char *
emit_largest(const struct interface *interface, bool reply)
{
	const struct routine *r;
	const char *text =
	    mem_format("%u", reply ? layout_max_reply(interface)
				   : layout_max_request(interface));
	const char *raw = "";

	if (mig_apple)
		return mem_format("sizeof(union __%sUnion__%s)",
		    reply ? "Reply" : "Request", emit_table_name(interface));
	for (r = interface->routines; r != NULL; r = r->next) {
		const struct message *m = reply ? &r->reply : &r->request;

		if (m->raw != NULL || m->raw_variable != NULL)
			raw = mem_format(
			    "%s; char %s[%s]", raw, r->name, emit_most(m));
	}
	if (*raw == '\0')
		return text;
	return mem_format("sizeof(union { char mig_most[%s]%s; })", text, raw);
}

/* How many bytes one of what an item counts has. */
const char *
emit_unit(const struct type *type)
{
	if (type->raw != RAW_NONE)
		return mem_format("sizeof(%s)", type->raw_ctype);
	return mem_format("%u", emit_element_size(type));
}

/* The limit the user sets to sizes mig does not know. */
void
emit_raw_assert(FILE *f, const struct routine *r, const struct argument *arg)
{
	if (arg->type->raw != RAW_NONE && r->raw_limit != UINT32_MAX)
		fprintf(f,
		    "_Static_assert(sizeof(%s) <= %u, \"UserTypeLimit of %s\");\n",
		    arg->type->raw_ctype, r->raw_limit, arg->name);
}

void
emit_raw_field(FILE *f, const struct argument *arg)
{
	const char *ctype = arg->type->raw_ctype;

	fprintf(f, "\t%s %s;\n\tchar mig_%sPad[MIG_RAW(%s) - sizeof(%s)];\n",
	    ctype, arg->name, arg->name, ctype, ctype);
}

/* Copy a value into a message. */
static void
copy(FILE *f, const char *base, const struct item *item, const char *value)
{
	const char *pad = emit_field(base, item, "Pad");

	fprintf(f, "\t%s = %s;\n", emit_field(base, item, ""), value);
	fprintf(f, "\t__builtin_memset(%s, 0, sizeof(%s));\n", pad, pad);
}

void
emit_fill_raw(FILE *f, const char *base, const struct item *item)
{
	const struct argument *arg = item->arg;
	bool reply = base[4] == 'o';

	if (arg->type->raw != RAW_UNLESS) {
		copy(f, base, item,
		    reply || arg->type->raw == RAW_VALUE
			? arg->name
			: mem_format("*%s", arg->name));
		return;
	}
	fprintf(
	    f, "\tmig_len = 0;\n\tif (%s) {\n", emit_field(base, item, "Cnt"));
	copy(f, base, item, mem_format("*%s", arg->name));
	fprintf(f, "\tmig_len = MIG_RAW(%s);\n\t}\n", arg->type->raw_ctype);
}

void
emit_fill_present(FILE *f, const char *base, const struct item *item)
{
	fprintf(f, "\t%s = %s != %s;\n", emit_field(base, item, "Cnt"),
	    item->arg->name, item->arg->type->raw_unless);
}

/*
 * The server's variable for what it is given by address; `field` is where it
 * lies in the request, NULL if it is only a result.
 */
void
emit_raw_local(
    FILE *f, const struct argument *arg, const char *field, const char *present)
{
	const char *name = arg->name;
	const char *ctype = arg->type->raw_ctype;

	if (arg->type->raw == RAW_UNLESS) {
		fprintf(f,
		    "\t%s mig_value_%s;\n\t%s const *%s = %s;\n\tif (%s) {\n",
		    ctype, name, ctype, name, arg->type->raw_unless, present);
		fprintf(f,
		    "\t\t__builtin_memcpy(&mig_value_%s, &%s, sizeof(mig_value_%s));\n\t\t%s = &mig_value_%s;\n\t}\n",
		    name, field, name, name, name);
		return;
	}
	fprintf(f, "\t%s %s;\n", ctype, name);
	if (field != NULL)
		fprintf(f, "\t__builtin_memcpy(&%s, &%s, sizeof(%s));\n", name,
		    field, name);
	else
		fprintf(
		    f, "\t__builtin_memset(&%s, 0, sizeof(%s));\n", name, name);
}
