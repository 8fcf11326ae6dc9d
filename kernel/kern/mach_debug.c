/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel uses for itself: mach_debug.defs.
 */
#include <mach/debug_types.h>

#include <kern/convert.h>
#include <kern/cpu.h>
#include <kern/processor_set.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <mach_debug_server.h>
#include <vm/vm_map.h>
#include <vm/vm_pager.h>

IPC_KOBJECT_SUBSYSTEM(mach_debug);

static void
stack_sizes(natural_t total, vm_size_t *space, vm_size_t *resident,
    vm_size_t *maxusage, vm_offset_t *maxstack)
{
	*space = *resident = (vm_size_t)total * KERNEL_STACK_SIZE;
	*maxusage = 0;
	*maxstack = 0;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
host_stack_usage(struct host *host, vm_size_t *reserved, natural_t *total,
    vm_size_t *space, vm_size_t *resident, vm_size_t *maxusage,
    vm_offset_t *maxstack)
{
	if (host == NULL)
		return KERN_INVALID_HOST;
	*total = vm_kmem_stacks();
	*reserved = cpu_self()->spare_stack != NULL ? KERNEL_STACK_SIZE : 0;
	stack_sizes(*total, space, resident, maxusage, maxstack);
	return KERN_SUCCESS;
}

kern_return_t
processor_set_stack_usage(struct processor_set *pset, natural_t *total,
    vm_size_t *space, vm_size_t *resident, vm_size_t *maxusage,
    vm_offset_t *maxstack)
{
	struct thread *thread = NULL;

	if (pset == NULL)
		return KERN_INVALID_ARGUMENT;
	*total = 0;
	while ((thread = processor_set_thread(pset, thread)) != NULL)
		*total += thread->kstack != NULL;
	stack_sizes(*total, space, resident, maxusage, maxstack);
	return KERN_SUCCESS;
}

kern_return_t
mach_vm_region_info(struct vm_map *map, vm_address_t address,
    vm_region_info_t *region, mach_port_t *name)
{
	const struct vm_map_entry *entry;
	const struct vm_object *object;

	if (map == NULL)
		return KERN_INVALID_ARGUMENT;
	entry = vm_map_first(map, address);
	if (entry == NULL)
		return KERN_NO_SPACE;
	object = entry->object;
	*region = (vm_region_info_t){
	    .vri_start = entry->start,
	    .vri_end = entry->end,
	    .vri_offset = entry->offset,
	    .vri_protection = entry->prot,
	    .vri_max_protection = entry->max_prot,
	    .vri_inheritance = entry->inheritance,
	    .vri_wired = entry->wired != VM_WIRED_NOT,
	    .vri_needs_copy = entry->needs_copy,
	    .vri_resident = object != NULL ? object->resident : 0,
	};
	*name =
	    object != NULL && object->pager != NULL
		? ipc_port_to_handle(ipc_port_make_send(object->pager->name))
		: MACH_PORT_NULL;
	return KERN_SUCCESS;
}

kern_return_t
host_slab_info(
    struct host *host, slab_info_array_t info, mach_msg_type_number_t *count)
{
	unsigned n = 0;

	if (host == NULL)
		return KERN_INVALID_HOST;
	list_for_each (node, slab_cache_list()) {
		const struct slab_cache *cache =
		    list_entry(node, struct slab_cache, link);

		if (n == SLAB_INFO_MAX)
			break;
		info[n] = (slab_info_t){
		    .si_in_use = cache->in_use,
		    .si_size = (natural_t)cache->size,
		    .si_per_slab = cache->per_slab,
		    .si_slab_pages = 1U << cache->slab_order,
		    .si_slabs = list_length(&cache->partial) +
				list_length(&cache->full),
		    .si_empty = cache->empty,
		};
		strlcpy(info[n++].si_name, cache->name, sizeof(info->si_name));
	}
	*count = n;
	return KERN_SUCCESS;
}
