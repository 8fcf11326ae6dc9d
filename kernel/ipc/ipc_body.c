/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Descriptors: ports, memory and arrays of ports in a message's body.
 */
#include <arch/copy.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <kern/task.h>
#include <vm/vm_kernel.h>

/* Where a name or handle is translated to. */
struct body_context {
	struct ipc_kmsg *kmsg;
	struct ipc_space *space;
	struct vm_map *map;
};

/* All descriptors of known type and inside the message? */
static mach_msg_return_t
check_body(mach_msg_base_t *base)
{
	size_t left = base->header.msgh_size;
	mach_msg_descriptor_t *d = ipc_body_first(base);

	if (left < sizeof(*base))
		return MACH_SEND_MSG_TOO_SMALL;
	left -= sizeof(*base);
	for (uint32_t i = 0; i < base->body.msgh_descriptor_count; i++) {
		if (left < sizeof(mach_msg_type_descriptor_t))
			return MACH_SEND_MSG_TOO_SMALL;
		if (d->type.type > MACH_MSG_OOL_PORTS_DESCRIPTOR)
			return MACH_SEND_INVALID_TYPE;
		if (left < ipc_body_size(d))
			return MACH_SEND_MSG_TOO_SMALL;
		left -= ipc_body_size(d);
		d = ipc_body_next(d);
	}
	return MACH_MSG_SUCCESS;
}

/*
 * A receive right in a message: say where it goes, look for a circle. A message
 * that would close one goes nowhere, nor does what is in it: no circle may be
 * left for the next one that looks.
 */
static void
set_destination(mach_msg_header_t *header, mach_port_t handle)
{
	struct ipc_port *port = ipc_port_from_handle(handle);
	struct ipc_port *destination =
	    ipc_port_from_handle(header->msgh_remote_port);

	if (ipc_port_is_circular(port, destination)) {
		header->msgh_bits |= MACH_MSGH_BITS_CIRCULAR;
		destination = NULL;
	}
	port->destination = destination;
}

/* One name, in place. */
static mach_msg_return_t
copyin_name(const struct body_context *context, mach_port_t *port,
    mach_msg_type_name_t disposition)
{
	kern_return_t kr;

	if (!MACH_MSG_TYPE_PORT_ANY(disposition))
		return MACH_SEND_INVALID_TYPE;
	if (!MACH_PORT_VALID(*port))
		return MACH_MSG_SUCCESS;
	kr = ipc_right_copyin_name(context->space, *port, disposition, port);
	if (kr != KERN_SUCCESS)
		return MACH_SEND_INVALID_RIGHT;
	if (disposition == MACH_MSG_TYPE_MOVE_RECEIVE)
		set_destination(&context->kmsg->header, *port);
	return MACH_MSG_SUCCESS;
}

static mach_msg_return_t
copyin_port(const struct body_context *context, mach_msg_port_descriptor_t *d)
{
	mach_msg_type_name_t disposition = d->disposition;
	mach_port_t port = d->name;
	mach_msg_return_t mr = copyin_name(context, &port, disposition);

	if (mr != MACH_MSG_SUCCESS)
		return mr;
	d->name = port;
	d->pad1 = 0;
	d->pad2 = 0;
	d->disposition = (uint8_t)ipc_right_type(disposition);
	return MACH_MSG_SUCCESS;
}

static mach_msg_return_t
memory_error(kern_return_t kr)
{
	return kr == KERN_RESOURCE_SHORTAGE
		   ? MACH_SEND_INVALID_MEMORY | MACH_MSG_VM_KERNEL
		   : MACH_SEND_INVALID_MEMORY;
}

static mach_msg_return_t
copyin_ool(const struct body_context *context, mach_msg_ool_descriptor_t *d)
{
	struct vm_map_copy *copy = NULL;
	kern_return_t kr;

	if (d->copy > MACH_MSG_VIRTUAL_COPY)
		return MACH_SEND_INVALID_TYPE;
	if (d->size != 0) {
		kr = vm_map_copyin(context->map, d->address, d->size,
		    d->deallocate != 0, &copy);
		if (kr != KERN_SUCCESS)
			return memory_error(kr);
	}
	d->address = (uintptr_t)copy;
	d->pad1 = 0;
	return MACH_MSG_SUCCESS;
}

