/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Supplementary groups: the table that servers/groups.h tells of. A process
 * holds one set, which those that have the same share; the kernel puts its
 * name on the messages of the process, and hands it on to new tasks.
 */
#include <mach/task_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <errno.h>
#include <servers/bootstrap_user.h>
#include <servers/groups.h>
#include <servers/process_server.h>
#include <string.h>

#include "process.h"

#define TABLE_SIZE (GROUP_SETS * sizeof(struct group_set))

static struct group_set *table;
static unsigned holders[GROUP_SETS];
static unsigned last;

bool
groups_start(mach_port_t bootstrap)
{
	vm_size_t size = TABLE_SIZE;
	vm_address_t memory = 0;
	mach_port_t entry;

	if (syscall_vm_allocate(mach_task_self(), &memory, size, TRUE) !=
	    KERN_SUCCESS)
		return false;
	table = (struct group_set *)memory;
	return mach_make_memory_entry(mach_task_self(), &size, memory,
		   VM_PROT_READ, &entry, MACH_PORT_NULL) == KERN_SUCCESS &&
	       bootstrap_register(bootstrap, "groups", entry) == KERN_SUCCESS;
}

void
groups_hold(uint32_t name)
{
	if (name != 0)
		holders[name % GROUP_SETS]++;
}

void
groups_drop(uint32_t name)
{
	if (name != 0)
		holders[name % GROUP_SETS]--;
}

bool
groups_have(uint32_t name, uint32_t gid)
{
	return name != 0 && group_set_has(table, name, gid);
}

static bool
is_set(const struct group_set *set, const uint32_t *groups, uint32_t count)
{
	return set->count == count &&
	       memcmp(set->groups, groups, count * sizeof(*groups)) == 0;
}

/* A place that nobody holds gets the set under a new name. */
static uint32_t
make_set(const uint32_t *groups, uint32_t count)
{
	struct group_set *set;
	uint32_t name;

	for (unsigned tries = 0; tries < GROUP_SETS; tries++) {
		last = last % (GROUP_SETS - 1) + 1;
		if (holders[last] == 0)
			break;
	}
	if (holders[last] != 0)
		return 0;
	set = &table[last];
	name = set->name == 0 ? last : set->name + GROUP_SETS;
	set->name = 0;
	set->count = count;
	memcpy(set->groups, groups, count * sizeof(*groups));
	__atomic_store_n(&set->name, name, __ATOMIC_RELEASE);
	return name;
}

/* The name of a set with those; 0: there is no place. */
static uint32_t
find_set(const uint32_t *groups, uint32_t count)
{
	for (unsigned place = 1; place < GROUP_SETS; place++)
		if (holders[place] != 0 && is_set(&table[place], groups, count))
			return table[place].name;
	return make_set(groups, count);
}

kern_return_t
S_proc_set_groups(
    proc_t proc, const uint32_t *groups, mach_msg_type_number_t count)
{
	struct process *process = process_of(proc);
	uint32_t name = 0;

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (process->euid != 0)
		return SERVER_ERROR(EPERM);
	if (count > GROUPS_MAX)
		return SERVER_ERROR(EINVAL);
	if (count > 0) {
		name = table != NULL ? find_set(groups, count) : 0;
		if (name == 0)
			return SERVER_ERROR(ENOMEM);
	}
	if (task_set_groups(process->task, name, host_priv) != KERN_SUCCESS)
		return SERVER_ERROR(EIO);
	groups_hold(name);
	groups_drop(process->groups);
	process->groups = name;
	return KERN_SUCCESS;
}

kern_return_t
S_proc_get_groups(proc_t proc, uint32_t *groups, mach_msg_type_number_t *count)
{
	const struct process *process = process_of(proc);
	const struct group_set *set;

	*count = 0;
	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (process->groups == 0)
		return KERN_SUCCESS;
	set = &table[process->groups % GROUP_SETS];
	memcpy(groups, set->groups, set->count * sizeof(*groups));
	*count = set->count;
	return KERN_SUCCESS;
}
