/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entries of a map: find, insert, clip, remove; and the life of maps. Only
 * removal may block: it looks the map up again after every entry.
 */
#include <arch/vm_param.h>

#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/thread.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>

/* Unmapped in one go without a look at preemption; of large ranges a part. */
#define REMOVE_CHUNK (1UL << 20)
#define REMOVE_PART  64

/* So few pages are flushed one by one anyway. */
#define REMOVE_SINGLY 4U

/* Memory that may be anywhere starts here: a wild NULL + offset faults. */
#define ANYWHERE_MIN 0x10000UL

static struct slab_cache map_cache;
static struct slab_cache entry_cache;

void
vm_map_init(void)
{
	slab_cache_init(&map_cache, "vm map", sizeof(struct vm_map), 8);
	slab_cache_init(
	    &entry_cache, "vm map entry", sizeof(struct vm_map_entry), 8);
}

static struct vm_map_entry *
entry_of(struct rb_node *node)
{
	return rb_entry(node, struct vm_map_entry, node);
}

struct vm_map_entry *
vm_map_entry_alloc(void)
{
	struct vm_map_entry *entry = slab_alloc(&entry_cache);

	if (entry != NULL)
		*entry = (struct vm_map_entry){.object = NULL};
	return entry;
}

void
vm_map_entry_free(struct vm_map_entry *entry)
{
	slab_free(&entry_cache, entry);
}

struct vm_map_entry *
vm_map_lookup(struct vm_map *map, vm_address_t address)
{
	struct vm_map_entry *entry = map->hint;
	struct rb_node *node;

	if (entry != NULL && address - entry->start < entry->end - entry->start)
		return entry;
	for (node = map->tree.root; node != NULL;) {
		entry = entry_of(node);
		if (address < entry->start) {
			node = node->left;
		} else if (address >= entry->end) {
			node = node->right;
		} else {
			map->hint = entry;
			return entry;
		}
	}
	return NULL;
}

inline struct vm_map_entry *
vm_map_first(struct vm_map *map, vm_address_t address)
{
	struct rb_node *node = map->tree.root;
	struct vm_map_entry *found = map->hint;

	if (found != NULL && address - found->start < found->end - found->start)
		return found;
	found = NULL;
	while (node != NULL) {
		struct vm_map_entry *entry = entry_of(node);

		if (entry->end > address) {
			found = entry;
			node = node->left;
		} else {
			node = node->right;
		}
	}
	return found;
}

struct vm_map_entry *
vm_map_next(const struct vm_map *map, const struct vm_map_entry *entry)
{
	struct list *next = entry->link.next;

	if (next == &map->entries)
		return NULL;
	return list_entry(next, struct vm_map_entry, link);
}

/* Its place in the tree is below one of its neighbours. */
void
vm_map_entry_link_before(
    struct vm_map *map, struct vm_map_entry *entry, struct vm_map_entry *after)
{
	struct rb_node **link = &map->tree.root, *parent = NULL;
	struct list *where = after != NULL ? &after->link : &map->entries;

	if (after != NULL && after->node.left == NULL) {
		parent = &after->node;
		link = &parent->left;
	} else if (where->prev != &map->entries) {
		parent =
		    &list_entry(where->prev, struct vm_map_entry, link)->node;
		link = &parent->right;
	}
	rb_insert(&map->tree, &entry->node, parent, link);
	list_insert_before(where, &entry->link);
	map->size += entry->end - entry->start;
	map->entry_count++;
	map->hint = entry;
}

void
vm_map_entry_link(struct vm_map *map, struct vm_map_entry *entry)
{
	vm_map_entry_link_before(map, entry, vm_map_first(map, entry->start));
}

void
vm_map_entry_unlink(struct vm_map *map, struct vm_map_entry *entry)
{
	rb_remove(&map->tree, &entry->node);
	list_remove(&entry->link);
	map->size -= entry->end - entry->start;
	map->entry_count--;
	if (map->hint == entry)
		map->hint = NULL;
	if (entry->start < map->free_hint)
		map->free_hint = entry->start;
}

inline bool
vm_map_range(vm_address_t address, vm_size_t size, vm_address_t *start,
    vm_address_t *end)
{
	*start = VM_TRUNC_PAGE(address);
	if (size > VM_MAX_ADDRESS || address > VM_MAX_ADDRESS)
		return false;
	*end = VM_ROUND_PAGE(address + size);
	return *start >= VM_MIN_ADDRESS && *end <= VM_MAX_ADDRESS;
}

kern_return_t
vm_map_check(
    struct vm_map *map, vm_address_t start, vm_address_t end, vm_prot_t prot)
{
	struct vm_map_entry *entry = vm_map_lookup(map, start);

	while (start < end) {
		if (entry == NULL || entry->start > start)
			return KERN_INVALID_ADDRESS;
		if ((entry->max_prot & prot) != prot)
			return KERN_PROTECTION_FAILURE;
		start = entry->end;
		entry = vm_map_next(map, entry);
	}
	return KERN_SUCCESS;
}

