/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Taking memory out of a map: copyin and what a copy consists of.
 */
#include <arch/copy.h>

#include <kern/cpu.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <vm/pmap.h>
#include <vm/vm_map_copy.h>

static struct slab_cache copy_cache;

void
vm_map_copy_init(void)
{
	slab_cache_init(
	    &copy_cache, "vm map copy", sizeof(struct vm_map_copy), 8);
}

static struct vm_map_copy *
copy_alloc(vm_size_t size, vm_offset_t offset)
{
	struct vm_map_copy *copy = slab_alloc(&copy_cache);

	if (copy != NULL) {
		*copy = (struct vm_map_copy){.size = size, .offset = offset};
		list_init(&copy->entries);
		list_init(&copy->leaves);
	}
	return copy;
}

void
vm_map_copy_drop_leaves(struct vm_map_copy *copy, bool wait)
{
	while (pmap_drop_leaf(&copy->leaves))
		if (wait)
			preempt_point();
}

/* May block. Pages that go are unmapped as they go. */
void
vm_map_copy_discard(struct vm_map_copy *copy)
{
	struct list *link;

	if (copy == NULL)
		return;
	while ((link = list_first(&copy->entries)) != NULL) {
		struct vm_map_entry *entry =
		    list_entry(link, struct vm_map_entry, link);

		list_remove(link);
		vm_object_release(entry->object);
		vm_map_entry_free(entry);
	}
	vm_map_copy_drop_leaves(copy, true);
	if (copy->bytes != NULL)
		kfree(copy->bytes, copy->size);
	slab_free(&copy_cache, copy);
}

vm_size_t
vm_map_copy_size(const struct vm_map_copy *copy)
{
	return copy->size;
}

static struct vm_map_copy *
copy_alloc_bytes(vm_size_t size)
{
	struct vm_map_copy *copy = copy_alloc(size, 0);

	if (copy == NULL)
		return NULL;
	copy->bytes = kalloc(size);
	if (copy->bytes != NULL)
		return copy;
	slab_free(&copy_cache, copy);
	return NULL;
}

static kern_return_t
copyin_bytes(struct vm_map *map, vm_address_t address, struct vm_map_copy *copy)
{
	if (map == current_task()->map)
		return copyin(address, copy->bytes, copy->size)
			   ? KERN_SUCCESS
			   : KERN_INVALID_ADDRESS;
	return vm_map_read(map, address, copy->bytes, copy->size);
}

/* Append an entry taken from a map; entries of a copy count from 0. */
static void
append(struct vm_map_copy *copy, struct vm_map_entry *entry, vm_address_t base)
{
	entry->start -= base;
	entry->end -= base;
	entry->prot = VM_PROT_DEFAULT;
	entry->max_prot = VM_PROT_ALL;
	entry->inheritance = VM_INHERIT_DEFAULT;
	entry->wired = VM_WIRED_NOT;
	list_append(&copy->entries, &entry->link);
}

/* May the entry itself go, or do others see its object? */
static bool
can_move(const struct vm_map_entry *entry)
{
	const struct vm_object *object = entry->object;

	return entry->wired == VM_WIRED_NOT &&
	       (object == NULL || entry->needs_copy ||
		   (object->pager == NULL && !object->shared &&
		       !object->physical));
}

/* Share [start, end) copy-on-write with the map. Does not block. */
static kern_return_t
copyin_share(struct vm_map *map, vm_address_t start, vm_address_t end,
    struct vm_map_copy *copy)
{
	struct vm_map_entry *entry = vm_map_lookup(map, start);

	for (vm_address_t at = start; at < end;) {
		vm_address_t stop = entry->end < end ? entry->end : end;
		struct vm_map_entry *part = vm_map_entry_alloc();
		kern_return_t kr;

		if (part == NULL)
			return KERN_RESOURCE_SHORTAGE;
		kr = vm_map_entry_copy(map, entry, at, stop, part);
		if (kr != KERN_SUCCESS) {
			vm_map_entry_free(part);
			return kr;
		}
		append(copy, part, start);
		at = stop;
		entry = vm_map_next(map, entry);
	}
	return KERN_SUCCESS;
}

