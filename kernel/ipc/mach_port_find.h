/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a name stands for, with the error codes of the mach_port routines.
 */
#ifndef IPC_MACH_PORT_FIND_H
#define IPC_MACH_PORT_FIND_H

#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>

/* The entry of a name. KERN_INVALID_TASK, KERN_INVALID_NAME. */
static inline kern_return_t
mach_port_find(
    struct ipc_space *space, mach_port_name_t name, struct ipc_entry **entry)
{
	if (space == NULL || !space->active)
		return KERN_INVALID_TASK;
	*entry = ipc_right_lookup(space, name);
	return *entry != NULL ? KERN_SUCCESS : KERN_INVALID_NAME;
}

/* The port whose receive right the name is. KERN_INVALID_RIGHT too. */
static inline kern_return_t
mach_port_find_receive(
    struct ipc_space *space, mach_port_name_t name, struct ipc_port **port)
{
	struct ipc_entry *entry;
	kern_return_t kr = mach_port_find(space, name, &entry);

	if (kr != KERN_SUCCESS)
		return kr;
	if (!(entry->bits & MACH_PORT_TYPE_RECEIVE))
		return KERN_INVALID_RIGHT;
	*port = ipc_object_port(entry->object);
	return KERN_SUCCESS;
}

static inline bool
mach_port_qlimit_ok(mach_port_msgcount_t qlimit)
{
	return qlimit != 0 && qlimit <= MACH_PORT_QLIMIT_MAX;
}

/* The port set the name is. KERN_INVALID_RIGHT too. */
static inline kern_return_t
mach_port_find_set(
    struct ipc_space *space, mach_port_name_t name, struct ipc_pset **pset)
{
	struct ipc_entry *entry;
	kern_return_t kr = mach_port_find(space, name, &entry);

	if (kr != KERN_SUCCESS)
		return kr;
	if (!(entry->bits & MACH_PORT_TYPE_PORT_SET))
		return KERN_INVALID_RIGHT;
	*pset = ipc_object_pset(entry->object);
	return KERN_SUCCESS;
}

#endif
