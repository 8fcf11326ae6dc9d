/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Attributes of ranges: protection, inheritance, wiring.
 */
#include <kern/thread.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_pageout.h>

/* All of the range is mapped and can be changed: clip its ends. */
static kern_return_t
prepare(
    struct vm_map *map, vm_address_t start, vm_address_t end, vm_prot_t prot)
{
	kern_return_t kr = vm_map_check(map, start, end, prot);

	if (kr != KERN_SUCCESS)
		return kr;
	if (!vm_map_clip(map, start) || !vm_map_clip(map, end))
		return KERN_RESOURCE_SHORTAGE;
	return KERN_SUCCESS;
}

kern_return_t
vm_map_protect(struct vm_map *map, vm_address_t address, vm_size_t size,
    vm_prot_t prot, bool set_max)
{
	struct vm_map_entry *entry;
	vm_address_t start, end;
	kern_return_t kr;

	if (!vm_map_range(address, size, &start, &end))
		return KERN_INVALID_ADDRESS;
	if ((prot & ~VM_PROT_ALL) != 0)
		return KERN_INVALID_ARGUMENT;
	kr = prepare(map, start, end, prot);
	if (kr != KERN_SUCCESS)
		return kr;
	for (entry = vm_map_lookup(map, start);
	     entry != NULL && entry->start < end;
	     entry = vm_map_next(map, entry)) {
		vm_prot_t old = entry->prot;

		if (set_max) {
			entry->max_prot = (uint8_t)prot;
			entry->prot &= (uint8_t)prot;
		} else {
			entry->prot = (uint8_t)prot;
		}
		if ((old & ~entry->prot) != 0)
			pmap_protect(
			    map->pmap, entry->start, entry->end, entry->prot);
	}
	return KERN_SUCCESS;
}

kern_return_t
vm_map_inherit(struct vm_map *map, vm_address_t address, vm_size_t size,
    vm_inherit_t inheritance)
{
	struct vm_map_entry *entry;
	vm_address_t start, end;
	kern_return_t kr;

	if (!vm_map_range(address, size, &start, &end))
		return KERN_INVALID_ADDRESS;
	if (inheritance > VM_INHERIT_NONE)
		return KERN_INVALID_ARGUMENT;
	kr = prepare(map, start, end, VM_PROT_NONE);
	if (kr != KERN_SUCCESS)
		return kr;
	for (entry = vm_map_lookup(map, start);
	     entry != NULL && entry->start < end;
	     entry = vm_map_next(map, entry))
		entry->inheritance = (uint8_t)inheritance;
	return KERN_SUCCESS;
}

static void
page_wire(struct vm_page *page)
{
	if (page->wire_count++ > 0)
		return;
	vm_counters.wired++;
	if (page->on_queue != VM_PAGE_QUEUE_NONE)
		vm_page_unqueue(page);
}

static void
page_unwire(struct vm_page *page)
{
	if (page->wire_count == 0 || --page->wire_count > 0)
		return;
	vm_counters.wired--;
	if (page->object->pager != NULL)
		vm_page_activate(page);
}

/* Unwire the pages of one object of a chain that `entry` shows. */
static void
unwire_object(const struct vm_map_entry *entry, struct vm_object *object,
    uint64_t shift, uint64_t first, uint64_t end)
{
	uint64_t index = first + shift;
	void *item;

	while ((item = radix_next(&object->pages, &index)) != NULL &&
	       index < end + shift) {
		if (vm_object_visible_page(entry->object, index - shift) ==
		    item)
			page_unwire(item);
		index++;
	}
}

/* A page that is only read may have been wired below the first object. */
void
vm_map_entry_unwire(struct vm_map_entry *entry)
{
	uint64_t first = entry->offset >> VM_PAGE_SHIFT;
	uint64_t end = first + ((entry->end - entry->start) >> VM_PAGE_SHIFT);
	uint64_t shift = 0;

	entry->wired = VM_WIRED_NOT;
	for (struct vm_object *object = entry->object; object != NULL;
	     object = object->shadow) {
		unwire_object(entry, object, shift, first, end);
		shift += object->shadow_offset >> VM_PAGE_SHIFT;
	}
}

/* Entries of the range in one state of wiring go to another. */
static void
set_wired(struct vm_map *map, vm_address_t start, vm_address_t end,
    uint8_t from, uint8_t to)
{
	struct vm_map_entry *entry;

	for (entry = vm_map_first(map, start);
	     entry != NULL && entry->start < end;
	     entry = vm_map_next(map, entry)) {
		if (entry->wired != from)
			continue;
		if (to == VM_WIRED_NOT)
			vm_map_entry_unwire(entry);
		else
			entry->wired = to;
	}
}

/* A page for `access`, mapped. A write fault brings it into the first object.
 */
static kern_return_t
wire_page(struct vm_map *map, vm_address_t va, vm_prot_t access)
{
	struct vm_page *page;
	kern_return_t kr = vm_fault_page(map, va, access, &page);

	if (kr != KERN_SUCCESS)
		return kr;
	page_wire(page);
	return pmap_enter(
	    map->pmap, va, vm_page_pa(page), access, VM_CACHE_NORMAL);
}

/* The pages of entries that are being wired. Blocks. */
static kern_return_t
wire_pages(
    struct vm_map *map, vm_address_t start, vm_address_t end, vm_prot_t access)
{
	for (vm_address_t va = start; va < end; va += VM_PAGE_SIZE) {
		struct vm_map_entry *entry = vm_map_lookup(map, va);
		kern_return_t kr;

		if (entry == NULL)
			return KERN_INVALID_ADDRESS;
		if (entry->wired == VM_WIRED_NOW) {
			kr = wire_page(
			    map, va, access | (entry->prot & VM_PROT_WRITE));
			if (kr != KERN_SUCCESS)
				return kr;
		}
		if (va % (256 * VM_PAGE_SIZE) == 0)
			preempt_point();
	}
	return KERN_SUCCESS;
}

/*
 * Each page is looked up again after every wait; a range that another thread
 * changes meanwhile is wired as far as it still exists. Pages are brought in
 * for writing where that is allowed, so that no later copy-on-write takes a
 * wired page away.
 */
kern_return_t
vm_map_wire(
    struct vm_map *map, vm_address_t address, vm_size_t size, vm_prot_t access)
{
	vm_address_t start, end;
	kern_return_t kr;

	if (!vm_map_range(address, size, &start, &end))
		return KERN_INVALID_ADDRESS;
	kr = prepare(map, start, end, access);
	if (kr != KERN_SUCCESS)
		return kr;
	if (access == VM_PROT_NONE) {
		set_wired(map, start, end, VM_WIRED, VM_WIRED_NOT);
		return KERN_SUCCESS;
	}
	set_wired(map, start, end, VM_WIRED_NOT, VM_WIRED_NOW);
	kr = wire_pages(map, start, end, access);
	set_wired(map, start, end, VM_WIRED_NOW,
	    kr == KERN_SUCCESS ? VM_WIRED : VM_WIRED_NOT);
	return kr;
}
