/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel virtual memory outside the direct map, in [KMEM_BASE, KMEM_END). The
 * calls for the rest of the kernel are in vm_kernel.h. Nothing here blocks.
 */
#ifndef VM_VM_KMEM_H
#define VM_VM_KMEM_H

#include <arch/types.h>

extern void vm_kmem_init(void);

/* Pages that need not be contiguous; contents undefined. NULL: no memory. */
extern void *vm_kmem_alloc(size_t size);
extern void vm_kmem_free(void *memory, size_t size);
extern bool vm_kmem_contains(const void *memory);

#endif
