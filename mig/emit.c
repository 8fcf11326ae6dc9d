/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names, C types and function prototypes, as headers and stubs print them.
 */
#include <string.h>

#include "mig.h"

void
emit_banner(FILE *f, const struct interface *interface, const char *what)
{
	fprintf(f, "/* %s of subsystem %s %u. Made by mig: do not edit. */\n",
	    what, interface->name, interface->base);
}

void
emit_imports(FILE *f, const struct interface *interface, unsigned sides)
{
	const struct import *import;

	if (interface->split && (sides & IMPORT_DEFINES) != 0)
		return;
	for (import = interface->imports; import != NULL; import = import->next)
		if ((import->sides & sides) != 0)
			fprintf(f, "#include %s\n", import->file);
	fputc('\n', f);
}

/* The text of an rcsid statement, kept in the object file. */
void
emit_rcsid(FILE *f, const struct interface *interface, const char *side)
{
	if (interface->rcsid != NULL)
		fprintf(f,
		    "static const char %s_%s_rcsid[]\n\t__attribute__((used)) = %s;\n\n",
		    interface->name, side, interface->rcsid);
}

/* What stubs cannot know: whether an import has a global of such a name. */
void
emit_pragmas(FILE *f)
{
	fputs(
	    "/* Arguments may have the name of an imported global. */\n#pragma GCC diagnostic ignored \"-Wshadow\"\n\n",
	    f);
}

/* The C function of a routine on one side. */
const char *
emit_routine_name(
    const struct interface *interface, const struct routine *r, enum side side)
{
	return mem_format("%s%s%s", interface->prefix,
	    side == SIDE_USER ? r->user_prefix : r->server_prefix, r->name);
}

const char *
emit_demux_name(const struct interface *interface)
{
	if (interface->server_demux != NULL)
		return interface->server_demux;
	return mem_format("%s%s_server", interface->prefix, interface->name);
}

const char *
emit_disposition(enum disposition disposition)
{
	switch (disposition) {
	case DISP_MOVE_RECEIVE:
		return "MACH_MSG_TYPE_MOVE_RECEIVE";
	case DISP_MOVE_SEND:
		return "MACH_MSG_TYPE_MOVE_SEND";
	case DISP_MOVE_SEND_ONCE:
		return "MACH_MSG_TYPE_MOVE_SEND_ONCE";
	case DISP_COPY_SEND:
		return "MACH_MSG_TYPE_COPY_SEND";
	case DISP_MAKE_SEND:
		return "MACH_MSG_TYPE_MAKE_SEND";
	case DISP_MAKE_SEND_ONCE:
		return "MACH_MSG_TYPE_MAKE_SEND_ONCE";
	case DISP_NONE:
	case DISP_POLY:
	default:
		return "MACH_MSG_TYPE_PORT_NONE";
	}
}

/* The C type of a parameter; on the server it may be a translated one. */
const char *
emit_ctype(const struct argument *arg, enum side side)
{
	const struct type *type = arg->type;

	if (side == SIDE_SERVER && arg->out && type->outtran.function != NULL)
		return type->outtran.parameter;
	if (side == SIDE_SERVER && (arg->in || !arg->out) &&
	    type->intran.function != NULL)
		return type->intran.result;
	return type_name(type, side);
}

/* Does a count go with it as a parameter? */
bool
emit_has_count(const struct argument *arg)
{
	return arg->type->variable && arg->type->shape == SHAPE_ARRAY &&
	       (arg->flags & FLAG_SAMECOUNT) == 0;
}

/* The argument whose count it has: `nameCnt` is that. */
const char *
emit_counter(const struct argument *arg)
{
	return arg->counter->name;
}

/* Inline arrays and strings are passed by address in both directions. */
bool
emit_by_address(const struct type *type)
{
	return !type->out_of_line &&
	       (type->shape == SHAPE_ARRAY || type->shape == SHAPE_STRING);
}

/* What a message says of a right that is sent in it. */
enum disposition
emit_sent(const struct argument *arg, bool reply)
{
	return reply ? arg->reply_sent : arg->type->sent;
}

