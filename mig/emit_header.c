/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Headers: what callers of a subsystem include, and what its server does.
 */
#include "mig.h"

static void
emit_guard(FILE *f, const struct interface *interface, const char *side)
{
	fprintf(f, "#ifndef _%s_%s_\n#define _%s_%s_\n\n", interface->name,
	    side, interface->name, side);
}

/* Functions of callers; in a header with comments. */
void
emit_user_prototypes(FILE *f, const struct interface *interface, bool header)
{
	const struct routine *r;

	if (header)
		emit_owners_top(f, interface, SIDE_USER);
	for (r = interface->routines; r != NULL; r = r->next) {
		if (header)
			emit_owners(f, interface, r, SIDE_USER);
		fputs(emit_attributes(SIDE_USER), f);
		emit_prototype(f, interface, r, SIDE_USER, ";\n");
		fputc('\n', f);
	}
}

/* What the function that serves a request is given. */
const char *
emit_demux_parameters(void)
{
	if (mig_parts)
		return "\n\tmach_msg_header_t *request,\n\tvoid *request_data,\n\tmach_msg_max_trailer_t *request_trailer,\n\tmach_msg_header_t *reply,\n\tvoid *reply_data";
	return "\n\tmach_msg_header_t *request,\n\tmach_msg_header_t *reply";
}

/* The type and name of the function that finds a request's stub. */
const char *
emit_finder(const struct interface *interface)
{
	return mem_format("%s %s_routine",
	    mig_parts ? "mig_kern_routine_t" : "mig_routine_t",
	    emit_demux_name(interface));
}

/* Functions the implementation defines, then what it gets; with comments? */
void
emit_server_prototypes(FILE *f, const struct interface *interface, bool header)
{
	const struct routine *r;

	if (header)
		emit_owners_top(f, interface, SIDE_SERVER);
	for (r = interface->routines; r != NULL; r = r->next) {
		if (header)
			emit_owners(f, interface, r, SIDE_SERVER);
		fputs(emit_attributes(SIDE_SERVER), f);
		emit_prototype(f, interface, r, SIDE_SERVER, ";\n");
		fputc('\n', f);
	}
	fprintf(f,
	    "/* Serve a request; FALSE if its id is not of this subsystem. */\n");
	fprintf(f, "boolean_t %s(%s);\n\n", emit_demux_name(interface),
	    emit_demux_parameters());
	fprintf(f, "/* The stub for a request, or NULL. */\n");
	fprintf(f, "%s(\n\tmach_msg_header_t *request);\n\n",
	    emit_finder(interface));
	if (mig_apple)
		emit_table_type(f, interface);
	else
		fprintf(f, "extern const struct mig_subsystem %s;\n",
		    emit_table_name(interface));
}

static void
emit_extern_c(FILE *f, bool open)
{
	fprintf(f, "#ifdef __cplusplus\n%s\n#endif\n%s",
	    open ? "extern \"C\" {" : "}", open ? "\n" : "");
}

void
emit_user_header(FILE *f, const struct interface *interface)
{
	emit_banner(f, interface, "User header");
	emit_guard(f, interface, "user");
	emit_includes(f, interface, SIDE_USER, false);
	emit_imports(f, interface, IMPORT_USER | IMPORT_DEFINES);
	emit_hooks(f);
	emit_extern_c(f, true);
	emit_user_prototypes(f, interface, true);
	emit_extern_c(f, false);
	emit_apple_header(f, interface, SIDE_USER);
	fputs("\n#endif\n", f);
}

void
emit_server_header(FILE *f, const struct interface *interface)
{
	emit_banner(f, interface, "Server header");
	emit_guard(f, interface, "server");
	emit_includes(f, interface, SIDE_SERVER, false);
	emit_imports(f, interface, IMPORT_SERVER | IMPORT_DEFINES);
	emit_hooks(f);
	fprintf(f,
	    "/* The largest messages, without trailer. */\n#define %s_MAX_REQUEST %s\n#define %s_MAX_REPLY %s\n\n",
	    interface->name, emit_largest(interface, false), interface->name,
	    emit_largest(interface, true));
	emit_extern_c(f, true);
	emit_server_prototypes(f, interface, true);
	emit_extern_c(f, false);
	emit_apple_header(f, interface, SIDE_SERVER);
	fputs("\n#endif\n", f);
}
