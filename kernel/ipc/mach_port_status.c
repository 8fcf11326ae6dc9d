/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_port routines that only look. Lists go out of line: what a caller of
 * the stubs sees as an array is a struct vm_map_copy here.
 */
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <ipc/mach_port.h>
#include <ipc/mach_port_find.h>
#include <kern/slab.h>
#include <kern/thread.h>
#include <vm/vm_kernel.h>

/* Words of an array as a copy; none for none. Frees it, with room for more. */
static kern_return_t
make_copy(
    natural_t *words, uint32_t room, uint32_t count, struct vm_map_copy **copy)
{
	kern_return_t kr = KERN_SUCCESS;

	*copy = NULL;
	if (count != 0)
		kr = vm_map_copyin_kernel(words, count * sizeof(*words), copy);
	if (room != 0)
		kfree(words, room * sizeof(*words));
	return kr;
}

/* Up to so many; names may come and go meanwhile. May block. */
static uint32_t
list_names(
    struct ipc_space *space, uint32_t most, natural_t *names, natural_t *types)
{
	struct ipc_entry *entry;
	uint32_t index = 0;
	uint32_t i = 0;

	if (names == NULL || types == NULL)
		return 0;
	while (i < most && (entry = ipc_space_next(space, &index)) != NULL) {
		names[i] = ipc_entry_name(entry);
		types[i] = ipc_right_info(ipc_right_lookup(space, names[i]));
		if (++i % IPC_SPACE_BATCH == 0)
			preempt_point();
	}
	return i;
}

kern_return_t
mach_port_names(struct ipc_space *space, mach_port_name_array_t *names,
    mach_msg_type_number_t *names_count, mach_port_type_array_t *types,
    mach_msg_type_number_t *types_count)
{
	struct vm_map_copy *copies[2] = {NULL, NULL};
	natural_t *words[2] = {NULL, NULL};
	kern_return_t kr;
	uint32_t count, room;

	if (space == NULL || !space->active)
		return KERN_INVALID_TASK;
	room = space->names;
	if (room != 0) {
		words[0] = kalloc(room * sizeof(natural_t));
		words[1] = kalloc(room * sizeof(natural_t));
	}
	if (room != 0 && (words[0] == NULL || words[1] == NULL)) {
		for (unsigned i = 0; i < 2; i++)
			if (words[i] != NULL)
				kfree(words[i], room * sizeof(natural_t));
		return KERN_RESOURCE_SHORTAGE;
	}
	ipc_space_reference(space);
	count = list_names(space, room, words[0], words[1]);
	ipc_space_put(space);
	kr = make_copy(words[0], room, count, &copies[0]);
	if (kr == KERN_SUCCESS)
		kr = make_copy(words[1], room, count, &copies[1]);
	else if (room != 0)
		kfree(words[1], room * sizeof(natural_t));
	if (kr != KERN_SUCCESS) {
		if (copies[0] != NULL)
			vm_map_copy_discard(copies[0]);
		return kr;
	}
	*names = (void *)copies[0];
	*types = (void *)copies[1];
	*names_count = *types_count = count;
	return KERN_SUCCESS;
}

kern_return_t
mach_port_get_set_status(struct ipc_space *space, mach_port_name_t name,
    mach_port_name_array_t *members, mach_msg_type_number_t *count)
{
	struct ipc_pset *pset;
	struct vm_map_copy *copy;
	natural_t *words = NULL;
	kern_return_t kr = mach_port_find_set(space, name, &pset);
	uint32_t i = 0;

	if (kr != KERN_SUCCESS)
		return kr;
	if (pset->member_count != 0) {
		words = kalloc(pset->member_count * sizeof(*words));
		if (words == NULL)
			return KERN_RESOURCE_SHORTAGE;
	}
	list_for_each (node, &pset->members)
		if (words != NULL)
			words[i++] = list_entry(node, struct ipc_member, of_set)
					 ->port->receiver_name;
	kr = make_copy(words, i, i, &copy);
	if (kr != KERN_SUCCESS)
		return kr;
	*members = (void *)copy;
	*count = i;
	return KERN_SUCCESS;
}

kern_return_t
mach_port_type(
    struct ipc_space *space, mach_port_name_t name, mach_port_type_t *type)
{
	struct ipc_entry *entry;
	kern_return_t kr = mach_port_find(space, name, &entry);

	if (kr == KERN_SUCCESS)
		*type = ipc_right_info(entry);
	return kr;
}

kern_return_t
mach_port_get_refs(struct ipc_space *space, mach_port_name_t name,
    mach_port_right_t right, mach_port_urefs_t *refs)
{
	const struct ipc_entry *entry;

	if (space == NULL || !space->active)
		return KERN_INVALID_TASK;
	if (right >= MACH_PORT_RIGHT_NUMBER)
		return KERN_INVALID_VALUE;
	entry = ipc_right_lookup(space, name);
	if (entry == NULL)
		return KERN_INVALID_NAME;
	if (!(entry->bits & MACH_PORT_TYPE(right)))
		*refs = 0;
	else if (right == MACH_PORT_RIGHT_SEND ||
		 right == MACH_PORT_RIGHT_DEAD_NAME)
		*refs = entry->urefs;
	else
		*refs = 1;
	return KERN_SUCCESS;
}

/* A count for the user: what does not fit is "very many". */
static natural_t
clamp(uint64_t count)
{
	return count > UINT32_MAX ? UINT32_MAX : (natural_t)count;
}

kern_return_t
mach_port_get_receive_status(
    struct ipc_space *space, mach_port_name_t name, mach_port_status_t *status)
{
	const struct ipc_pset *pset;
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr != KERN_SUCCESS)
		return kr;
	pset = ipc_pset_of(port);
	*status = (mach_port_status_t){
	    .mps_pset = pset != NULL ? pset->name : MACH_PORT_NULL,
	    .mps_seqno = port->seqno,
	    .mps_mscount = port->mscount,
	    .mps_qlimit = port->qlimit,
	    .mps_msgcount = port->msgcount,
	    .mps_sorights = clamp(port->sorights),
	    .mps_srights = port->srights != 0,
	    .mps_pdrequest = port->pdrequest != NULL,
	    .mps_nsrequest = port->nsrequest != NULL,
	};
	return KERN_SUCCESS;
}

kern_return_t
mach_port_get_srights(
    struct ipc_space *space, mach_port_name_t name, mach_port_rights_t *srights)
{
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr == KERN_SUCCESS)
		*srights = clamp(port->srights);
	return kr;
}
