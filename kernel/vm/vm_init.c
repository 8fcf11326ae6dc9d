/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Start-up of the virtual memory system, after vm_page_init() and slab_init().
 */
#include <lib/radix.h>
#include <vm/pmap.h>
#include <vm/vm_kernel.h>
#include <vm/vm_kmem.h>

void
vm_init(void)
{
	radix_init();
	vm_kmem_init();
	pmap_init();
}
