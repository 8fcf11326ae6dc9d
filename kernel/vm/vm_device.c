/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory for drivers: registers and modules mapped where they are, and
 * contiguous memory for DMA. Nothing here blocks.
 */
#include <vm/vm_map.h>

/* Largest block: what vm_phys_alloc() can give, 4 MiB. */
#define CONTIGUOUS_ORDER 10

static kern_return_t
insert(struct vm_map *map, vm_address_t *address, struct vm_object *object,
    vm_prot_t prot)
{
	struct vm_map_request request = {
	    .address = *address,
	    .size = object->size,
	    .anywhere = true,
	    .object = object,
	    .prot = prot,
	    .max_prot = prot,
	    .inheritance = VM_INHERIT_NONE,
	};
	kern_return_t kr = vm_map_insert(map, &request);

	if (kr == KERN_SUCCESS)
		*address = request.address;
	else
		vm_object_release(object);
	return kr;
}

kern_return_t
vm_map_physical(struct vm_map *map, vm_address_t *address, paddr_t pa,
    vm_size_t size, vm_prot_t prot, vm_cache_t cache)
{
	struct vm_object *object;

	if (size == 0 || size > VM_MAX_ADDRESS || pa + size < pa ||
	    ((pa | size) & VM_PAGE_MASK) != 0 || cache > VM_CACHE_WRITECOMBINE)
		return KERN_INVALID_ARGUMENT;
	object = vm_object_create_physical(pa, size, cache);
	if (object == NULL)
		return KERN_RESOURCE_SHORTAGE;
	return insert(map, address, object, prot);
}

/* Free the pages of a run that are in no object yet. */
static void
free_rest(struct vm_page *run, uint64_t from, uint64_t end)
{
	for (uint64_t i = from; i < end; i++)
		vm_page_free(run + i);
}

kern_return_t
vm_map_allocate_contiguous(
    struct vm_map *map, vm_address_t *address, paddr_t *pa, vm_size_t size)
{
	uint64_t count = VM_ROUND_PAGE(size) >> VM_PAGE_SHIFT;
	struct vm_object *object;
	struct vm_page *run;
	unsigned order = 0;

	if (size == 0 || size > VM_PAGE_SIZE << CONTIGUOUS_ORDER)
		return KERN_INVALID_ARGUMENT;
	while ((1UL << order) < count)
		order++;
	object = vm_object_create(count << VM_PAGE_SHIFT);
	run = object != NULL ? vm_page_alloc_run(order) : NULL;
	if (run == NULL) {
		vm_object_release(object);
		return KERN_RESOURCE_SHORTAGE;
	}
	free_rest(run, count, 1UL << order);
	for (uint64_t i = 0; i < count; i++) {
		if (!vm_object_insert(object, run + i, i)) {
			free_rest(run, i, count);
			vm_object_release(object);
			return KERN_RESOURCE_SHORTAGE;
		}
		run[i].dirty = true;
		run[i].wire_count = 1;
		vm_counters.wired++;
	}
	*pa = vm_page_pa(run);
	return insert(map, address, object, VM_PROT_DEFAULT);
}
