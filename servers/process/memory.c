/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is there memory for one process more? The kernel gives addresses, and pages
 * when they are touched; who then finds none is ended, and after a fork that is
 * as likely the parent, at the first word it writes, as the child. So a
 * process that would meet that is not begun.
 */
#include <mach/host_user.h>
#include <mach/task_user.h>

#include <libmach/mach.h>

#include "process.h"

#define SPARE     16U   /* pages, to begin with */
#define MOST      1024U /* pages the kernel keeps for the system's tasks */
#define UNLIMITED ((natural_t)-1)

/*
 * The pages below which programs get none (docs/vm.md), and some for the page
 * cache: as long as all is well the kernel keeps more than these free.
 */
static uint64_t
least(uint64_t total)
{
	uint64_t system = total / 64;

	return total / 128 + 48 + (system < MOST ? system : MOST) +
	       total / 128 + SPARE;
}

bool
memory_is_short(mach_port_t task)
{
	static mach_port_t host;
	vm_statistics_data_t now;
	task_limits_t limits;

	if (host == MACH_PORT_NULL)
		host = mach_host_self();
	if (vm_statistics(host, &now) != KERN_SUCCESS ||
	    now.free_count + now.inactive_count >= least(now.total_count))
		return false;
	/* Those without limits are the system's own: some is kept for them. */
	return task_get_limits(task, &limits) == KERN_SUCCESS &&
	       limits.threads != UNLIMITED;
}