static void
release_handles(
    const mach_port_t *handles, uint32_t count, mach_msg_type_name_t type)
{
	for (uint32_t i = 0; i < count; i++)
		ipc_right_release(handles[i], type);
}

/* The user's array, as a kalloc'd array of handles. */
static mach_msg_return_t
copyin_array(const struct body_context *context,
    const mach_msg_ool_ports_descriptor_t *d, mach_port_t **result)
{
	size_t size = d->count * sizeof(mach_port_t);
	mach_port_t *handles = kalloc(size);
	mach_msg_return_t mr = MACH_MSG_SUCCESS;
	uint32_t done = 0;

	if (handles == NULL)
		return MACH_SEND_NO_BUFFER;
	if (!copyin(d->address, handles, size))
		mr = MACH_SEND_INVALID_MEMORY;
	while (mr == MACH_MSG_SUCCESS && done < d->count) {
		mr = copyin_name(context, &handles[done], d->disposition);
		if (mr == MACH_MSG_SUCCESS)
			done++;
	}
	if (mr == MACH_MSG_SUCCESS && d->deallocate != 0 &&
	    vm_map_remove(context->map, VM_TRUNC_PAGE(d->address),
		VM_ROUND_PAGE(d->address + size) - VM_TRUNC_PAGE(d->address)) !=
		KERN_SUCCESS)
		mr = MACH_SEND_INVALID_MEMORY;
	if (mr == MACH_MSG_SUCCESS) {
		*result = handles;
		return mr;
	}
	release_handles(handles, done, ipc_right_type(d->disposition));
	kfree(handles, size);
	return mr;
}

static mach_msg_return_t
copyin_ool_ports(
    const struct body_context *context, mach_msg_ool_ports_descriptor_t *d)
{
	mach_port_t *handles = NULL;
	mach_msg_return_t mr;

	if (d->copy > MACH_MSG_VIRTUAL_COPY ||
	    !MACH_MSG_TYPE_PORT_ANY(d->disposition))
		return MACH_SEND_INVALID_TYPE;
	if (d->count > IPC_OOL_PORTS_MAX)
		return MACH_SEND_NO_BUFFER;
	if (d->count != 0) {
		mr = copyin_array(context, d, &handles);
		if (mr != MACH_MSG_SUCCESS)
			return mr;
	}
	d->address = (uintptr_t)handles;
	d->disposition = (uint8_t)ipc_right_type(d->disposition);
	return MACH_MSG_SUCCESS;
}

static mach_msg_return_t
copyin_descriptor(const struct body_context *context, mach_msg_descriptor_t *d)
{
	switch (d->type.type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		return copyin_port(context, &d->port);
	case MACH_MSG_OOL_DESCRIPTOR:
		return copyin_ool(context, &d->out_of_line);
	default:
		return copyin_ool_ports(context, &d->ool_ports);
	}
}

mach_msg_return_t
ipc_kmsg_copyin_body(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map)
{
	struct body_context context = {kmsg, space, map};
	mach_msg_base_t *base = (void *)&kmsg->header;
	mach_msg_descriptor_t *d = ipc_body_first(base);
	mach_msg_return_t mr;
	uint32_t done = 0;

	if (!(kmsg->header.msgh_bits & MACH_MSGH_BITS_COMPLEX))
		return MACH_MSG_SUCCESS;
	mr = check_body(base);
	while (
	    mr == MACH_MSG_SUCCESS && done < base->body.msgh_descriptor_count) {
		mr = copyin_descriptor(&context, d);
		if (mr == MACH_MSG_SUCCESS)
			done++;
		d = ipc_body_next(d);
	}
	if (mr == MACH_MSG_SUCCESS)
		return mr;
	if (done == 0)
		kmsg->header.msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;
	else
		base->body.msgh_descriptor_count = done;
	ipc_kmsg_destroy(kmsg);
	return mr;
}