/* Are all entries of the range ones that can move? */
static bool
range_can_move(struct vm_map *map, vm_address_t start, vm_address_t end)
{
	struct vm_map_entry *entry = vm_map_lookup(map, start);

	for (; entry != NULL && entry->start < end;
	     entry = vm_map_next(map, entry))
		if (!can_move(entry))
			return false;
	return true;
}

/*
 * The mappings of [start, end), whose entries have left the map, where they
 * came behind `before`: tables in which the map has nothing else, and in which
 * it has no mappings without entries, as a dead one does, go along.
 */
static void
take_leaves(struct vm_map *map, vm_address_t start, vm_address_t end,
    struct list *before, struct vm_map_copy *copy)
{
	struct list *head = &map->entries, *after = before->next;
	vm_address_t low = start & ~PMAP_LEAF_MASK;
	vm_address_t high = (end + PMAP_LEAF_MASK) & ~PMAP_LEAF_MASK;

	if (before != head &&
	    list_entry(before, struct vm_map_entry, link)->end > low)
		low += PMAP_LEAF_SIZE;
	if (after != head &&
	    list_entry(after, struct vm_map_entry, link)->start < high)
		high -= PMAP_LEAF_SIZE;
	if (low >= high || map->dead) {
		pmap_remove(map->pmap, start, end);
		return;
	}
	if (start < low)
		pmap_remove(map->pmap, start, low);
	if (high < end)
		pmap_remove(map->pmap, high, end);
	pmap_take_leaves(map->pmap, low, high, &copy->leaves);
	copy->leaf_start = low - start;
}

/* Move the entries of [start, end), clipped, out of the map. */
static void
move_entries(struct vm_map *map, struct vm_map_entry *entry, vm_address_t end,
    struct vm_map_copy *copy)
{
	struct list *before = entry->link.prev;
	vm_address_t start = entry->start;
	bool take = end - start >= VM_MAP_BIG;

	do {
		struct vm_map_entry *next = vm_map_next(map, entry);

		vm_map_entry_unlink(map, entry);
		take = take && (entry->prot & ~VM_PROT_DEFAULT) == 0;
		append(copy, entry, start);
		entry = next;
	} while (entry != NULL && entry->start < end);
	if (take)
		take_leaves(map, start, end, before, copy);
	else
		pmap_remove(map->pmap, start, end);
}

struct vm_map_copy *
vm_map_copyin_whole(struct vm_map *map, vm_address_t address, vm_size_t size)
{
	struct vm_map_entry *entry = vm_map_lookup(map, address);
	struct vm_map_copy *copy;

	if (entry == NULL || entry->start != address ||
	    entry->end - address != size || (entry->prot & VM_PROT_READ) == 0 ||
	    !can_move(entry))
		return NULL;
	copy = copy_alloc(size, 0);
	if (copy != NULL)
		move_entries(map, entry, address + size, copy);
	return copy;
}

static kern_return_t
copyin_pages(struct vm_map *map, vm_address_t start, vm_address_t end,
    bool destroy, struct vm_map_copy *copy)
{
	kern_return_t kr = vm_map_check(map, start, end, VM_PROT_NONE);

	for (struct vm_map_entry *entry = vm_map_lookup(map, start);
	     kr == KERN_SUCCESS && entry != NULL && entry->start < end;
	     entry = vm_map_next(map, entry))
		if ((entry->prot & VM_PROT_READ) == 0)
			kr = KERN_PROTECTION_FAILURE;
	if (kr != KERN_SUCCESS)
		return kr;
	if (destroy && range_can_move(map, start, end)) {
		if (!vm_map_clip(map, start) || !vm_map_clip(map, end))
			return KERN_RESOURCE_SHORTAGE;
		move_entries(map, vm_map_lookup(map, start), end, copy);
		return KERN_SUCCESS;
	}
	kr = copyin_share(map, start, end, copy);
	if (kr == KERN_SUCCESS && destroy)
		kr = vm_map_remove(map, start, end - start);
	return kr;
}

/*
 * Whole pages move with `destroy`; other small pieces are copied. What is
 * destroyed around a piece that is not page aligned are its pages. May block;
 * errors as vm_fault().
 */
