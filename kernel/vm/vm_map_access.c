/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bytes of any map, read and written through the direct map: each page is
 * brought in by a fault of the kernel's and used before anything can block.
 */
#include <kern/string.h>
#include <kern/thread.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>

/* What of [address, address + size) lies in its first page. */
static vm_size_t
in_page(vm_address_t address, vm_size_t size)
{
	vm_size_t rest = VM_PAGE_SIZE - (address & VM_PAGE_MASK);

	return size < rest ? size : rest;
}

kern_return_t
vm_map_read(
    struct vm_map *map, vm_address_t address, void *data, vm_size_t size)
{
	char *to = data;

	while (size > 0) {
		vm_size_t part = in_page(address, size);
		struct vm_page *page;
		kern_return_t kr =
		    vm_fault_page(map, address, VM_PROT_READ, &page);

		if (kr != KERN_SUCCESS)
			return kr;
		memcpy(to,
		    (char *)vm_page_data(page) + (address & VM_PAGE_MASK),
		    part);
		to += part;
		address += part;
		size -= part;
		preempt_point();
	}
	return KERN_SUCCESS;
}

kern_return_t
vm_map_write(
    struct vm_map *map, vm_address_t address, const void *data, vm_size_t size)
{
	const char *from = data;

	while (size > 0) {
		vm_size_t part = in_page(address, size);
		struct vm_page *page;
		kern_return_t kr =
		    vm_fault_page(map, address, VM_PROT_WRITE, &page);
		char *to;

		if (kr != KERN_SUCCESS)
			return kr;
		to = (char *)vm_page_data(page) + (address & VM_PAGE_MASK);
		memcpy(to, from, part);
		/*
		 * Whose memory it is looks at it soon: spare the fault. Who
		 * executes it has one, which brings the caches up to date.
		 */
		(void)pmap_enter_page(map->pmap, VM_TRUNC_PAGE(address), page,
		    VM_PROT_READ | VM_PROT_WRITE);
		from += part;
		address += part;
		size -= part;
		preempt_point();
	}
	return KERN_SUCCESS;
}