/* As ipc_right_copyin_name(), which is asked about all but what is usual. */
static bool
take_right(struct ipc_space *space, mach_port_name_t name,
    mach_msg_type_name_t disposition, mach_port_t *handle)
{
	struct ipc_entry *entry =
	    ipc_entry_with(space, name, MACH_PORT_TYPE_SEND);

	if (entry == NULL || !entry->object->active)
		return ipc_right_copyin_name(
			   space, name, disposition, handle) == KERN_SUCCESS;
	if (disposition == MACH_MSG_TYPE_COPY_SEND) {
		ipc_object_port(entry->object)->srights++;
	} else if (disposition == MACH_MSG_TYPE_MOVE_SEND &&
		   (entry->bits & MACH_PORT_TYPE_RECEIVE) != 0 &&
		   entry->urefs == 1) {
		entry->bits &= ~MACH_PORT_TYPE_SEND;
		entry->urefs = 0;
	} else {
		return ipc_right_copyin_name(
			   space, name, disposition, handle) == KERN_SUCCESS;
	}
	*handle = ipc_port_to_handle(ipc_object_port(entry->object));
	return true;
}

static bool
take_port(const mach_msg_header_t *header, mach_msg_port_descriptor_t *d,
    struct ipc_space *space)
{
	mach_msg_type_name_t disposition = d->disposition;
	mach_port_t handle;

	if (!MACH_MSG_TYPE_PORT_ANY(disposition) ||
	    disposition == MACH_MSG_TYPE_MOVE_RECEIVE ||
	    d->name == header->msgh_remote_port ||
	    d->name == header->msgh_local_port ||
	    !take_right(space, d->name, disposition, &handle))
		return false;
	d->name = handle;
	d->pad1 = 0;
	d->pad2 = 0;
	d->disposition = (uint8_t)ipc_right_type(disposition);
	return true;
}

static bool
take_memory(mach_msg_ool_descriptor_t *d, struct vm_map *map)
{
	struct vm_map_copy *copy;

	if (d->deallocate == 0 || d->copy > MACH_MSG_VIRTUAL_COPY)
		return false;
	copy = vm_map_copyin_whole(map, d->address, d->size);
	if (copy == NULL)
		return false;
	d->address = (uintptr_t)copy;
	d->deallocate = 1;
	d->pad1 = 0;
	return true;
}

bool
ipc_body_take(mach_msg_base_t *base, const struct task *task)
{
	const mach_msg_header_t *header = &base->header;
	mach_msg_descriptor_t *d = ipc_body_first(base);

	if (header->msgh_size < sizeof(*base) + sizeof(d->port) ||
	    base->body.msgh_descriptor_count != 1)
		return false;
	if (d->type.type == MACH_MSG_PORT_DESCRIPTOR)
		return take_port(header, &d->port, task->space);
	return d->type.type == MACH_MSG_OOL_DESCRIPTOR &&
	       header->msgh_size >= sizeof(*base) + sizeof(d->out_of_line) &&
	       take_memory(&d->out_of_line, task->map);
}

/* A right to a port that the space does not know: a name for it, if one is
 * free.
 */
static bool
give_new(struct ipc_space *space, struct ipc_port *port, mach_port_t *name)
{
	struct ipc_entry *entry = space->free;

	if (entry == NULL || !space->active)
		return false;
	ipc_entry_take(space, entry);
	entry->object = &port->object;
	entry->bits |= MACH_PORT_TYPE_SEND;
	entry->urefs = 1;
	ipc_hash_insert(entry);
	*name = ipc_entry_name(entry);
	return true;
}