/* A gap of `size` at or above `from`. False: there is none. */
static bool
find_gap(struct vm_map *map, vm_address_t from, vm_size_t size,
    vm_address_t mask, struct vm_map_gap *gap)
{
	struct vm_map_entry *entry = vm_map_first(map, from);

	for (;;) {
		from = (from + mask) & ~mask;
		if (from > VM_MAX_ADDRESS || VM_MAX_ADDRESS - from < size)
			return false;
		if (entry == NULL || entry->start >= from + size)
			break;
		if (entry->end > from)
			from = entry->end;
		entry = vm_map_next(map, entry);
	}
	gap->start = from;
	gap->after = entry;
	map->free_hint = from + size;
	return true;
}

/*
 * A gap at or above gap->start, or else anywhere; the search goes on behind it.
 */
static inline kern_return_t
find_room(struct vm_map *map, struct vm_map_gap *gap, vm_size_t size,
    vm_address_t mask)
{
	vm_address_t from = VM_ROUND_PAGE(gap->start);

	mask = VM_ROUND_PAGE(mask + 1) - 1;
	if ((mask & (mask + 1)) != 0 || mask >= VM_MAX_ADDRESS)
		return KERN_INVALID_ARGUMENT;
	if (from < map->free_hint || from >= VM_MAX_ADDRESS)
		from = map->free_hint;
	if (!find_gap(map, from, size, mask, gap) &&
	    !find_gap(map, VM_MIN_ADDRESS, size, mask, gap))
		return KERN_NO_SPACE;
	return KERN_SUCCESS;
}

bool
vm_map_find_big(struct vm_map *map, struct vm_map_gap *gap, vm_size_t size,
    vm_offset_t skew)
{
	vm_size_t whole = (skew + size + PMAP_LEAF_MASK) & ~PMAP_LEAF_MASK;

	gap->start = 0;
	if (find_room(map, gap, whole, PMAP_LEAF_MASK) != KERN_SUCCESS)
		return false;
	gap->start += skew;
	return true;
}

static inline kern_return_t
find_place(struct vm_map *map, struct vm_map_gap *gap, vm_size_t size,
    vm_address_t mask, bool anywhere)
{
	vm_address_t start, end;

	if (map->dead)
		return KERN_INVALID_ARGUMENT;
	if (anywhere) {
		if (size >= VM_MAP_BIG && gap->start == 0 && mask == 0 &&
		    vm_map_find_big(map, gap, size, 0))
			return KERN_SUCCESS;
		return find_room(map, gap, size, mask);
	}
	if (!vm_map_range(gap->start, size, &start, &end) ||
	    start != gap->start || (start & mask) != 0)
		return KERN_INVALID_ADDRESS;
	gap->after = vm_map_first(map, start);
	return gap->after == NULL || gap->after->start >= end ? KERN_SUCCESS
							      : KERN_NO_SPACE;
}

kern_return_t
vm_map_find_place(struct vm_map *map, struct vm_map_gap *gap, vm_size_t size,
    vm_address_t mask, bool anywhere)
{
	return find_place(map, gap, size, mask, anywhere);
}

/* Untouched zeros right behind the same: the entry grows. */
static bool
extend(struct vm_map *map, const struct vm_map_request *request,
    const struct vm_map_gap *gap)
{
	struct list *before =
	    gap->after != NULL ? gap->after->link.prev : map->entries.prev;
	struct vm_map_entry *entry =
	    list_entry(before, struct vm_map_entry, link);

	if (request->object != NULL || before == &map->entries ||
	    entry->end != gap->start || entry->object != NULL ||
	    entry->wired != 0 || entry->prot != request->prot ||
	    entry->max_prot != request->max_prot ||
	    entry->inheritance != request->inheritance)
		return false;
	entry->end += request->size;
	map->size += request->size;
	return true;
}

kern_return_t
vm_map_insert(struct vm_map *map, struct vm_map_request *request)
{
	struct vm_map_gap gap = {.start = request->address};
	struct vm_map_entry *entry;
	kern_return_t kr = find_place(
	    map, &gap, request->size, request->mask, request->anywhere);

	if (kr != KERN_SUCCESS)
		return kr;
	request->address = gap.start;
	if (extend(map, request, &gap))
		return KERN_SUCCESS;
	if (map->entry_count >= VM_MAP_ENTRIES_MAX)
		return KERN_NO_SPACE;
	entry = slab_alloc(&entry_cache);
	if (entry == NULL)
		return KERN_RESOURCE_SHORTAGE;
	entry->start = request->address;
	entry->end = request->address + request->size;
	entry->object = request->object;
	entry->offset = request->offset;
	entry->wired = VM_WIRED_NOT;
	entry->needs_copy = request->needs_copy;
	entry->prot = (uint8_t)request->prot;
	entry->max_prot = (uint8_t)request->max_prot;
	entry->inheritance = (uint8_t)request->inheritance;
	vm_map_entry_link_before(map, entry, gap.after);
	return KERN_SUCCESS;
}

