/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Checked kernels only: a map's entries stand in order and have what they map.
 */
#include <arch/vm_param.h>

#include <kern/panic.h>
#include <vm/vm_map.h>

#define AT_ONCE 6U

static void
check_entry(const struct vm_map *map, const struct vm_map_entry *entry)
{
	assert(entry->start < entry->end && entry->end <= VM_MAX_ADDRESS);
	assert(
	    ((entry->start | entry->end | entry->offset) & VM_PAGE_MASK) == 0);
	assert((entry->prot & ~entry->max_prot) == 0);
	assert(entry->object == NULL || entry->object->references > 0);
	if (entry->link.next != &map->entries)
		assert(list_entry(entry->link.next, struct vm_map_entry, link)
			   ->start >= entry->end);
}

void
vm_map_check_some(struct vm_map *map)
{
	const struct vm_map_entry *entry = map->hint;
	unsigned left = AT_ONCE;

	assert(map->references > 0);
	if (entry == NULL)
		entry = vm_map_first(map, 0);
	for (; entry != NULL && left > 0; left--) {
		check_entry(map, entry);
		entry = vm_map_next(map, entry);
	}
}