static bool
give_port(mach_msg_port_descriptor_t *d, struct ipc_space *space)
{
	struct ipc_port *port = ipc_port_from_handle(d->name);
	struct ipc_entry *entry;

	if (d->disposition != MACH_MSG_TYPE_PORT_SEND || port == NULL ||
	    !port->object.active)
		return false;
	if (port->receiver == space) {
		entry =
		    ipc_entry_slot(space, MACH_PORT_INDEX(port->receiver_name));
	} else {
		entry = ipc_hash_lookup(space, port);
		if (entry == NULL)
			return give_new(space, port, &d->name);
	}
	if (entry == NULL || (entry->bits & MACH_PORT_TYPE_SEND) == 0 ||
	    entry->urefs == MACH_PORT_UREFS_MAX)
		return false;
	entry->urefs++;
	port->srights--;
	d->name = ipc_entry_name(entry);
	return true;
}

bool
ipc_body_give(mach_msg_base_t *base, const struct task *task)
{
	mach_msg_descriptor_t *d = ipc_body_first(base);
	struct vm_map_copy *copy;
	vm_address_t address;

	if (d->type.type == MACH_MSG_PORT_DESCRIPTOR)
		return give_port(&d->port, task->space);
	copy = (struct vm_map_copy *)d->out_of_line.address;
	if (vm_map_copyout(task->map, &address, copy) != KERN_SUCCESS)
		return false;
	d->out_of_line.address = address;
	return true;
}

static void
clean_descriptor(mach_msg_descriptor_t *d)
{
	struct vm_map_copy *copy;
	mach_port_t *handles;

	switch (d->type.type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		ipc_right_release(d->port.name, d->port.disposition);
		break;
	case MACH_MSG_OOL_DESCRIPTOR:
		copy = (struct vm_map_copy *)d->out_of_line.address;
		if (copy != NULL)
			vm_map_copy_discard(copy);
		break;
	default:
		handles = (mach_port_t *)d->ool_ports.address;
		if (handles == NULL)
			break;
		release_handles(
		    handles, d->ool_ports.count, d->ool_ports.disposition);
		kfree(handles, d->ool_ports.count * sizeof(*handles));
	}
}

void
ipc_body_clean(mach_msg_base_t *base)
{
	mach_msg_descriptor_t *d = ipc_body_first(base);

	for (uint32_t i = 0; i < base->body.msgh_descriptor_count; i++) {
		clean_descriptor(d);
		d = ipc_body_next(d);
	}
}

static void
clear_destinations(
    const mach_port_t *handles, uint32_t count, mach_msg_type_name_t type)
{
	if (type != MACH_MSG_TYPE_PORT_RECEIVE)
		return;
	for (uint32_t i = 0; i < count; i++)
		if (MACH_PORT_VALID(handles[i]))
			ipc_port_from_handle(handles[i])->destination = NULL;
}

void
ipc_body_arrived(mach_msg_base_t *base)
{
	mach_msg_descriptor_t *d = ipc_body_first(base);

	for (uint32_t i = 0; i < base->body.msgh_descriptor_count; i++) {
		mach_port_t name = d->port.name;

		if (d->type.type == MACH_MSG_PORT_DESCRIPTOR)
			clear_destinations(&name, 1, d->port.disposition);
		else if (d->type.type == MACH_MSG_OOL_PORTS_DESCRIPTOR &&
			 d->ool_ports.address != 0)
			clear_destinations(
			    (const mach_port_t *)d->ool_ports.address,
			    d->ool_ports.count, d->ool_ports.disposition);
		d = ipc_body_next(d);
	}
}

/* One handle, in place; null if the space has no room. */
static mach_msg_return_t
copyout_handle(
    struct ipc_space *space, mach_port_t *port, mach_msg_type_name_t type)
{
	mach_port_t handle = *port;
	kern_return_t kr = ipc_right_copyout(space, handle, type, port);

	if (kr == KERN_SUCCESS)
		return MACH_MSG_SUCCESS;
	ipc_right_release(handle, type);
	*port = MACH_PORT_NULL;
	return ipc_copyout_error(kr);
}

static mach_msg_return_t
copyout_port(const struct body_context *context, mach_msg_port_descriptor_t *d)
{
	mach_port_t port = d->name;
	mach_msg_return_t mr =
	    copyout_handle(context->space, &port, d->disposition);

	d->name = port;
	return mr;
}

