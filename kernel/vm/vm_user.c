/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The routines of vm_map.defs that take one range: validate, call vm_map. The
 * stub holds a reference to the map, or has NULL for a port that is no task's.
 */
#include <arch/tlb.h>

#include <ipc/ipc_kobject.h>
#include <kern/thread.h>
#include <vm/pmap.h>
#include <vm/vm_map_copy.h>
#include <vm/vm_pager.h>
#include <vm_map_server.h>

IPC_KOBJECT_SUBSYSTEM(vm_map);

/* More than this in one vm_machine_attribute would take too long. */
#define ATTRIBUTE_MAX (1UL << 30)

kern_return_t
vm_allocate(struct vm_map *map, vm_address_t *address, vm_size_t size,
    boolean_t anywhere)
{
	if (map == NULL)
		return KERN_INVALID_ARGUMENT;
	return vm_map_allocate(map, address, size, anywhere, VM_PROT_DEFAULT);
}

kern_return_t
vm_deallocate(struct vm_map *map, vm_address_t address, vm_size_t size)
{
	if (map == NULL)
		return KERN_INVALID_ARGUMENT;
	return size == 0 ? KERN_SUCCESS : vm_map_remove(map, address, size);
}

kern_return_t
vm_protect(struct vm_map *map, vm_address_t address, vm_size_t size,
    boolean_t set_maximum, vm_prot_t new_protection)
{
	if (map == NULL)
		return KERN_INVALID_ARGUMENT;
	if (size == 0)
		return KERN_SUCCESS;
	return vm_map_protect(map, address, size, new_protection, set_maximum);
}

kern_return_t
vm_inherit(struct vm_map *map, vm_address_t address, vm_size_t size,
    vm_inherit_t new_inheritance)
{
	if (map == NULL)
		return KERN_INVALID_ARGUMENT;
	if (size == 0)
		return KERN_SUCCESS;
	return vm_map_inherit(map, address, size, new_inheritance);
}

kern_return_t
vm_wire(struct host *host_priv, struct vm_map *map, vm_address_t address,
    vm_size_t size, vm_prot_t wire_access)
{
	if (host_priv == NULL)
		return KERN_INVALID_HOST;
	if (map == NULL || (wire_access & ~VM_PROT_ALL) != 0)
		return KERN_INVALID_ARGUMENT;
	return size == 0 ? KERN_SUCCESS
			 : vm_map_wire(map, address, size, wire_access);
}

kern_return_t
vm_read(struct vm_map *map, vm_address_t address, vm_size_t size,
    vm_offset_t *data, mach_msg_type_number_t *count)
{
	struct vm_map_copy *copy;
	kern_return_t kr;

	if (map == NULL || size > UINT32_MAX)
		return KERN_INVALID_ARGUMENT;
	kr = vm_map_copyin(map, address, size, false, &copy);
	if (kr != KERN_SUCCESS)
		return kr;
	*data = (vm_offset_t)copy;
	*count = (mach_msg_type_number_t)size;
	return KERN_SUCCESS;
}

kern_return_t
vm_write(struct vm_map *map, vm_address_t address, vm_offset_t data,
    mach_msg_type_number_t count)
{
	(void)count;
	if (map == NULL)
		return KERN_INVALID_ARGUMENT;
	return vm_map_copy_overwrite(map, address, (struct vm_map_copy *)data);
}

/* From one map into another, or the same. */
static kern_return_t
copy_between(struct vm_map *from, vm_address_t source, vm_size_t size,
    struct vm_map *to, vm_address_t target)
{
	struct vm_map_copy *copy;
	kern_return_t kr = vm_map_copyin(from, source, size, false, &copy);

	if (kr != KERN_SUCCESS)
		return kr;
	kr = vm_map_copy_overwrite(to, target, copy);
	if (kr != KERN_SUCCESS)
		vm_map_copy_discard(copy);
	return kr;
}

kern_return_t
vm_read_overwrite(struct vm_map *map, vm_address_t address, vm_size_t size,
    vm_address_t data, vm_size_t *outsize)
{
	if (map == NULL)
		return KERN_INVALID_ARGUMENT;
	*outsize = size;
	return copy_between(map, address, size, current_task()->map, data);
}

