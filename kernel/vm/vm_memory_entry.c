/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory entries: ports that stand for a part of a task's memory, to be mapped
 * by others, who share it. An entry holds the object, so it outlives the
 * mapping it was made of. Its last right ends it, which may be where nothing
 * may wait: a large one ends later.
 */
#include <ipc/ipc_kobject.h>
#include <kern/slab.h>
#include <vm/vm_map.h>
#include <vm/vm_memory_entry.h>
#include <vm_map_server.h>

#define AT_ONCE_MAX (255 * VM_PAGE_SIZE) /* is freed without a pause */

struct memory_entry {
	struct memory_entry *next_dead;
	struct vm_object *object; /* a reference */
	vm_offset_t offset;
	vm_size_t size;
	vm_prot_t prot; /* nobody gets more through it */
};

static struct memory_entry *dead;

static void
entry_free(struct memory_entry *entry)
{
	vm_object_release(entry->object);
	kfree(entry, sizeof(*entry));
}

static void
free_dead(void)
{
	struct memory_entry *entry;

	while ((entry = dead) != NULL) {
		dead = entry->next_dead;
		entry_free(entry);
	}
}

static void
entry_end(struct ipc_port *port, void *object)
{
	struct memory_entry *entry = object;

	ipc_kobject_destroy(port);
	if (entry->object->size <= AT_ONCE_MAX) {
		entry_free(entry);
		return;
	}
	entry->next_dead = dead;
	dead = entry;
	ipc_kobject_end_later(free_dead);
}

void
vm_memory_entry_init(void)
{
	ipc_kobject_on_no_senders(IKOT_MEMORY_ENTRY, entry_end);
}

/* The map entry's part at an address, as a port. */
static kern_return_t
create(struct vm_map_entry *from, vm_address_t start, vm_size_t size,
    vm_prot_t prot, mach_port_t *handle)
{
	struct memory_entry *entry;
	struct ipc_port *port;

	if (!vm_map_entry_share(from))
		return KERN_RESOURCE_SHORTAGE;
	entry = kalloc_zero(sizeof(*entry));
	port =
	    entry != NULL ? ipc_kobject_alloc(IKOT_MEMORY_ENTRY, entry) : NULL;
	if (port == NULL) {
		if (entry != NULL)
			kfree(entry, sizeof(*entry));
		return KERN_RESOURCE_SHORTAGE;
	}
	entry->object = from->object;
	entry->offset = from->offset + (start - from->start);
	entry->size = size;
	entry->prot = prot;
	vm_object_reference(entry->object);
	*handle = ipc_port_to_handle(ipc_port_make_send(port));
	return KERN_SUCCESS;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
mach_make_memory_entry(struct vm_map *map, vm_size_t *size, vm_offset_t offset,
    vm_prot_t permission, mach_port_t *object_handle, mach_port_t parent_entry)
{
	struct vm_map_entry *from;
	vm_address_t start, end;

	if (map == NULL || *size == 0 || MACH_PORT_VALID(parent_entry) ||
	    (permission & ~VM_PROT_ALL) != 0 ||
	    !vm_map_range(offset, *size, &start, &end))
		return KERN_INVALID_ARGUMENT;
	from = vm_map_lookup(map, start);
	if (from == NULL)
		return KERN_INVALID_ADDRESS;
	if ((permission & ~from->prot) != 0)
		return KERN_PROTECTION_FAILURE;
	if (from->object != NULL &&
	    (from->object->physical || from->object->pager != NULL))
		return KERN_INVALID_ARGUMENT;
	if (end > from->end)
		end = from->end;
	/* Untouched memory gets an object of its own. */
	if (from->object == NULL) {
		if (!vm_map_clip(map, start) || !vm_map_clip(map, end))
			return KERN_RESOURCE_SHORTAGE;
		from = vm_map_lookup(map, start);
		if (from == NULL)
			return KERN_INVALID_ADDRESS;
	}
	*size = end - start;
	return create(from, start, end - start, permission, object_handle);
}

kern_return_t
vm_memory_entry_object(
    struct ipc_port *port, struct vm_map_request *request, bool copy)
{
	const struct memory_entry *entry =
	    ipc_kobject_get(port, IKOT_MEMORY_ENTRY);

	if (entry == NULL || copy)
		return KERN_INVALID_ARGUMENT;
	if (request->offset + request->size > entry->size)
		return KERN_INVALID_ARGUMENT;
	request->max_prot &= entry->prot;
	if ((request->prot & ~request->max_prot) != 0)
		return KERN_PROTECTION_FAILURE;
	request->object = entry->object;
	request->offset += entry->offset;
	vm_object_reference(entry->object);
	return KERN_SUCCESS;
}