kern_return_t
vm_map_copyin(struct vm_map *map, vm_address_t address, vm_size_t size,
    bool destroy, struct vm_map_copy **result)
{
	bool whole = ((address | size) & VM_PAGE_MASK) == 0;
	bool bytes = size <= VM_COPY_BYTES_MAX && !(destroy && whole);
	struct vm_map_copy *copy;
	vm_address_t start, end;
	kern_return_t kr;

	*result = NULL;
	if (size == 0)
		return KERN_SUCCESS;
	if (!vm_map_range(address, size, &start, &end))
		return KERN_INVALID_ADDRESS;
	copy = bytes ? copy_alloc_bytes(size)
		     : copy_alloc(size, address & VM_PAGE_MASK);
	if (copy == NULL)
		return KERN_RESOURCE_SHORTAGE;
	if (bytes) {
		kr = copyin_bytes(map, address, copy);
		if (kr == KERN_SUCCESS && destroy)
			kr = vm_map_remove(map, address, size);
	} else {
		kr = copyin_pages(map, start, end, destroy, copy);
	}
	if (kr != KERN_SUCCESS) {
		vm_map_copy_discard(copy);
		return kr;
	}
	*result = copy;
	return KERN_SUCCESS;
}

struct vm_map_copy *
vm_map_copy_object(struct vm_object *object, vm_size_t size)
{
	struct vm_map_copy *copy = copy_alloc(size, 0);
	struct vm_map_entry *entry;

	if (copy == NULL)
		return NULL;
	entry = vm_map_entry_alloc();
	if (entry == NULL) {
		slab_free(&copy_cache, copy);
		return NULL;
	}
	entry->end = VM_ROUND_PAGE(size);
	entry->object = object;
	append(copy, entry, 0);
	return copy;
}

/* An object with `size` bytes of kernel memory in it. NULL: no memory. */
static struct vm_object *
object_from(const void *data, vm_size_t size)
{
	struct vm_object *object = vm_object_create(VM_ROUND_PAGE(size));

	for (vm_size_t at = 0; object != NULL && at < size;
	     at += VM_PAGE_SIZE) {
		vm_size_t part =
		    size - at < VM_PAGE_SIZE ? size - at : VM_PAGE_SIZE;
		struct vm_page *page =
		    vm_object_page_alloc(object, at >> VM_PAGE_SHIFT, false);
		char *to;

		if (page == NULL) {
			vm_object_release(object);
			return NULL;
		}
		to = vm_page_data(page);
		memcpy(to, (const char *)data + at, part);
		memset(to + part, 0, VM_PAGE_SIZE - part);
		page->dirty = true;
	}
	return object;
}

kern_return_t
vm_map_copyin_kernel(
    const void *data, vm_size_t size, struct vm_map_copy **result)
{
	struct vm_map_copy *copy;
	struct vm_object *object;

	*result = NULL;
	if (size == 0)
		return KERN_SUCCESS;
	if (size <= VM_COPY_BYTES_MAX) {
		copy = copy_alloc_bytes(size);
		if (copy == NULL)
			return KERN_RESOURCE_SHORTAGE;
		memcpy(copy->bytes, data, size);
		*result = copy;
		return KERN_SUCCESS;
	}
	object = object_from(data, size);
	if (object == NULL)
		return KERN_RESOURCE_SHORTAGE;
	*result = vm_map_copy_object(object, size);
	if (*result == NULL)
		vm_object_release(object);
	return *result != NULL ? KERN_SUCCESS : KERN_RESOURCE_SHORTAGE;
}

/* Bytes of a copy become the pages of an object. */
static kern_return_t
bytes_to_pages(struct vm_map_copy *copy)
{
	struct vm_object *object = object_from(copy->bytes, copy->size);
	struct vm_map_entry *entry;

	if (object == NULL)
		return KERN_RESOURCE_SHORTAGE;
	entry = vm_map_entry_alloc();
	if (entry == NULL) {
		vm_object_release(object);
		return KERN_RESOURCE_SHORTAGE;
	}
	entry->end = VM_ROUND_PAGE(copy->size);
	entry->object = object;
	append(copy, entry, 0);
	kfree(copy->bytes, copy->size);
	copy->bytes = NULL;
	return KERN_SUCCESS;
}