kern_return_t
vm_copy(struct vm_map *map, vm_address_t source_address, vm_size_t size,
    vm_address_t dest_address)
{
	return map == NULL
		   ? KERN_INVALID_ARGUMENT
		   : copy_between(map, source_address, size, map, dest_address);
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
vm_region(struct vm_map *map, vm_address_t *address, vm_size_t *size,
    vm_prot_t *protection, vm_prot_t *max_protection, vm_inherit_t *inheritance,
    boolean_t *is_shared, mach_port_t *object_name, vm_offset_t *offset)
{
	struct vm_map_entry *entry;
	struct vm_object *object;

	if (map == NULL)
		return KERN_INVALID_ARGUMENT;
	entry = vm_map_first(map, *address);
	if (entry == NULL)
		return KERN_NO_SPACE;
	object = entry->object;
	*address = entry->start;
	*size = entry->end - entry->start;
	*protection = entry->prot;
	*max_protection = entry->max_prot;
	*inheritance = entry->inheritance;
	*is_shared = object != NULL && object->shared;
	*offset = entry->offset;
	*object_name = MACH_PORT_NULL;
	if (object != NULL && object->pager != NULL)
		*object_name =
		    ipc_port_to_handle(ipc_port_make_send(object->pager->name));
	return KERN_SUCCESS;
}

/* Return the dirty pages of the object that `address` shows. May block. */
static void
sync_entry(const struct vm_map_entry *entry, vm_address_t start,
    vm_address_t end, bool invalidate)
{
	struct vm_object *object = entry->object;
	vm_offset_t from = entry->offset + (start - entry->start);

	if (object == NULL || object->pager == NULL || entry->needs_copy)
		return;
	vm_object_reference(object);
	vm_pager_clean(object, from >> VM_PAGE_SHIFT,
	    (from + (end - start)) >> VM_PAGE_SHIFT, MEMORY_OBJECT_RETURN_DIRTY,
	    invalidate);
	vm_object_release(object);
}

/*
 * The pages are on their way when this returns; that they are on the disk is
 * what the file server says. Looks the map up again after each entry.
 */
kern_return_t
vm_msync(struct vm_map *map, vm_address_t address, vm_size_t size,
    vm_sync_t sync_flags)
{
	vm_address_t start, end;
	kern_return_t kr;

	if (map == NULL || !vm_map_range(address, size, &start, &end))
		return KERN_INVALID_ARGUMENT;
	kr = vm_map_check(map, start, end, VM_PROT_NONE);
	if (kr != KERN_SUCCESS)
		return kr;
	while (start < end) {
		struct vm_map_entry *entry = vm_map_lookup(map, start);
		vm_address_t stop;

		if (entry == NULL)
			return KERN_INVALID_ADDRESS;
		stop = entry->end < end ? entry->end : end;
		sync_entry(
		    entry, start, stop, (sync_flags & VM_SYNC_INVALIDATE) != 0);
		start = stop;
	}
	return KERN_SUCCESS;
}

kern_return_t
vm_machine_attribute(struct vm_map *map, vm_address_t address, vm_size_t size,
    vm_machine_attribute_t attribute, vm_machine_attribute_val_t *value)
{
	vm_address_t start, end;

	if (map == NULL || size > ATTRIBUTE_MAX ||
	    !vm_map_range(address, size, &start, &end))
		return KERN_INVALID_ARGUMENT;
	if (attribute != MATTR_CACHE || (*value != MATTR_VAL_ICACHE_FLUSH &&
					    *value != MATTR_VAL_CACHE_FLUSH))
		return KERN_NOT_SUPPORTED;
	for (; start < end; start += VM_PAGE_SIZE) {
		paddr_t pa = pmap_extract(map->pmap, start);

		if (vm_phys_page(pa) != NULL)
			cache_sync_code(phys_to_virt(pa), VM_PAGE_SIZE);
		preempt_point();
	}
	return KERN_SUCCESS;
}
