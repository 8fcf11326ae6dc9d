/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whose a lock is: a port without messages for each process that asks. It lives
 * through exec and dies with the process, before anyone hears of that, so that
 * who has waited for a process finds its locks gone.
 */
#include <errno.h>
#include <libports/ports.h>
#include <servers/process_server.h>

#include "process.h"

/* Nobody keeps anything for it. */
static void
release_owner(void *object)
{
	((struct process *)object)->owner = MACH_PORT_NULL;
}

static const struct ports_class owner_class = {
    .name = "owner",
    .release = release_owner,
};

void
owner_end(struct process *process)
{
	if (process->owner != MACH_PORT_NULL)
		ports_destroy(process->owner);
	process->owner = MACH_PORT_NULL;
}

kern_return_t
S_proc_lock_owner(proc_t proc, mach_port_t *owner)
{
	struct process *process = process_of(proc);

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (process->owner == MACH_PORT_NULL &&
	    ports_create(&owner_class, process, &process->owner) !=
		KERN_SUCCESS) {
		process->owner = MACH_PORT_NULL;
		return SERVER_ERROR(ENOLCK);
	}
	*owner = ports_right(process->owner);
	return *owner != MACH_PORT_NULL ? KERN_SUCCESS : SERVER_ERROR(ENOLCK);
}
