/* SPDX-License-Identifier: BSD-2-Clause */
/* What a new program takes from its auxiliary vector. */
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
	__process.console = count == 0;
	for (; table != NULL && count > 0; count--, table++) {
		__descriptor_set(
		    table->fd, table->port, table->flags & ~DESCRIPTOR_LOCKS);
		if ((table->flags & DESCRIPTOR_LOCKS) != 0)
			__record_locks = true;
	}
}
