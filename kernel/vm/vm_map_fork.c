/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copying and sharing entries, and the map of a child.
 */
#include <arch/vm_param.h>

#include <kern/thread.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>

/* The object of `copy` for what [start, end) of `entry` shows now. */
static kern_return_t
copy_object(
    struct vm_map *map, struct vm_map_entry *entry, struct vm_map_entry *copy)
{
	struct vm_object *object = entry->object;

	if (entry->wired != VM_WIRED_NOT) {
		copy->object = vm_object_copy_slow(
		    object, copy->offset, copy->end - copy->start);
		copy->offset = 0;
		copy->needs_copy = false;
		return copy->object != NULL ? KERN_SUCCESS
					    : KERN_RESOURCE_SHORTAGE;
	}
	copy->needs_copy = true;
	if (entry->needs_copy || (object->pager == NULL && !object->shared)) {
		if (!entry->needs_copy)
			pmap_protect(map->pmap, entry->start, entry->end,
			    VM_PROT_READ | VM_PROT_EXECUTE);
		entry->needs_copy = true;
		object->many = true;
		vm_object_reference(object);
		copy->object = object;
		return KERN_SUCCESS;
	}
	copy->object = vm_object_copy_delayed(object);
	return copy->object != NULL ? KERN_SUCCESS : KERN_RESOURCE_SHORTAGE;
}

kern_return_t
vm_map_entry_copy(struct vm_map *map, struct vm_map_entry *entry,
    vm_address_t start, vm_address_t end, struct vm_map_entry *copy)
{
	*copy = (struct vm_map_entry){
	    .start = start,
	    .end = end,
	    .offset = entry->offset + (start - entry->start),
	    .prot = entry->prot,
	    .max_prot = entry->max_prot,
	    .inheritance = entry->inheritance,
	};
	list_init(&copy->link);
	if (entry->object == NULL)
		return KERN_SUCCESS;
	if (entry->object->physical)
		return KERN_INVALID_ADDRESS;
	return copy_object(map, entry, copy);
}

bool
vm_map_entry_share(struct vm_map_entry *entry)
{
	vm_size_t size = entry->end - entry->start;

	if (entry->object == NULL) {
		entry->object = vm_object_create(size);
		entry->offset = 0;
		if (entry->object == NULL)
			return false;
	} else if (entry->needs_copy &&
		   !vm_object_shadow(&entry->object, &entry->offset, size)) {
		return false;
	}
	entry->needs_copy = false;
	entry->object->shared = true;
	entry->object->many = true;
	return true;
}

/*
 * Program text: who may not write it, and has it from a pager, sees what the
 * pager shows to all. A copy would only keep its pages apart.
 */
static bool
is_constant(const struct vm_map_entry *entry)
{
	return entry->object != NULL && entry->object->pager != NULL &&
	       !entry->needs_copy && entry->wired == VM_WIRED_NOT &&
	       (entry->max_prot & VM_PROT_WRITE) == 0;
}

/* A child's entry for one of the parent; NULL with KERN_SUCCESS: none. */
static kern_return_t
fork_entry(struct vm_map *parent, struct vm_map_entry *entry,
    struct vm_map_entry **result)
{
	struct vm_map_entry *child;
	kern_return_t kr;

	*result = NULL;
	if (entry->inheritance == VM_INHERIT_NONE ||
	    (entry->object != NULL && entry->object->physical &&
		entry->inheritance == VM_INHERIT_COPY))
		return KERN_SUCCESS;
	child = vm_map_entry_alloc();
	if (child == NULL)
		return KERN_RESOURCE_SHORTAGE;
	if (entry->inheritance == VM_INHERIT_COPY && is_constant(entry)) {
		*child = *entry;
		vm_object_reference(entry->object);
		kr = KERN_SUCCESS;
	} else if (entry->inheritance == VM_INHERIT_COPY) {
		kr = vm_map_entry_copy(
		    parent, entry, entry->start, entry->end, child);
	} else if (vm_map_entry_share(entry)) {
		*child = *entry;
		child->wired = VM_WIRED_NOT;
		vm_object_reference(entry->object);
		kr = KERN_SUCCESS;
	} else {
		kr = KERN_RESOURCE_SHORTAGE;
	}
	if (kr != KERN_SUCCESS) {
		vm_map_entry_free(child);
		return kr;
	}
	*result = child;
	return KERN_SUCCESS;
}

/*
 * Goes by address: the parent's map may change at the preemption points, the
 * child's is nobody's yet. May block.
 */
struct vm_map *
vm_map_fork(struct vm_map *parent)
{
	struct vm_map *map = vm_map_create();
	struct vm_map_entry *entry, *child;
	vm_address_t address = VM_MIN_ADDRESS;

	if (map == NULL)
		return NULL;
	while ((entry = vm_map_first(parent, address)) != NULL) {
		address = entry->end;
		if (fork_entry(parent, entry, &child) != KERN_SUCCESS) {
			vm_map_destroy(map);
			return NULL;
		}
		if (child != NULL)
			vm_map_entry_link(map, child);
		preempt_point();
	}
	map->free_hint = parent->free_hint;
	return map;
}
