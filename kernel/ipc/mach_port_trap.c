/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traps for the hottest mach_port routines. The task is named as in a message
 * to its port: by a send right in the caller's space.
 */
#include <arch/copy.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <ipc/mach_port.h>
#include <kern/convert.h>
#include <kern/traps.h>

/* The space of the task a name stands for; NULL if it is none. */
static struct ipc_space *
space_of(mach_port_name_t name)
{
	const struct ipc_entry *entry =
	    ipc_right_lookup(current_task()->space, name);

	if (entry == NULL || !(entry->bits & MACH_PORT_TYPE_SEND))
		return NULL;
	return convert_port_to_space(
	    ipc_port_to_handle(ipc_object_port(entry->object)));
}

uint64_t
trap_mach_reply_port(void)
{
	mach_port_name_t name;

	if (mach_port_allocate(current_task()->space, MACH_PORT_RIGHT_RECEIVE,
		&name) != KERN_SUCCESS)
		return MACH_PORT_NULL;
	return name;
}

/* A name that cannot be told to the caller is taken back. */
uint64_t
trap_syscall_mach_port_allocate(uint64_t task, uint64_t right, uint64_t result)
{
	struct ipc_space *space = space_of((mach_port_name_t)task);
	mach_port_name_t name;
	kern_return_t kr;

	kr = mach_port_allocate(space, (mach_port_right_t)right, &name);
	if (kr != KERN_SUCCESS)
		return (uint64_t)kr;
	ipc_space_reference(space);
	if (!copyout(&name, result, sizeof(name))) {
		(void)mach_port_destroy(space, name);
		kr = KERN_INVALID_ADDRESS;
	}
	ipc_space_release(space);
	return (uint64_t)kr;
}

uint64_t
trap_syscall_mach_port_deallocate(uint64_t task, uint64_t name)
{
	kern_return_t kr = mach_port_deallocate(
	    space_of((mach_port_name_t)task), (mach_port_name_t)name);

	ipc_reap();
	return (uint64_t)kr;
}
