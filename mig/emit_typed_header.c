/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Headers of typed subsystems: what callers include, and what servers do. Each
 * prototype has its type and name on a line of their own: build systems read
 * them with a pattern.
 */
#include "emit_typed.h"

static void
external(FILE *f)
{
	fputs("#ifdef mig_external\nmig_external\n#else\nextern\n#endif\n", f);
}

/* One routine; the C library's build reads its name in the comment. */
static void
declare(FILE *f, const struct interface *interface, const struct routine *r,
    enum side side, bool header)
{
	fprintf(f, "\n/* %s %s */\n", r->simple ? "SimpleRoutine" : "Routine",
	    r->name);
	if (header)
		emit_owners(f, interface, r, side);
	external(f);
	typed_prototype(f, interface, r, side, ";\n");
}

static void
top(FILE *f, const struct interface *interface, const char *side,
    const char *what)
{
	fprintf(f, "#ifndef _%s_%s_\n#define _%s_%s_\n\n", interface->name,
	    side, interface->name, side);
	emit_banner(f, interface, what);
	fputs(
	    "#include <mach/kern_return.h>\n#include <mach/port.h>\n#include <mach/message.h>\n",
	    f);
}

void
typed_user_prototypes(FILE *f, const struct interface *interface, bool header)
{
	const struct routine *r;

	for (r = interface->routines; r != NULL; r = r->next)
		declare(f, interface, r, SIDE_USER, header);
}

/* Functions the implementation defines, then the table of stubs. */
void
typed_server_prototypes(FILE *f, const struct interface *interface, bool header)
{
	const struct routine *r;
	const char *name = emit_demux_name(interface);

	for (r = interface->routines; r != NULL; r = r->next)
		declare(f, interface, r, SIDE_SERVER, header);
	if (!interface->kernel_server) {
		fputs(
		    "\n/* Serve a request; FALSE if its id is not of this subsystem. */\n",
		    f);
		external(f);
		fprintf(f,
		    "boolean_t %s\n(\n\tmach_msg_header_t *request,\n\tmach_msg_header_t *reply\n);\n",
		    name);
	}
	fprintf(f,
	    "\n/* The stub for a request, or 0. */\nextern mig_routine_t %s_routines[%u];\n\nstatic __inline mig_routine_t\n%s_routine(const mach_msg_header_t *request)\n{\n",
	    name, interface->end > 0 ? interface->end : 1, name);
	fprintf(f,
	    "\tunsigned int index = (unsigned int)request->msgh_id - %uU;\n\n\treturn index < %uU ? %s_routines[index] : 0;\n}\n",
	    interface->base, interface->end > 0 ? interface->end : 1, name);
}

void
typed_user_header(FILE *f, const struct interface *interface)
{
	top(f, interface, "user", "User header");
	emit_imports(f, interface, IMPORT_USER | IMPORT_DEFINES);
	fputc('\n', f);
	emit_owners_top(f, interface, SIDE_USER);
	typed_user_prototypes(f, interface, true);
	fputs("\n#endif\n", f);
}

void
typed_server_header(FILE *f, const struct interface *interface)
{
	top(f, interface, "server", "Server header");
	fputs("#include <mach/mig_errors.h>\n", f);
	emit_imports(f, interface, IMPORT_SERVER | IMPORT_DEFINES);
	fputc('\n', f);
	emit_owners_top(f, interface, SIDE_SERVER);
	typed_server_prototypes(f, interface, true);
	fputs("\n#endif\n", f);
}
