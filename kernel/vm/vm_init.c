/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Start-up of the virtual memory system, after vm_page_init() and slab_init(),
 * and its figures.
 */
#include <mach/vm_types.h>

#include <boot/bootinfo.h>
#include <lib/radix.h>
#include <vm/pmap.h>
#include <vm/vm_kernel.h>
#include <vm/vm_kmem.h>
#include <vm/vm_map_copy.h>
#include <vm/vm_memory_entry.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>

#define SECOND 1000000000ULL

/* pager_timeout=seconds: how long a fault waits for a silent pager. */
static void
read_options(void)
{
	char value[16];
	uint64_t seconds = 0;

	if (!boot_option("pager_timeout", value, sizeof(value)))
		return;
	for (const char *p = value; *p >= '0' && *p <= '9'; p++)
		seconds = seconds * 10 + (uint64_t)(*p - '0');
	if (seconds > 0 && seconds < 1000000)
		vm_pager_timeout = seconds * SECOND;
}

void
vm_init(void)
{
	radix_init();
	vm_kmem_init();
	pmap_init();
	vm_object_init();
	vm_map_init();
	vm_map_copy_init();
	vm_memory_entry_init();
	vm_pager_init();
	vm_pageout_init();
	read_options();
}

void
vm_statistics_get(vm_statistics_data_t *statistics)
{
	uint64_t used = vm_phys_total_count - vm_phys_free_count;

	*statistics = (vm_statistics_data_t){
	    .pagesize = VM_PAGE_SIZE,
	    .total_count = vm_phys_total_count,
	    .free_count = vm_phys_free_count,
	    .active_count = used - vm_counters.inactive - vm_counters.wired,
	    .inactive_count = vm_counters.inactive,
	    .wire_count = vm_counters.wired,
	    .zero_fill_count = vm_counters.zero_fills,
	    .reactivations = vm_counters.reactivations,
	    .pageins = vm_counters.pageins,
	    .pageouts = vm_counters.pageouts,
	    .faults = vm_counters.faults,
	    .cow_faults = vm_counters.cow_faults,
	};
}
