/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The bytes of a copy: read by the kernel, or written over memory that exists.
 *
 * To fault pages of a copy in, its entries are linked into a map of their own
 * for the time: a map is all a fault needs, and nobody else has the copy.
 */
#include <kern/slab.h>
#include <kern/string.h>
#include <vm/pmap.h>
#include <vm/vm_map_copy.h>

/* Entries from the copy's list into a map, or back. */
static void
link_entries(struct vm_map *map, struct vm_map_copy *copy)
{
	struct list *link;

	while ((link = list_first(&copy->entries)) != NULL) {
		list_remove(link);
		vm_map_entry_link(
		    map, list_entry(link, struct vm_map_entry, link));
	}
}

static void
unlink_entries(struct vm_map *map, struct vm_map_copy *copy)
{
	struct vm_map_entry *entry;

	while ((entry = vm_map_first(map, 0)) != NULL) {
		vm_map_entry_unlink(map, entry);
		list_append(&copy->entries, &entry->link);
	}
}

kern_return_t
vm_map_copy_read_at(
    struct vm_map_copy *copy, vm_offset_t offset, void *data, vm_size_t size)
{
	struct vm_map map = {.references = 1};
	kern_return_t kr;

	if (offset > copy->size || size > copy->size - offset)
		return KERN_INVALID_ARGUMENT;
	if (copy->bytes != NULL) {
		memcpy(data, (const char *)copy->bytes + offset, size);
		return KERN_SUCCESS;
	}
	list_init(&map.entries);
	link_entries(&map, copy);
	kr = vm_map_read(&map, copy->offset + offset, data, size);
	unlink_entries(&map, copy);
	return kr;
}

/* May block. KERN_INVALID_ARGUMENT when the copy is shorter. */
kern_return_t
vm_map_copy_read(struct vm_map_copy *copy, void *data, vm_size_t size)
{
	if (size == 0)
		return KERN_SUCCESS;
	if (copy == NULL)
		return KERN_INVALID_ARGUMENT;
	return vm_map_copy_read_at(copy, 0, data, size);
}

/* Can the entries of a range be replaced by others? All must be alike. */
static bool
replaceable(struct vm_map *map, vm_address_t start, vm_address_t end)
{
	struct vm_map_entry *first = vm_map_lookup(map, start);

	for (struct vm_map_entry *entry = first;
	     entry != NULL && entry->start < end;
	     entry = vm_map_next(map, entry)) {
		const struct vm_object *object = entry->object;

		if (entry->wired != VM_WIRED_NOT ||
		    entry->prot != first->prot ||
		    entry->max_prot != first->max_prot ||
		    entry->inheritance != first->inheritance)
			return false;
		if (object != NULL && !entry->needs_copy &&
		    (object->pager != NULL || object->shared ||
			object->physical))
			return false;
	}
	return true;
}

/*
 * Put the copy's entries in the place of the map's. Blocks only at the end,
 * when the old ones are released. The copy is empty then.
 */
static kern_return_t
replace(struct vm_map *map, vm_address_t start, vm_address_t end,
    struct vm_map_copy *copy)
{
	struct vm_map_entry *entry, model;
	struct list old, *link;

	if (!vm_map_clip(map, start) || !vm_map_clip(map, end))
		return KERN_RESOURCE_SHORTAGE;
	list_init(&old);
	model = *vm_map_lookup(map, start);
	vm_map_copy_drop_leaves(copy, false);
	pmap_remove(map->pmap, start, end);
	while (
	    (entry = vm_map_first(map, start)) != NULL && entry->start < end) {
		vm_map_entry_unlink(map, entry);
		list_append(&old, &entry->link);
	}
	while ((link = list_first(&copy->entries)) != NULL) {
		entry = list_entry(link, struct vm_map_entry, link);
		list_remove(link);
		entry->start += start;
		entry->end += start;
		entry->prot = model.prot;
		entry->max_prot = model.max_prot;
		entry->inheritance = model.inheritance;
		vm_map_entry_link(map, entry);
	}
	while ((link = list_first(&old)) != NULL) {
		entry = list_entry(link, struct vm_map_entry, link);
		list_remove(link);
		vm_object_release(entry->object);
		vm_map_entry_free(entry);
	}
	return KERN_SUCCESS;
}

/* Page by page through a buffer. Blocks. */
static kern_return_t
overwrite_bytes(
    struct vm_map *map, vm_address_t address, struct vm_map_copy *copy)
{
	kern_return_t kr = KERN_SUCCESS;
	void *buffer;

	if (copy->bytes != NULL)
		return vm_map_write(map, address, copy->bytes, copy->size);
	buffer = kalloc(VM_PAGE_SIZE);
	if (buffer == NULL)
		return KERN_RESOURCE_SHORTAGE;
	for (vm_size_t at = 0; kr == KERN_SUCCESS && at < copy->size;
	     at += VM_PAGE_SIZE) {
		vm_size_t part = copy->size - at < VM_PAGE_SIZE
				     ? copy->size - at
				     : VM_PAGE_SIZE;

		kr = vm_map_copy_read_at(copy, at, buffer, part);
		if (kr == KERN_SUCCESS)
			kr = vm_map_write(map, address + at, buffer, part);
	}
	kfree(buffer, VM_PAGE_SIZE);
	return kr;
}

/* Is every page of the range there and writable? */
static kern_return_t
check_writable(struct vm_map *map, vm_address_t start, vm_address_t end)
{
	kern_return_t kr = vm_map_check(map, start, end, VM_PROT_NONE);
	struct vm_map_entry *entry = vm_map_lookup(map, start);

	for (; kr == KERN_SUCCESS && entry != NULL && entry->start < end;
	     entry = vm_map_next(map, entry))
		if ((entry->prot & VM_PROT_WRITE) == 0)
			kr = KERN_PROTECTION_FAILURE;
	return kr;
}

/* Consumed on success. May block. */
kern_return_t
vm_map_copy_overwrite(
    struct vm_map *map, vm_address_t address, struct vm_map_copy *copy)
{
	vm_address_t start, end;
	kern_return_t kr;

	if (copy == NULL)
		return KERN_SUCCESS;
	if (!vm_map_range(address, copy->size, &start, &end))
		return KERN_INVALID_ADDRESS;
	kr = check_writable(map, start, end);
	if (kr != KERN_SUCCESS)
		return kr;
	if (copy->bytes == NULL && copy->offset == 0 &&
	    ((address | copy->size) & VM_PAGE_MASK) == 0 &&
	    replaceable(map, start, end))
		kr = replace(map, start, end, copy);
	else
		kr = overwrite_bytes(map, address, copy);
	if (kr == KERN_SUCCESS)
		vm_map_copy_discard(copy);
	return kr;
}
