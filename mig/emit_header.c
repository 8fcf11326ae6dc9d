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

void
emit_user_prototypes(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	for (r = interface->routines; r != NULL; r = r->next) {
		emit_prototype(f, interface, r, SIDE_USER, ";\n");
		fputc('\n', f);
	}
}

/* Functions the implementation defines, then what it gets. */
void
emit_server_prototypes(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	for (r = interface->routines; r != NULL; r = r->next) {
		emit_prototype(f, interface, r, SIDE_SERVER, ";\n");
		fputc('\n', f);
	}
	fprintf(f,
	    "/* Serve a request; FALSE if its id is not of this subsystem. */\n");
	fprintf(f,
	    "boolean_t %s(\n\tmach_msg_header_t *request,\n\tmach_msg_header_t *reply);\n\n",
	    emit_demux_name(interface));
	fprintf(f, "/* The stub for a request, or NULL. */\n");
	fprintf(f,
	    "mig_routine_t %s_routine(\n\tmach_msg_header_t *request);\n\n",
	    emit_demux_name(interface));
	fprintf(f, "extern const struct mig_subsystem %s%s_subsystem;\n",
	    interface->prefix, interface->name);
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
	fputs("#include <mach/message.h>\n", f);
	emit_imports(f, interface, IMPORT_USER | IMPORT_DEFINES);
	emit_extern_c(f, true);
	emit_user_prototypes(f, interface);
	emit_extern_c(f, false);
	fputs("\n#endif\n", f);
}

void
emit_server_header(FILE *f, const struct interface *interface)
{
	emit_banner(f, interface, "Server header");
	emit_guard(f, interface, "server");
	fputs("#include <mach/mig_stub.h>\n", f);
	emit_imports(f, interface, IMPORT_SERVER | IMPORT_DEFINES);
	fprintf(f,
	    "/* The largest messages, without trailer. */\n#define %s_MAX_REQUEST %s\n#define %s_MAX_REPLY %s\n\n",
	    interface->name, emit_largest(interface, false), interface->name,
	    emit_largest(interface, true));
	emit_extern_c(f, true);
	emit_server_prototypes(f, interface);
	emit_extern_c(f, false);
	fputs("\n#endif\n", f);
}