/* Does the function on this side choose or see the disposition? */
bool
emit_polymorphic(const struct argument *arg, enum side side)
{
	bool sends = (side == SIDE_USER) != arg->out;

	if (!arg->type->is_port)
		return false;
	if (arg->in && arg->out)
		return emit_sent(arg, side == SIDE_SERVER) == DISP_POLY ||
		       arg->type->received == DISP_POLY;
	return (sends ? emit_sent(arg, side == SIDE_SERVER)
		      : arg->type->received) == DISP_POLY;
}

/* Separate one parameter from the one before. */
void
emit_comma(FILE *f, bool *first)
{
	fputs(*first ? "\n\t" : ",\n\t", f);
	*first = false;
}

/* `type name`, with the space only after a word. */
void
emit_declare(FILE *f, const char *ctype, const char *star, const char *name)
{
	bool pointer = ctype[strlen(ctype) - 1] == '*';

	fprintf(f, "%s%s%s%s", ctype, pointer ? "" : " ", star, name);
}

/* The parameters that come with an argument. */
void
emit_implied(FILE *f, const struct argument *arg, enum side side, bool *first)
{
	const char *star = arg->out ? "*" : "";

	if (emit_polymorphic(arg, side)) {
		emit_comma(f, first);
		fprintf(f, "mach_msg_type_name_t %s%sPoly", star, arg->name);
	}
	if (emit_has_count(arg)) {
		emit_comma(f, first);
		fprintf(f, "mach_msg_type_number_t %s%sCnt", star, arg->name);
	}
	if (emit_has_subs(arg)) {
		emit_comma(f, first);
		fprintf(f, "%smach_msg_type_number_t *%sSubs",
		    arg->out ? "" : "const ", arg->name);
	}
	if ((arg->flags & FLAG_DEALLOC_ARG) != 0 &&
	    (side == SIDE_USER) == arg->in) {
		emit_comma(f, first);
		fprintf(f, "boolean_t %s%sDealloc", star, arg->name);
	}
	if ((arg->flags & FLAG_SERVERCOPY) != 0 && side == SIDE_SERVER) {
		emit_comma(f, first);
		fprintf(f, "boolean_t %sSCopy", arg->name);
	}
}

/*
 * An array or string is a pointer to its elements, read-only if it is in,
 * whether the C type of the whole is an array or a pointer; a type that has a
 * ctype of its own is that. In Apple's headers all are the type's name.
 */
static void
emit_array(FILE *f, const struct argument *arg, enum side side)
{
	uint32_t count;
	const struct type *base = type_base(arg->type, &count);
	const char *ctype = emit_ctype(arg, side);

	if (arg->type->memories && ctype == arg->type->name) {
		fprintf(f, "%s %s*%s", emit_memory_ctype(arg->type, side),
		    arg->out ? "" : "const ", arg->name);
		return;
	}
	/* There an interface says itself where const is. */
	if (mig_apple) {
		emit_declare(f,
		    mem_format("%s%s",
			(arg->flags & FLAG_CONST) != 0 ? "const " : "", ctype),
		    "", arg->name);
		return;
	}
	if (!arg->out)
		fputs("const ", f);
	if (base == arg->type->element && ctype == arg->type->name)
		emit_declare(f, type_name(base, side), "*", arg->name);
	else
		emit_declare(f, ctype, "", arg->name);
}

static void
emit_parameter(FILE *f, const struct argument *arg, enum side side, bool *first)
{
	bool result = arg->out || (emit_from_trailer(arg) && side == SIDE_USER);

	emit_comma(f, first);
	if (emit_raw_pointer(arg))
		fprintf(f, "%s const *%s", arg->type->raw_ctype, arg->name);
	else if (emit_by_address(arg->type))
		emit_array(f, arg, side);
	else
		emit_declare(
		    f, emit_ctype(arg, side), result ? "*" : "", arg->name);
	emit_implied(f, arg, side, first);
}

/* A routine's function, from its type to `end`. */
void
emit_prototype(FILE *f, const struct interface *interface,
    const struct routine *routine, enum side side, const char *end)
{
	const struct argument *arg;
	bool first = true;

	fprintf(f, "kern_return_t %s(",
	    emit_routine_name(interface, routine, side));
	for (arg = routine->args; arg != NULL; arg = arg->next)
		if (side == SIDE_USER ? arg->on_user : arg->on_server)
			emit_parameter(f, arg, side, &first);
	fprintf(f, "%s)%s", first ? "void" : "", end);
}
