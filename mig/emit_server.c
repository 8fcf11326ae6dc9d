/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The file of server stubs: messages, stubs, the table of the subsystem and
 * the function that serves one request. A server's request has its reply port
 * in the remote field, as received; in the kernel it is as sent.
 */
#include "mig.h"

static void
emit_info(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	fprintf(f,
	    "\nstatic const struct mig_routine_info mig_routines[%u] = {\n",
	    interface->end > 0 ? interface->end : 1);
	for (r = interface->routines; r != NULL; r = r->next)
		fprintf(f, "\t[%u] = {_X%s, %s, %s},\n", r->index, r->name,
		    emit_most(&r->request),
		    r->simple ? "36" : emit_most(&r->reply));
	fputs("};\n\n", f);
	fprintf(f, "const struct mig_subsystem %s%s_subsystem = {\n",
	    interface->prefix, interface->name);
	fprintf(f,
	    "\t.first = %u,\n\t.end = %u,\n\t.max_request = %s,\n\t.max_reply = %s,\n\t.routines = mig_routines};\n\n",
	    interface->base, interface->base + interface->end,
	    emit_largest(interface, false), emit_largest(interface, true));
}

static void
emit_demux(FILE *f, const struct interface *interface)
{
	const char *name = emit_demux_name(interface);
	const char *side = interface->kernel_server ? "local" : "remote";

	fprintf(f,
	    "mig_routine_t %s_routine(\n\tmach_msg_header_t *request)\n{\n\treturn mig_find(&%s%s_subsystem, request->msgh_id);\n}\n\n",
	    name, interface->prefix, interface->name);
	fprintf(f,
	    "boolean_t %s(\n\tmach_msg_header_t *request,\n\tmach_msg_header_t *reply)\n{\n",
	    name);
	fprintf(f, "\tmig_routine_t stub = %s_routine(request);\n\n", name);
	fprintf(f,
	    "\tmig_start_reply(request, reply, request->msgh_%s_port,\n\t    MACH_MSGH_BITS_%s(request->msgh_bits));\n",
	    side, interface->kernel_server ? "LOCAL" : "REMOTE");
	fputs(
	    "\tif (!stub) {\n\t\tmig_fail(reply, MIG_BAD_ID);\n\t\treturn FALSE;\n\t}\n\tstub(request, reply);\n\treturn TRUE;\n}\n",
	    f);
}

/* The whole file of server stubs. */
void
emit_server(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	emit_banner(f, interface, "Server stubs");
	fputs("#include <mach/mig_stub.h>\n", f);
	emit_imports(f, interface, IMPORT_SERVER | IMPORT_SOURCE);
	emit_rcsid(f, interface, "server");
	emit_pragmas(f);
	emit_server_prototypes(f, interface);
	emit_messages(f, interface, SIDE_SERVER);
	for (r = interface->routines; r != NULL; r = r->next)
		emit_server_stub(f, interface, r);
	emit_info(f, interface);
	emit_demux(f, interface);
}
