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

	if (mig_apple) {
		emit_table(f, interface);
		return;
	}
	fprintf(f,
	    "\nstatic const struct mig_routine_info mig_routines[%u] = {\n",
	    interface->end > 0 ? interface->end : 1);
	for (r = interface->routines; r != NULL; r = r->next)
		fprintf(f, "\t[%u] = {%s, %s, %s},\n", r->index,
		    compact_fits(interface, r) ? "mig_serve"
					       : mem_format("_X%s", r->name),
		    emit_most(&r->request),
		    r->simple ? "36" : emit_most(&r->reply));
	fputs("};\n\n", f);
	fprintf(f, "const struct mig_subsystem %s = {\n",
	    emit_table_name(interface));
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

	fprintf(f, "%s(\n\tmach_msg_header_t *request)\n{\n",
	    emit_finder(interface));
	if (mig_apple)
		fprintf(f,
		    "\tmach_msg_id_t id = request->msgh_id;\n\n\tif (id < %u || id >= %u)\n\t\treturn 0;\n\treturn %s.%s[id - %u].%s;\n}\n\n",
		    interface->base, interface->base + interface->end,
		    emit_table_name(interface),
		    mig_parts ? "kroutine" : "routine", interface->base,
		    mig_parts ? "kstub_routine" : "stub_routine");
	else
		fprintf(f, "\treturn mig_find(&%s, request->msgh_id);\n}\n\n",
		    emit_table_name(interface));
	fprintf(f, "boolean_t %s(%s)\n{\n", name, emit_demux_parameters());
	fprintf(f, "\t%s stub = %s_routine(request);\n\n",
	    mig_parts ? "mig_kern_routine_t" : "mig_routine_t", name);
	fprintf(f,
	    "\tmig_start_reply(request, reply, request->msgh_%s_port,\n\t    MACH_MSGH_BITS_%s(request->msgh_bits));\n",
	    side, interface->kernel_server ? "LOCAL" : "REMOTE");
	fprintf(f,
	    "\tif (!stub) {\n\t\tmig_fail(reply, MIG_BAD_ID);\n\t\treturn FALSE;\n\t}\n\tstub(%s);\n\treturn TRUE;\n}\n",
	    mig_parts
		? "request, request_data, request_trailer, reply, reply_data"
		: "request, reply");
}

/* The whole file of server stubs. */
void
emit_server(FILE *f, const struct interface *interface)
{
	const struct routine *r;
	struct support support;
	FILE *stubs = support_begin(&support);

	emit_in_parts(mig_parts);
	emit_server_prototypes(stubs, interface, false);
	emit_messages(stubs, interface, SIDE_SERVER);
	for (r = interface->routines; r != NULL; r = r->next) {
		if (compact_fits(interface, r))
			compact_call(stubs, interface, r);
		else
			emit_server_stub(stubs, interface, r);
	}
	compact_tables(stubs, interface);
	emit_info(stubs, interface);
	emit_demux(stubs, interface);
	emit_in_parts(false);
	emit_banner(f, interface, "Server stubs");
	emit_includes(f, interface, SIDE_SERVER, true);
	emit_imports(f, interface, IMPORT_SERVER | IMPORT_SOURCE);
	emit_rcsid(f, interface, "server");
	emit_pragmas(f);
	emit_hooks(f);
	support_end(&support, f);
}
