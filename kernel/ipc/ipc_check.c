/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Checked kernels only: names and what they stand for fit together.
 */
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <ipc/ipc_space.h>
#include <kern/panic.h>

#define AT_ONCE 8U /* slots looked at */

static void
check_receive(const struct ipc_space *space, const struct ipc_entry *entry)
{
	const struct ipc_port *port = ipc_object_port(entry->object);

	assert(port->object.type == IPC_OBJECT_PORT && port->object.active);
	assert(port->receiver == space);
	assert(port->receiver_name == ipc_entry_name(entry));
	assert(port->destination == NULL);
	assert(list_empty(&port->messages) == (port->msgcount == 0));
}

static void
check_entry(struct ipc_space *space, const struct ipc_entry *entry)
{
	mach_port_type_t type = ipc_entry_type(entry);
	const struct ipc_port *port = ipc_object_port(entry->object);

	assert((type == MACH_PORT_TYPE_DEAD_NAME) == (entry->object == NULL));
	assert(entry->urefs <= MACH_PORT_UREFS_MAX);
	if (type == MACH_PORT_TYPE_DEAD_NAME) {
		assert(entry->urefs > 0);
		return;
	}
	if (type == MACH_PORT_TYPE_PORT_SET) {
		assert(ipc_object_pset(entry->object)->name ==
		       ipc_entry_name(entry));
		return;
	}
	assert(port->object.type == IPC_OBJECT_PORT);
	if (type & MACH_PORT_TYPE_RECEIVE)
		check_receive(space, entry);
	if (type & MACH_PORT_TYPE_SEND)
		assert(port->srights > 0 && entry->urefs > 0);
	if (type & MACH_PORT_TYPE_SEND_ONCE)
		assert(port->sorights > 0);
	if (type == MACH_PORT_TYPE_SEND && port->object.active)
		assert(ipc_hash_lookup(space, port) == entry);
}

void
ipc_space_check(struct ipc_space *space, unsigned turn)
{
	uint32_t slots = space->leaf_count * IPC_LEAF_SLOTS;
	uint32_t start = turn * AT_ONCE % slots;

	assert(space->references > 0 && space->leaf_used <= space->leaf_count);
	for (uint32_t i = start; i < start + AT_ONCE && i < slots; i++) {
		const struct ipc_entry *entry = ipc_entry_slot(space, i);

		if (entry != NULL &&
		    ipc_entry_type(entry) != MACH_PORT_TYPE_NONE)
			check_entry(space, entry);
	}
}
