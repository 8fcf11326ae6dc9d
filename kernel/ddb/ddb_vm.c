/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Maps, objects, and where the memory is.
 */
#include <ddb/ddb.h>
#include <kern/printf.h>
#include <kern/slab.h>
#include <kern/task.h>
#include <vm/vm_map.h>
#include <vm/vm_pager.h>

static void
print_prot(unsigned prot)
{
	printf(" %c%c%c", prot & VM_PROT_READ ? 'r' : '-',
	    prot & VM_PROT_WRITE ? 'w' : '-',
	    prot & VM_PROT_EXECUTE ? 'x' : '-');
}

void
ddb_show_map(const struct ddb_args *args)
{
	const struct vm_map *map = ddb_task(args, 0)->map;

	if (map == NULL)
		ddb_error("no map");
	printf("map %lx, %lu KB, %lu resident, pmap %lx\n", (vaddr_t)map,
	    map->size >> 10, vm_map_resident_size(map) >> 10,
	    (vaddr_t)map->pmap);
	list_for_each (node, &map->entries) {
		const struct vm_map_entry *entry =
		    list_entry(node, struct vm_map_entry, link);

		ddb_poll();
		printf("%12lx-%12lx", entry->start, entry->end);
		print_prot(entry->prot);
		print_prot(entry->max_prot);
		if (entry->object == NULL)
			printf(" zeros");
		else
			printf(" object %lx+%lx", (vaddr_t)entry->object,
			    entry->offset);
		printf("%s%s\n", entry->needs_copy ? " copy" : "",
		    entry->wired ? " wired" : "");
	}
}

void
ddb_show_object(const struct ddb_args *args)
{
	const struct vm_object *object =
	    (const struct vm_object *)ddb_address(args, 0);

	/* Each line: what is looked for next when a page is not here. */
	for (; object != NULL; object = object->shadow) {
		ddb_poll();
		printf("object %lx, %lu KB, %u pages, references %u%s%s",
		    (vaddr_t)object, object->size >> 10, object->resident,
		    object->references, object->shared ? ", shared" : "",
		    object->physical ? ", physical" : "");
		if (object->pager != NULL)
			printf(
			    ", pager port %lx", (vaddr_t)object->pager->port);
		if (object->shadow != NULL)
			printf(", behind it at %lx", object->shadow_offset);
		printf("\n");
	}
}

void
ddb_show_pages(const struct ddb_args *args)
{
	(void)args;
	printf(
	    "free %lu of %lu pages, low at %lu, for servers %lu, kernel %lu\n",
	    vm_phys_free_count, vm_phys_total_count, vm_phys_low,
	    vm_phys_limited_reserve, vm_phys_user_reserve);
	printf("active %lu inactive %lu wired %lu\n", vm_counters.active,
	    vm_counters.inactive, vm_counters.wired);
	printf("faults %lu, zeroed %lu, copied %lu, paged in %lu out %lu\n",
	    vm_counters.faults, vm_counters.zero_fills, vm_counters.cow_faults,
	    vm_counters.pageins, vm_counters.pageouts);
}

void
ddb_show_zones(const struct ddb_args *args)
{
	(void)args;
	list_for_each (node, slab_cache_list()) {
		const struct slab_cache *cache =
		    list_entry(node, struct slab_cache, link);

		ddb_poll();
		printf("%-16s %5zu bytes %6zu used\n", cache->name, cache->size,
		    cache->in_use);
	}
}