/* A copy into the receiver's map; 0 and an error bit if that fails. */
static mach_msg_return_t
copyout_memory(
    struct vm_map *map, struct vm_map_copy *copy, vm_address_t *address)
{
	kern_return_t kr;

	*address = 0;
	kr = vm_map_copyout(map, address, copy);
	if (kr == KERN_SUCCESS)
		return MACH_MSG_SUCCESS;
	vm_map_copy_discard(copy);
	*address = 0;
	return kr == KERN_RESOURCE_SHORTAGE ? MACH_MSG_VM_KERNEL
					    : MACH_MSG_VM_SPACE;
}

static mach_msg_return_t
copyout_ool(const struct body_context *context, mach_msg_ool_descriptor_t *d)
{
	struct vm_map_copy *copy = (struct vm_map_copy *)d->address;
	vm_address_t address;
	mach_msg_return_t mr;

	d->deallocate = 1;
	if (copy == NULL)
		return MACH_MSG_SUCCESS;
	mr = copyout_memory(context->map, copy, &address);
	d->address = address;
	if (mr != MACH_MSG_SUCCESS)
		d->size = 0;
	return mr;
}

mach_msg_return_t
ipc_body_copyout_names(struct ipc_space *space, mach_port_t *handles,
    uint32_t count, mach_msg_type_name_t type)
{
	mach_msg_return_t mr = MACH_MSG_SUCCESS;

	for (uint32_t i = 0; i < count; i++)
		mr |= copyout_handle(space, &handles[i], type);
	return mr;
}

void
ipc_body_undo_names(struct ipc_space *space, const mach_port_t *names,
    uint32_t count, mach_msg_type_name_t type)
{
	for (uint32_t i = 0; i < count; i++)
		ipc_right_undo_copyout(space, names[i], type);
}

static mach_msg_return_t
copyout_ool_ports(
    const struct body_context *context, mach_msg_ool_ports_descriptor_t *d)
{
	mach_port_t *handles = (mach_port_t *)d->address;
	size_t size = d->count * sizeof(*handles);
	mach_msg_return_t memory = MACH_MSG_VM_KERNEL;
	mach_msg_return_t mr;
	struct vm_map_copy *copy;
	vm_address_t address = 0;

	d->deallocate = 1;
	if (handles == NULL)
		return MACH_MSG_SUCCESS;
	mr = ipc_body_copyout_names(
	    context->space, handles, d->count, d->disposition);
	if (vm_map_copyin_kernel(handles, size, &copy) == KERN_SUCCESS)
		memory = copyout_memory(context->map, copy, &address);
	if (memory != MACH_MSG_SUCCESS) {
		ipc_body_undo_names(
		    context->space, handles, d->count, d->disposition);
		d->count = 0;
	}
	kfree(handles, size);
	d->address = address;
	return mr | memory;
}

/* Is it where the receiver wanted it already? */
static bool
is_overwritten(const mach_msg_descriptor_t *d)
{
	return d->type.type != MACH_MSG_PORT_DESCRIPTOR &&
	       d->out_of_line.copy == MACH_MSG_OVERWRITE;
}

static mach_msg_return_t
copyout_descriptor(const struct body_context *context, mach_msg_descriptor_t *d)
{
	if (is_overwritten(d))
		return MACH_MSG_SUCCESS;
	switch (d->type.type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		return copyout_port(context, &d->port);
	case MACH_MSG_OOL_DESCRIPTOR:
		return copyout_ool(context, &d->out_of_line);
	default:
		return copyout_ool_ports(context, &d->ool_ports);
	}
}

mach_msg_return_t
ipc_kmsg_copyout_body(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map)
{
	struct body_context context = {kmsg, space, map};
	mach_msg_base_t *base = (void *)&kmsg->header;
	mach_msg_descriptor_t *d = ipc_body_first(base);
	mach_msg_return_t mr = MACH_MSG_SUCCESS;

	for (uint32_t i = 0; i < base->body.msgh_descriptor_count; i++) {
		mr |= copyout_descriptor(&context, d);
		d = ipc_body_next(d);
	}
	return mr;
}

