/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where things are in the address space. <machine/vm_param.h> defines
 * VM_MIN_ADDRESS, VM_MAX_ADDRESS (user space, end exclusive),
 * DIRECT_MAP_BASE (all physical memory, read-write, never executable),
 * KMEM_BASE, KMEM_END (kernel virtual memory that vm_kmem hands out) and
 * KERNEL_BASE (the linked image).
 */
#ifndef ARCH_VM_PARAM_H
#define ARCH_VM_PARAM_H

#include <arch/types.h>
#include <machine/vm_param.h>

#define KERNEL_STACK_SIZE (4 * VM_PAGE_SIZE)

/* The direct map: any page of memory, by its physical address. */
static inline void *
phys_to_virt(paddr_t pa)
{
	return (void *)(DIRECT_MAP_BASE + pa);
}

static inline paddr_t
virt_to_phys(const void *va)
{
	return (vaddr_t)va - DIRECT_MAP_BASE;
}

/*
 * A kernel object in the direct map, aligned to 64 bytes, as 32 bits: what a
 * message in the kernel carries where a user's message carries a port name.
 * Never 0 for memory above the first page, never ~0.
 */
static inline uint32_t
kaddr_to_handle(const void *object)
{
	return (uint32_t)(((vaddr_t)object - DIRECT_MAP_BASE) >> 6);
}

static inline void *
handle_to_kaddr(uint32_t handle)
{
	return (void *)(DIRECT_MAP_BASE + ((vaddr_t)handle << 6));
}

#endif
