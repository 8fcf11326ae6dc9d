/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm_map and vm_remap: memory objects, and other tasks' memory, into a map.
 */
#include <ipc/ipc_kobject.h>
#include <kern/thread.h>
#include <vm/vm_map.h>
#include <vm/vm_memory_entry.h>
#include <vm/vm_pager.h>
#include <vm/vm_shown.h>
#include <vm_map_server.h>

static bool
valid(const struct vm_map_request *request)
{
	return request->size != 0 && request->size <= VM_MAX_ADDRESS &&
	       ((request->prot | request->max_prot) & ~VM_PROT_ALL) == 0 &&
	       (request->prot & ~request->max_prot) == 0 &&
	       request->inheritance <= VM_INHERIT_NONE &&
	       (request->offset & VM_PAGE_MASK) == 0 &&
	       request->offset + request->size >= request->offset;
}

/*
 * The object of a memory object port for a request; the send right is the
 * object's on success.
 */
static kern_return_t
object_of(mach_port_t memory_object, struct vm_map_request *request, bool copy)
{
	struct ipc_port *port = ipc_port_from_handle(memory_object);
	struct vm_object *shown;

	if (memory_object == MACH_PORT_NULL)
		return KERN_SUCCESS;
	if (port == NULL || ipc_port_dead(port))
		return KERN_INVALID_ARGUMENT;
	shown = ipc_kobject_get(port, IKOT_MEMORY_SHOWN);
	if (shown != NULL)
		return vm_shown_enter(shown, request, copy);
	if (ipc_kobject_get(port, IKOT_MEMORY_ENTRY) != NULL)
		return vm_memory_entry_object(port, request, copy);
	/* Two rights: the pager keeps one, the request's goes with the call. */
	port = ipc_port_copy_send(port);
	request->object = vm_pager_enter(port, request->offset + request->size);
	if (request->object == NULL) {
		ipc_port_release_send(port);
		return KERN_RESOURCE_SHORTAGE;
	}
	return KERN_SUCCESS;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
vm_map(struct vm_map *map, vm_address_t *address, vm_size_t size,
    vm_address_t mask, boolean_t anywhere, mach_port_t memory_object,
    vm_offset_t offset, boolean_t copy, vm_prot_t cur_protection,
    vm_prot_t max_protection, vm_inherit_t inheritance)
{
	struct vm_map_request request = {
	    .address = *address,
	    .size = VM_ROUND_PAGE(size),
	    .mask = mask,
	    .anywhere = anywhere,
	    .offset = offset,
	    .prot = cur_protection,
	    .max_prot = max_protection,
	    .inheritance = inheritance,
	};
	kern_return_t kr;

	if (map == NULL || !valid(&request))
		return KERN_INVALID_ARGUMENT;
	kr = object_of(memory_object, &request, copy);
	if (kr != KERN_SUCCESS)
		return kr;
	request.needs_copy = copy && request.object != NULL;
	if (request.object == NULL)
		request.offset = 0;
	kr = vm_map_insert(map, &request);
	if (kr != KERN_SUCCESS) {
		vm_object_release(request.object);
		return kr;
	}
	*address = request.address;
	ipc_port_release_send(ipc_port_from_handle(memory_object));
	return KERN_SUCCESS;
}

/* A list of entries like those of [start, end), shared or copied. */
static kern_return_t
collect(struct vm_map *map, vm_address_t start, vm_address_t end, bool copy,
    struct list *list)
{
	struct vm_map_entry *entry = vm_map_lookup(map, start);

	while (start < end) {
		vm_address_t stop = entry->end < end ? entry->end : end;
		struct vm_map_entry *part = vm_map_entry_alloc();
		kern_return_t kr = KERN_SUCCESS;

		if (part == NULL)
			return KERN_RESOURCE_SHORTAGE;
		if (copy) {
			kr = vm_map_entry_copy(map, entry, start, stop, part);
		} else if (vm_map_entry_share(entry)) {
			*part = *entry;
			part->start = start;
			part->end = stop;
			part->offset += start - entry->start;
			part->wired = VM_WIRED_NOT;
			vm_object_reference(part->object);
		} else {
			kr = KERN_RESOURCE_SHORTAGE;
		}
		if (kr != KERN_SUCCESS) {
			vm_map_entry_free(part);
			return kr;
		}
		list_append(list, &part->link);
		start = stop;
		entry = vm_map_next(map, entry);
	}
	return KERN_SUCCESS;
}

/* Release entries that did not get into a map. May block. */
static void
drop(struct list *list)
{
	struct list *link;

	while ((link = list_first(list)) != NULL) {
		struct vm_map_entry *entry =
		    list_entry(link, struct vm_map_entry, link);

		list_remove(link);
		vm_object_release(entry->object);
		vm_map_entry_free(entry);
	}
}

/* Put the entries, made from `from` on, into the map at `to`. */
static void
place(struct vm_map *map, struct list *list, vm_address_t from, vm_address_t to,
    vm_inherit_t inheritance)
{
	struct list *link;

	while ((link = list_first(list)) != NULL) {
		struct vm_map_entry *entry =
		    list_entry(link, struct vm_map_entry, link);

		list_remove(link);
		entry->start += to - from;
		entry->end += to - from;
		entry->inheritance = (uint8_t)inheritance;
		vm_map_entry_link(map, entry);
	}
}

/* What all entries of a list allow. */
static void
common_protection(struct list *list, vm_prot_t *prot, vm_prot_t *max_prot)
{
	*prot = VM_PROT_ALL;
	*max_prot = VM_PROT_ALL;
	list_for_each (link, list) {
		const struct vm_map_entry *entry =
		    list_entry(link, struct vm_map_entry, link);

		*prot &= entry->prot;
		*max_prot &= entry->max_prot;
	}
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
vm_remap(struct vm_map *map, vm_address_t *address, vm_size_t size,
    vm_address_t mask, boolean_t anywhere, struct vm_map *source,
    vm_address_t source_address, boolean_t copy, vm_prot_t *cur_protection,
    vm_prot_t *max_protection, vm_inherit_t inheritance)
{
	vm_address_t start, end;
	struct vm_map_gap gap = {.start = *address};
	struct list list;
	kern_return_t kr;

	if (map == NULL || source == NULL || size == 0 ||
	    inheritance > VM_INHERIT_NONE ||
	    !vm_map_range(source_address, size, &start, &end))
		return KERN_INVALID_ARGUMENT;
	kr = vm_map_check(source, start, end, VM_PROT_NONE);
	if (kr != KERN_SUCCESS)
		return kr;
	list_init(&list);
	kr = collect(source, start, end, copy, &list);
	if (kr == KERN_SUCCESS)
		kr = vm_map_find_place(map, &gap, end - start, mask, anywhere);
	if (kr != KERN_SUCCESS) {
		drop(&list);
		return kr;
	}
	*address = gap.start;
	common_protection(&list, cur_protection, max_protection);
	place(map, &list, start, *address, inheritance);
	return KERN_SUCCESS;
}
