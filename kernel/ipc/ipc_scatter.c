/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * MACH_RCV_OVERWRITE: a message received into memory the receiver has. Its
 * buffer starts with a list of where to put what: a body and descriptors, of
 * which those with MACH_MSG_OVERWRITE have address and size. The list stays in
 * the receiver's memory and is read twice: to see that everything fits, when
 * nothing is done yet, and to do it. Who changes it in between, or lets it end
 * before the message does, gets new memory for the rest.
 */
#include <arch/copy.h>

#include <ipc/ipc_kmsg.h>
#include <kern/slab.h>
#include <vm/vm_kernel.h>

/* A place in the list. */
struct scatter {
	vm_address_t at;
	vm_address_t end;
	mach_msg_descriptor_t want;
	bool overwrite; /* it names memory for the message's descriptor */
};

static uint64_t
length(const mach_msg_descriptor_t *d)
{
	if (d->type.type == MACH_MSG_OOL_DESCRIPTOR)
		return d->out_of_line.size;
	return (uint64_t)d->ool_ports.count * sizeof(mach_port_t);
}

/* The next descriptor of the list. False: it cannot be read. May block. */
static bool
scatter_next(struct scatter *list)
{
	size_t size = sizeof(list->want.port);

	list->overwrite = false;
	if (list->end - list->at < size)
		return true;
	if (!copyin(list->at, &list->want, size))
		return false;
	size = ipc_body_size(&list->want);
	if (list->end - list->at < size) {
		list->at = list->end;
		return true;
	}
	if (size > sizeof(list->want.port) &&
	    !copyin(list->at, &list->want, size))
		return false;
	list->at += size;
	list->overwrite = list->want.type.type != MACH_MSG_PORT_DESCRIPTOR &&
			  list->want.out_of_line.copy == MACH_MSG_OVERWRITE;
	return true;
}

static mach_msg_return_t
check(const struct scatter *list, const mach_msg_descriptor_t *got)
{
	if (!list->overwrite)
		return MACH_MSG_SUCCESS;
	if (got->type.type != list->want.type.type)
		return MACH_RCV_INVALID_TYPE;
	return length(got) > length(&list->want) ? MACH_RCV_SCATTER_SMALL
						 : MACH_MSG_SUCCESS;
}

static mach_msg_return_t
memory_error(kern_return_t kr)
{
	return kr == KERN_RESOURCE_SHORTAGE ? MACH_MSG_VM_KERNEL
					    : MACH_MSG_VM_SPACE;
}

static mach_msg_return_t
overwrite_ports(struct ipc_space *space, mach_msg_ool_ports_descriptor_t *d,
    vm_address_t address)
{
	mach_port_t *handles = (mach_port_t *)d->address;
	size_t size = d->count * sizeof(*handles);
	mach_msg_return_t mr;

	if (handles == NULL)
		return MACH_MSG_SUCCESS;
	mr = ipc_body_copyout_names(space, handles, d->count, d->disposition);
	if (!copyout(handles, address, size)) {
		ipc_body_undo_names(space, handles, d->count, d->disposition);
		mr |= MACH_MSG_VM_SPACE;
		d->count = 0;
	}
	kfree(handles, size);
	return mr;
}

static mach_msg_return_t
overwrite_data(
    struct vm_map *map, mach_msg_ool_descriptor_t *d, vm_address_t address)
{
	struct vm_map_copy *copy = (struct vm_map_copy *)d->address;
	kern_return_t kr = vm_map_copy_overwrite(map, address, copy);

	if (kr == KERN_SUCCESS)
		return MACH_MSG_SUCCESS;
	vm_map_copy_discard(copy);
	d->size = 0;
	return memory_error(kr);
}

static struct scatter
scatter_start(vm_address_t user, mach_msg_size_t size)
{
	return (struct scatter){
	    .at = user + sizeof(mach_msg_base_t), .end = user + size};
}

mach_msg_return_t
ipc_scatter_check(
    struct ipc_kmsg *kmsg, vm_address_t user, mach_msg_size_t size)
{
	struct scatter list = scatter_start(user, size);
	mach_msg_base_t *base = (void *)&kmsg->header;
	mach_msg_descriptor_t *d = ipc_body_first(base);
	mach_msg_return_t mr = MACH_MSG_SUCCESS;

	if (!(kmsg->header.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    size < sizeof(*base))
		return mr;
	for (uint32_t i = 0;
	     mr == MACH_MSG_SUCCESS && i < base->body.msgh_descriptor_count;
	     i++) {
		mr = scatter_next(&list) ? check(&list, d)
					 : MACH_RCV_INVALID_DATA;
		d = ipc_body_next(d);
	}
	return mr;
}

mach_msg_return_t
ipc_scatter_copyout(struct ipc_kmsg *kmsg, vm_address_t user,
    mach_msg_size_t size, struct ipc_space *space, struct vm_map *map)
{
	struct scatter list = scatter_start(user, size);
	mach_msg_base_t *base = (void *)&kmsg->header;
	mach_msg_descriptor_t *d = ipc_body_first(base);
	mach_msg_return_t mr = MACH_MSG_SUCCESS;

	if (size < sizeof(*base))
		return mr;
	for (uint32_t i = 0;
	     i < base->body.msgh_descriptor_count && scatter_next(&list); i++) {
		vm_address_t address = list.want.out_of_line.address;

		if (list.overwrite && check(&list, d) == MACH_MSG_SUCCESS) {
			mr |=
			    d->type.type == MACH_MSG_OOL_DESCRIPTOR
				? overwrite_data(map, &d->out_of_line, address)
				: overwrite_ports(
				      space, &d->ool_ports, address);
			d->out_of_line.address = address;
			d->out_of_line.deallocate = 0;
			d->out_of_line.copy = MACH_MSG_OVERWRITE;
		}
		d = ipc_body_next(d);
	}
	return mr;
}
