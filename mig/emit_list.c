/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The numbers of messages. As a list: subsystem, base, routine, index, request
 * id, reply id (0 for a simpleroutine); and as a C header.
 */
#include "mig.h"

void
emit_list(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	for (r = interface->routines; r != NULL; r = r->next) {
		uint32_t id = interface->base + r->index;

		fprintf(f, "%s %u %s %u %u %u\n", interface->name,
		    interface->base, r->name, r->index, id,
		    r->simple ? 0 : id + 100);
	}
}

void
emit_numbers(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	fprintf(f, "#ifndef _%s_defines\n#define _%s_defines\n\n",
	    interface->name, interface->name);
	for (r = interface->routines; r != NULL; r = r->next) {
		uint32_t id = interface->base + r->index;

		fprintf(f, "#define MACH_ID_%s %u\n", r->name, id);
		if (!r->simple)
			fprintf(f, "#define MACH_ID_%s_reply %u\n", r->name,
			    id + 100);
	}
	fputs("\n#endif\n", f);
}