/* Map the pages of a small copy at once: it is about to be read. */
static void
enter_small(struct vm_map *map, const struct vm_map_entry *entry)
{
	for (vm_address_t va = entry->start; va < entry->end;
	     va += VM_PAGE_SIZE) {
		struct vm_page *page = vm_object_page(entry->object,
		    (va - entry->start + entry->offset) >> VM_PAGE_SHIFT);

		if (page == NULL || pmap_enter_page(map->pmap, va, page,
					entry->prot) != KERN_SUCCESS)
			return;
	}
}

/* A place for the pages of a copy, and for its tables if that can be. */
static kern_return_t
find_place(struct vm_map *map, struct vm_map_gap *gap, struct vm_map_copy *copy)
{
	vm_size_t size = VM_ROUND_PAGE(copy->offset + copy->size);
	vm_offset_t skew = 0;

	if (!list_empty(&copy->leaves))
		skew = -copy->leaf_start & PMAP_LEAF_MASK;
	if (size >= VM_MAP_BIG && vm_map_find_big(map, gap, size, skew)) {
		pmap_give_leaves(
		    map->pmap, gap->start + copy->leaf_start, &copy->leaves);
		vm_map_copy_drop_leaves(copy, false);
		return KERN_SUCCESS;
	}
	vm_map_copy_drop_leaves(copy, false);
	return vm_map_find_place(map, gap, size, 0, true);
}

/* Consumed on success. Does not block. KERN_NO_SPACE, KERN_RESOURCE_SHORTAGE.
 */
kern_return_t
vm_map_copyout(
    struct vm_map *map, vm_address_t *address, struct vm_map_copy *copy)
{
	struct vm_map_gap gap = {.start = 0};
	bool small = false;
	struct list *link;
	kern_return_t kr;

	if (copy == NULL) {
		*address = 0;
		return KERN_SUCCESS;
	}
	if (map->dead)
		return KERN_INVALID_ARGUMENT;
	if (copy->bytes != NULL) {
		kr = bytes_to_pages(copy);
		if (kr != KERN_SUCCESS)
			return kr;
		small = true;
	}
	kr = find_place(map, &gap, copy);
	if (kr != KERN_SUCCESS)
		return kr;
	*address = gap.start + copy->offset;
	while ((link = list_first(&copy->entries)) != NULL) {
		struct vm_map_entry *entry =
		    list_entry(link, struct vm_map_entry, link);

		list_remove(link);
		entry->start += gap.start;
		entry->end += gap.start;
		vm_map_entry_link_before(map, entry, gap.after);
		if (small)
			enter_small(map, entry);
	}
	slab_free(&copy_cache, copy);
	return KERN_SUCCESS;
}

/* The entry of a copy that holds a place in its pages. */
static struct vm_map_entry *
entry_at(struct vm_map_copy *copy, vm_offset_t place)
{
	list_for_each (link, &copy->entries) {
		struct vm_map_entry *entry =
		    list_entry(link, struct vm_map_entry, link);

		if (place < entry->end)
			return entry;
	}
	panic("a copy ends before its size");
}

struct vm_page *
vm_map_copy_steal(struct vm_map_copy *copy, vm_offset_t offset)
{
	struct vm_map_entry *entry;
	struct vm_object *object;
	struct vm_page *page;

	if (copy->bytes != NULL || copy->offset != 0)
		return NULL;
	entry = entry_at(copy, offset);
	object = entry->object;
	if (object == NULL || object->references != 1 ||
	    object->pager != NULL || object->copy != NULL)
		return NULL;
	page = vm_object_page(
	    object, (entry->offset + offset - entry->start) >> VM_PAGE_SHIFT);
	if (page == NULL)
		return NULL;
	pmap_page_remove(page);
	vm_object_remove(page);
	if (page->wire_count != 0) {
		page->wire_count = 0; /* it was a driver's */
		vm_counters.wired--;
	}
	return page;
}
