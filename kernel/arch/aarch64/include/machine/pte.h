/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A translation table descriptor, VMSAv8-64, 4 KiB granule. The walker counts
 * levels down to the page (3, 2, 1, 0); the architecture counts up (0 to 3).
 *
 * User pages are not-global and never executable by the kernel; kernel pages
 * are global and never executable by users. Kernel pages are executable or
 * writable, not both. A user page always grants EL0 read, so EL1 may use plain
 * loads and stores for copies.
 */
#ifndef MACHINE_PTE_H
#define MACHINE_PTE_H

#include <mach/vm_types.h>

#include <stdbool.h>
#include <stdint.h>

#define PTE_VALID       0x0000000000000001ULL
#define PTE_TABLE       0x0000000000000002ULL /* at level 0: a page */
#define PTE_ATTR(index) ((uint64_t)(index) << 2)
#define PTE_ATTR_MASK   PTE_ATTR(7)
#define PTE_USER        0x0000000000000040ULL
#define PTE_READONLY    0x0000000000000080ULL
#define PTE_INNER       0x0000000000000300ULL /* inner shareable */
#define PTE_ACCESSED    0x0000000000000400ULL
#define PTE_NOT_GLOBAL  0x0000000000000800ULL
#define PTE_ADDRESS     0x0000fffffffff000ULL
#define PTE_GUARDED     0x0004000000000000ULL /* BTI */
#define PTE_PXN         0x0020000000000000ULL
#define PTE_UXN         0x0040000000000000ULL

/* Indices into MAIR_EL1, in the order of VM_CACHE_*; value set by start.S. */
#define MAIR_NORMAL       0
#define MAIR_DEVICE       1
#define MAIR_WRITECOMBINE 2

static inline uint64_t
pte_table(uint64_t table)
{
	return table | PTE_TABLE | PTE_VALID;
}

static inline uint64_t
pte_permission_user(vm_prot_t prot)
{
	uint64_t bits = PTE_NOT_GLOBAL | PTE_PXN | PTE_USER;

	if (prot == VM_PROT_NONE)
		return bits;
	if ((prot & VM_PROT_WRITE) == 0)
		bits |= PTE_READONLY;
	if ((prot & VM_PROT_EXECUTE) == 0)
		bits |= PTE_UXN;
	return bits | PTE_VALID;
}

static inline uint64_t
pte_permission_kernel(vm_prot_t prot)
{
	uint64_t bits = PTE_UXN;

	if (prot == VM_PROT_NONE)
		return bits;
	if ((prot & VM_PROT_WRITE) == 0)
		bits |= PTE_READONLY;
	if ((prot & (VM_PROT_EXECUTE | VM_PROT_WRITE)) != VM_PROT_EXECUTE)
		bits |= PTE_PXN;
	return bits | PTE_VALID;
}

static inline uint64_t
pte_leaf(
    uint64_t pa, vm_prot_t prot, bool user, vm_cache_t cache, unsigned level)
{
	uint64_t pte = pa | PTE_ATTR(cache) | PTE_INNER | PTE_ACCESSED;

	if (level == 0)
		pte |= PTE_TABLE;
	return pte |
	       (user ? pte_permission_user(prot) : pte_permission_kernel(prot));
}

static inline bool
pte_present(uint64_t pte)
{
	return (pte & PTE_VALID) != 0;
}

static inline bool
pte_is_leaf(uint64_t pte, unsigned level)
{
	return level == 0 || (pte & PTE_TABLE) == 0;
}

static inline uint64_t
pte_addr(uint64_t pte)
{
	return pte & PTE_ADDRESS;
}

static inline vm_prot_t
pte_prot(uint64_t pte)
{
	uint64_t never = (pte & PTE_NOT_GLOBAL) != 0 ? PTE_UXN : PTE_PXN;
	vm_prot_t prot = VM_PROT_READ;

	if (!pte_present(pte))
		return VM_PROT_NONE;
	if ((pte & PTE_READONLY) == 0)
		prot |= VM_PROT_WRITE;
	if ((pte & never) == 0)
		prot |= VM_PROT_EXECUTE;
	return prot;
}

/* VM_PROT_NONE leaves an entry that is not present but keeps its address. */
static inline uint64_t
pte_set_prot(uint64_t pte, vm_prot_t prot)
{
	const uint64_t changing =
	    PTE_VALID | PTE_USER | PTE_READONLY | PTE_UXN | PTE_PXN;
	uint64_t rest = pte & ~changing;

	return rest |
	       ((pte & PTE_NOT_GLOBAL) != 0 ? pte_permission_user(prot)
					    : pte_permission_kernel(prot));
}

/* Translations are kept until they are flushed, whatever they allow. */
static inline bool
pte_needs_flush(uint64_t old, uint64_t new)
{
	(void)old;
	(void)new;
	return true;
}

/* The walker sees the store before anything that follows is executed. */
static inline void
pte_write(uint64_t *slot, uint64_t value)
{
	*(volatile uint64_t *)slot = value;
	__asm__ volatile("dsb ishst\n\tisb" : : : "memory");
}

#endif
