/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The list of routines: subsystem, base, routine, index, request id, reply id
 * (0 for a simpleroutine).
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