/* The names of an array that is in user memory already. */
static void
undo_array(struct ipc_space *space, struct vm_map *map,
    const mach_msg_ool_ports_descriptor_t *d)
{
	mach_port_t name;

	for (uint32_t i = 0; i < d->count; i++)
		if (copyin(d->address + i * sizeof(name), &name, sizeof(name)))
			ipc_right_undo_copyout(space, name, d->disposition);
	if (d->count != 0 && d->copy != MACH_MSG_OVERWRITE)
		(void)vm_map_remove(
		    map, d->address, VM_ROUND_PAGE(d->count * sizeof(name)));
}

void
ipc_body_undo_copyout(
    mach_msg_base_t *base, struct ipc_space *space, struct vm_map *map)
{
	mach_msg_descriptor_t *d = ipc_body_first(base);

	for (uint32_t i = 0; i < base->body.msgh_descriptor_count; i++) {
		if (d->type.type == MACH_MSG_PORT_DESCRIPTOR)
			ipc_right_undo_copyout(
			    space, d->port.name, d->port.disposition);
		else if (d->type.type == MACH_MSG_OOL_PORTS_DESCRIPTOR)
			undo_array(space, map, &d->ool_ports);
		else if (d->out_of_line.size != 0 && !is_overwritten(d))
			(void)vm_map_remove(map,
			    VM_TRUNC_PAGE(d->out_of_line.address),
			    VM_ROUND_PAGE(
				d->out_of_line.address + d->out_of_line.size) -
				VM_TRUNC_PAGE(d->out_of_line.address));
		d = ipc_body_next(d);
	}
}

static void
from_kernel_descriptor(mach_msg_header_t *header, mach_msg_descriptor_t *d)
{
	mach_msg_type_name_t disposition;
	mach_port_t *handles;

	if (d->type.type == MACH_MSG_PORT_DESCRIPTOR) {
		disposition = d->port.disposition;
		d->port.name = ipc_right_from_kernel(d->port.name, disposition);
		d->port.disposition = (uint8_t)ipc_right_type(disposition);
		if (disposition == MACH_MSG_TYPE_MOVE_RECEIVE &&
		    MACH_PORT_VALID(d->port.name))
			set_destination(header, d->port.name);
		return;
	}
	if (d->type.type != MACH_MSG_OOL_PORTS_DESCRIPTOR)
		return;
	handles = (mach_port_t *)d->ool_ports.address;
	disposition = d->ool_ports.disposition;
	for (uint32_t i = 0; handles != NULL && i < d->ool_ports.count; i++)
		handles[i] = ipc_right_from_kernel(handles[i], disposition);
	d->ool_ports.disposition = (uint8_t)ipc_right_type(disposition);
}

void
ipc_copyin_from_kernel(mach_msg_header_t *header)
{
	mach_msg_base_t *base = (void *)header;
	mach_msg_descriptor_t *d = ipc_body_first(base);
	mach_msg_bits_t bits = header->msgh_bits;
	mach_msg_type_name_t dest_type = MACH_MSGH_BITS_REMOTE(bits);
	mach_msg_type_name_t reply_type = MACH_MSGH_BITS_LOCAL(bits);

	header->msgh_remote_port =
	    ipc_right_from_kernel(header->msgh_remote_port, dest_type);
	header->msgh_local_port =
	    ipc_right_from_kernel(header->msgh_local_port, reply_type);
	header->msgh_bits = (bits & MACH_MSGH_BITS_COMPLEX) |
			    MACH_MSGH_BITS(ipc_right_type(dest_type),
				ipc_right_type(reply_type));
	if (!(bits & MACH_MSGH_BITS_COMPLEX))
		return;
	for (uint32_t i = 0; i < base->body.msgh_descriptor_count; i++) {
		from_kernel_descriptor(header, d);
		d = ipc_body_next(d);
	}
}