bool
vm_map_clip(struct vm_map *map, vm_address_t address)
{
	struct vm_map_entry *entry = vm_map_lookup(map, address), *upper;

	if (entry == NULL || entry->start == address)
		return true;
	upper = vm_map_entry_alloc();
	if (upper == NULL)
		return false;
	*upper = *entry;
	upper->start = address;
	upper->offset += address - entry->start;
	if (upper->object != NULL)
		vm_object_reference(upper->object);
	map->size -= entry->end - address;
	entry->end = address;
	vm_map_entry_link(map, upper);
	return true;
}

/*
 * Do all pages that are mapped there go now? They are unmapped as they go,
 * which is dearer for many if they have to be flushed.
 */
static bool
goes_with_entry(const struct vm_map *map, const struct vm_object *object)
{
	return object->references == 1 && object->pager == NULL &&
	       object->shadow == NULL && !object->physical &&
	       (map->dead || object->resident <= REMOVE_SINGLY);
}

void
vm_map_entry_delete(struct vm_map *map, struct vm_map_entry *entry)
{
	struct vm_object *object = entry->object;
	uint64_t first = entry->offset >> VM_PAGE_SHIFT;

	vm_map_entry_unlink(map, entry);
	if (object != NULL) {
		if (entry->wired != 0)
			vm_map_entry_unwire(entry);
		if (!goes_with_entry(map, object))
			pmap_remove(map->pmap, entry->start, entry->end);
		if (object->references > 1 && !object->many &&
		    object->pager == NULL)
			vm_object_free_range(object, first,
			    first +
				((entry->end - entry->start) >> VM_PAGE_SHIFT));
	}
	vm_map_entry_free(entry);
	vm_object_release(object);
}

kern_return_t
vm_map_remove(struct vm_map *map, vm_address_t address, vm_size_t size)
{
	vm_size_t chunk = VM_ROUND_PAGE(size / REMOVE_PART);
	vm_address_t start, end;

	if (!vm_map_range(address, size, &start, &end))
		return KERN_INVALID_ADDRESS;
	if (chunk < REMOVE_CHUNK)
		chunk = REMOVE_CHUNK;
	while (start < end) {
		struct vm_map_entry *entry = vm_map_first(map, start);
		vm_address_t stop;

		if (entry == NULL || entry->start >= end)
			break;
		if (entry->start > start)
			start = entry->start;
		stop = entry->end < end ? entry->end : end;
		if (entry->object != NULL && stop - start > chunk)
			stop = start + chunk;
		if (entry->start != start || entry->end != stop) {
			if (!vm_map_clip(map, start) || !vm_map_clip(map, stop))
				return KERN_RESOURCE_SHORTAGE;
			entry = vm_map_lookup(map, start);
		}
		vm_map_entry_delete(map, entry);
		start = stop;
		if (start < end)
			preempt_point();
	}
	return KERN_SUCCESS;
}

struct vm_map *
vm_map_create(void)
{
	struct vm_map *map = slab_alloc_zero(&map_cache);

	if (map == NULL)
		return NULL;
	map->pmap = pmap_create();
	if (map->pmap == NULL) {
		slab_free(&map_cache, map);
		return NULL;
	}
	list_init(&map->entries);
	map->free_hint = ANYWHERE_MIN;
	map->references = 1;
	return map;
}

void
vm_map_destroy(struct vm_map *map)
{
	struct vm_map_entry *entry;

	map->dead = true;
	pmap_retire(map->pmap);
	while ((entry = vm_map_first(map, 0)) != NULL) {
		vm_map_entry_delete(map, entry);
		preempt_point();
	}
	vm_map_release(map);
}

void
vm_map_release(struct vm_map *map)
{
	if (map == NULL || --map->references > 0)
		return;
	assert(list_empty(&map->entries));
	pmap_destroy(map->pmap);
	slab_free(&map_cache, map);
}

uint64_t
vm_map_virtual_size(const struct vm_map *map)
{
	return map->size;
}

uint64_t
vm_map_resident_size(const struct vm_map *map)
{
	return map->pmap->resident << VM_PAGE_SHIFT;
}

kern_return_t
vm_map_allocate(struct vm_map *map, vm_address_t *address, vm_size_t size,
    bool anywhere, vm_prot_t prot)
{
	struct vm_map_request request;
	kern_return_t kr;

	if (size == 0 || size > VM_MAX_ADDRESS)
		return KERN_INVALID_ARGUMENT;
	request.address = anywhere ? *address : VM_TRUNC_PAGE(*address);
	request.mask = 0;
	request.anywhere = anywhere;
	request.object = NULL;
	request.offset = 0;
	request.needs_copy = false;
	request.prot = prot;
	request.max_prot = VM_PROT_ALL;
	request.inheritance = VM_INHERIT_DEFAULT;
	request.size =
	    VM_ROUND_PAGE(anywhere ? size : *address + size - request.address);
	kr = vm_map_insert(map, &request);
	if (kr == KERN_SUCCESS)
		*address = request.address;
	return kr;
}
