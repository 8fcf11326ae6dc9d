/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What debuggers and tests want to know of a port or a space. A kernel object
 * is told apart by its port's handle, which says nothing of addresses.
 */
#include <mach/mach_types.h>

#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <ipc/mach_port.h>
#include <ipc/mach_port_find.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <kern/thread.h>
#include <vm/vm_kernel.h>

kern_return_t
mach_port_get_attributes(struct ipc_space *space, mach_port_name_t name,
    int flavor, integer_t *info, mach_msg_type_number_t *count)
{
	struct ipc_port *port;
	mach_port_status_t status;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr != KERN_SUCCESS)
		return kr;
	switch (flavor) {
	case MACH_PORT_LIMITS_INFO:
		if (*count < MACH_PORT_LIMITS_INFO_COUNT)
			return KERN_FAILURE;
		info[0] = (integer_t)port->qlimit;
		*count = MACH_PORT_LIMITS_INFO_COUNT;
		return KERN_SUCCESS;
	case MACH_PORT_RECEIVE_STATUS:
		if (*count < MACH_PORT_RECEIVE_STATUS_COUNT)
			return KERN_FAILURE;
		kr = mach_port_get_receive_status(space, name, &status);
		memcpy(info, &status, sizeof(status));
		*count = MACH_PORT_RECEIVE_STATUS_COUNT;
		return kr;
	case MACH_PORT_DNREQUESTS_SIZE:
		if (*count < MACH_PORT_DNREQUESTS_SIZE_COUNT)
			return KERN_FAILURE;
		info[0] = (integer_t)list_length(&port->requests);
		*count = MACH_PORT_DNREQUESTS_SIZE_COUNT;
		return KERN_SUCCESS;
	default:
		return KERN_INVALID_ARGUMENT;
	}
}

kern_return_t
mach_port_set_attributes(struct ipc_space *space, mach_port_name_t name,
    int flavor, const integer_t *info, mach_msg_type_number_t count)
{
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr != KERN_SUCCESS)
		return kr;
	if (flavor != MACH_PORT_LIMITS_INFO)
		return KERN_INVALID_ARGUMENT;
	if (count < MACH_PORT_LIMITS_INFO_COUNT)
		return KERN_FAILURE;
	return mach_port_set_qlimit(space, name, (mach_port_msgcount_t)info[0]);
}

kern_return_t
mach_port_dnrequest_info(struct ipc_space *space, mach_port_name_t name,
    natural_t *total, natural_t *used)
{
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr == KERN_SUCCESS)
		*total = *used = list_length(&port->requests);
	return kr;
}

kern_return_t
mach_port_kernel_object(struct ipc_space *space, mach_port_name_t name,
    natural_t *type, natural_t *object)
{
	struct ipc_entry *entry;
	const struct ipc_port *port;
	kern_return_t kr = mach_port_find(space, name, &entry);

	if (kr != KERN_SUCCESS)
		return kr;
	if (!(entry->bits &
		(MACH_PORT_TYPE_SEND_RIGHTS | MACH_PORT_TYPE_RECEIVE)))
		return KERN_INVALID_RIGHT;
	port = ipc_object_port(entry->object);
	*type = (natural_t)port->kotype;
	*object = ipc_port_is_kobject(port) ? ipc_port_to_handle(port) : 0;
	return KERN_SUCCESS;
}

static void
describe(const struct ipc_entry *entry, ipc_info_name_t *info)
{
	*info = (ipc_info_name_t){.iin_name = ipc_entry_name(entry),
	    .iin_type = ipc_right_info(entry),
	    .iin_urefs = entry->urefs};
	if (entry->object == NULL)
		return;
	info->iin_object = kaddr_to_handle(entry->object);
	if (ipc_entry_type(entry) & MACH_PORT_TYPE_PORT_SET)
		return;
	info->iin_kotype = (natural_t)ipc_object_port(entry->object)->kotype;
	info->iin_msgcount = ipc_object_port(entry->object)->msgcount;
}

kern_return_t
mach_port_space_info(struct ipc_space *space, ipc_info_space_t *info,
    ipc_info_name_array_t *table, mach_msg_type_number_t *count)
{
	struct vm_map_copy *copy = NULL;
	ipc_info_name_t *names = NULL;
	struct ipc_entry *entry;
	kern_return_t kr = KERN_SUCCESS;
	uint32_t index = 0;
	uint32_t n = 0;
	uint32_t room;

	if (space == NULL || !space->active)
		return KERN_INVALID_TASK;
	room = space->names;
	if (room != 0) {
		names = kalloc(room * sizeof(*names));
		if (names == NULL)
			return KERN_RESOURCE_SHORTAGE;
	}
	/* Names may come and go meanwhile. */
	ipc_space_reference(space);
	while (n < room && (entry = ipc_space_next(space, &index)) != NULL) {
		describe(
		    ipc_right_lookup(space, ipc_entry_name(entry)), &names[n]);
		if (++n % IPC_SPACE_BATCH == 0)
			preempt_point();
	}
	*info = (ipc_info_space_t){
	    .iis_table_size = space->leaf_count * (IPC_LEAF_SLOTS - 1),
	    .iis_table_used = n};
	ipc_space_put(space);
	if (n != 0)
		kr = vm_map_copyin_kernel(names, n * sizeof(*names), &copy);
	if (room != 0)
		kfree(names, room * sizeof(*names));
	if (kr != KERN_SUCCESS)
		return kr;
	*table = (void *)copy;
	*count = n;
	return KERN_SUCCESS;
}
