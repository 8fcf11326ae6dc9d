/* SPDX-License-Identifier: BSD-2-Clause */
/* What a new program takes from its auxiliary vector. */
#include <stddef.h>

#include "descriptor.h"
#include "large_zeros.h"
#include "process.h"
#include "record_lock.h"

/* For programs without a process server: signals have no effect. */
static struct signal_page no_signals LARGE_ZEROS;

struct process __process = {
    .umask = 022,
    .signals = &no_signals,
};

_Static_assert(offsetof(struct process, cwd) ==
		   offsetof(struct process, root) + sizeof(mach_port_name_t),
    "struct proc_places: one after the other");
_Static_assert(offsetof(struct descriptor, port) ==
		       offsetof(struct proc_descriptor, port) &&
		   offsetof(struct descriptor, flags) ==
		       offsetof(struct proc_descriptor, flags),
    "what a descriptor begins with");

/* For /proc. Volatile: a vector would be dearer than its words. */
static void
show_places(volatile struct proc_places *places)
{
	places->directories = (uint64_t)&__process.root;
	places->descriptors = (uint64_t)__descriptors;
	places->descriptors_end = (uint64_t)&__descriptors_end;
	places->descriptor_size = sizeof(__descriptors[0]);
}

void
__process_init(const struct auxiliary *vector)
{
	const struct startup_fd *table = NULL;
	size_t count = 0;

	for (; vector->type != STARTUP_AT_NULL; vector++) {
		switch (vector->type) {
		case STARTUP_PROC:
			__process.proc = (mach_port_t)vector->value;
			break;
		case STARTUP_ROOT:
			__process.root = (mach_port_t)vector->value;
			break;
		case STARTUP_CWD:
			__process.cwd = (mach_port_t)vector->value;
			break;
		case STARTUP_FD_TABLE:
			table = (const struct startup_fd *)vector->value;
			break;
		case STARTUP_FD_COUNT:
			count = vector->value;
			break;
		case STARTUP_SIGNALS:
			if (vector->value != 0)
				__process.signals =
				    (struct signal_page *)vector->value;
			break;
		case STARTUP_UMASK:
			__process.umask = (mode_t)vector->value;
			break;
		default:
			break;
		}
	}
	__signal_init();
	show_places(&__process.signals->places);
	__process.console = count == 0;
	for (; table != NULL && count > 0; count--, table++) {
		__descriptor_set(
		    table->fd, table->port, table->flags & ~DESCRIPTOR_LOCKS);
		if ((table->flags & DESCRIPTOR_LOCKS) != 0)
			__record_locks = true;
	}
}
