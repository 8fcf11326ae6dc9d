/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the rest of the kernel asks of the virtual memory system. Details are
 * in the headers of the files named.
 */
#ifndef VM_VM_KERNEL_H
#define VM_VM_KERNEL_H

#include <mach/mach_types.h>

#include <arch/types.h>

struct vm_map;
struct vm_map_copy;
struct vm_object;

/* Physical pages from bootinfo; then kalloc works after slab_init(). */
extern void vm_page_init(void);

/* Kernel ranges, page tables, objects, maps; right after slab_init(). */
extern void vm_init(void);

/* The page-out thread; once threads can be made. */
extern void vm_start_threads(void);

/* 2^order physical pages, contiguous, not cleared. 0: none left. vm_phys.c */
extern paddr_t vm_phys_alloc(unsigned order);
extern void vm_phys_free(paddr_t pa, unsigned order);

/* A kernel stack with an unmapped guard page below; NULL: no memory. */
extern void *vm_kmem_stack_alloc(void);
extern void vm_kmem_stack_free(void *stack);

/* How many there are. */
extern unsigned vm_kmem_stacks(void);

/* Map device registers into the kernel; never unmapped. vm_kmem.c */
extern void *vm_kmem_map_device(paddr_t pa, size_t size);

/* An empty user address space with its pmap. vm_map.c */
extern struct vm_map *vm_map_create(void);

/* Everything in it goes, and the task's reference; may run long. */
extern void vm_map_destroy(struct vm_map *map);

/*
 * Drop a reference (convert_port_to_map() made one). The map is empty when the
 * last one goes. NULL is allowed. Does not block.
 */
extern void vm_map_release(struct vm_map *map);

/* A child's map by inheritance. NULL: no memory. */
extern struct vm_map *vm_map_fork(struct vm_map *parent);

extern uint64_t vm_map_virtual_size(const struct vm_map *map);
extern uint64_t vm_map_resident_size(const struct vm_map *map);

/* A few entries, those used last; checked kernels. */
extern void vm_map_check_some(struct vm_map *map);

/* Zero-filled memory. *address is a hint or, without anywhere, the place. */
extern kern_return_t vm_map_allocate(struct vm_map *map, vm_address_t *address,
    vm_size_t size, bool anywhere, vm_prot_t prot);
extern kern_return_t vm_map_remove(
    struct vm_map *map, vm_address_t address, vm_size_t size);
extern kern_return_t vm_map_protect(struct vm_map *map, vm_address_t address,
    vm_size_t size, vm_prot_t prot, bool set_max);

/*
 * Map physical memory (device registers, modules) into a task, wired; the
 * pages are not the VM system's and are never freed or paged.
 */
extern kern_return_t vm_map_physical(struct vm_map *map, vm_address_t *address,
    paddr_t pa, vm_size_t size, vm_prot_t prot, vm_cache_t cache);

/*
 * Contiguous, wired, zeroed memory for a driver's DMA: mapped at *address,
 * physical at *pa, freed when unmapped.
 */
extern kern_return_t vm_map_allocate_contiguous(
    struct vm_map *map, vm_address_t *address, paddr_t *pa, vm_size_t size);

/*
 * Resolve a fault of the current thread at `address` in `map`. May block (page
 * in). KERN_SUCCESS, KERN_INVALID_ADDRESS, KERN_PROTECTION_FAILURE,
 * KERN_MEMORY_ERROR, KERN_RESOURCE_SHORTAGE; KERN_ABORTED when thread_abort
 * or thread_terminate interrupted the wait: user code tries again on its way
 * out, a copyin or copyout fails.
 */
extern kern_return_t vm_fault(
    struct vm_map *map, vm_address_t address, vm_prot_t access);

/*
 * Out-of-line memory in messages. A copy is taken from a map (the source is
 * removed with `destroy`), travels as a pointer, and is given to a map
 * (consumed on success) or discarded. vm_map_copy.c
 */
extern kern_return_t vm_map_copyin(struct vm_map *map, vm_address_t address,
    vm_size_t size, bool destroy, struct vm_map_copy **copy);
/*
 * The same with `destroy` of the commonest: whole pages that are one entry's
 * and can move. Does not block. NULL: they are not; nothing happened.
 */
extern struct vm_map_copy *vm_map_copyin_whole(
    struct vm_map *map, vm_address_t address, vm_size_t size);
extern kern_return_t vm_map_copyout(
    struct vm_map *map, vm_address_t *address, struct vm_map_copy *copy);
/* Into memory that is there already, whole pages replaced by reference. */
extern kern_return_t vm_map_copy_overwrite(
    struct vm_map *map, vm_address_t address, struct vm_map_copy *copy);
extern void vm_map_copy_discard(struct vm_map_copy *copy);
extern vm_size_t vm_map_copy_size(const struct vm_map_copy *copy);

/* A copy of kernel memory, and a copy's bytes into kernel memory. */
extern kern_return_t vm_map_copyin_kernel(
    const void *data, vm_size_t size, struct vm_map_copy **copy);
extern kern_return_t vm_map_copy_read(
    struct vm_map_copy *copy, void *data, vm_size_t size);

extern void vm_statistics_get(vm_statistics_data_t *statistics);

#endif
