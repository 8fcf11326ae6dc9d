/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of sets of groups, mapped when somebody comes who has some. There
 * is one as long as the system runs.
 */
#include <mach/task_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <servers/groups.h>
#include <stddef.h>

#include "ports.h"

static const struct group_set *table;

static void
map_table(mach_port_t entry)
{
	vm_address_t address = 0;

	if (vm_map(mach_task_self(), &address,
		GROUP_SETS * sizeof(struct group_set), 0, TRUE, entry, 0, FALSE,
		VM_PROT_READ, VM_PROT_READ, VM_INHERIT_NONE) == KERN_SUCCESS)
		table = (const struct group_set *)address;
}

bool
ports_groups_have(natural_t groups, uint32_t gid)
{
	mach_port_t bootstrap, entry;

	if (table == NULL &&
	    task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) == KERN_SUCCESS) {
		if (bootstrap_look_up(bootstrap, "groups", &entry) ==
		    KERN_SUCCESS) {
			map_table(entry);
			(void)syscall_mach_port_deallocate(
			    mach_task_self(), entry);
		}
		(void)syscall_mach_port_deallocate(mach_task_self(), bootstrap);
	}
	return table != NULL && group_set_has(table, groups, gid);
}
