/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Page-table entries of x86_64. Included by <arch/pte.h>.
 *
 * The PAT (cpu.c) is programmed so that PWT alone means write-combining and
 * PCD with PWT uncached.
 */
#ifndef MACHINE_PTE_H
#define MACHINE_PTE_H

#include <mach/vm_prot.h>

#define PTE_PRESENT  0x001ULL
#define PTE_WRITE    0x002ULL
#define PTE_USER     0x004ULL
#define PTE_PWT      0x008ULL
#define PTE_PCD      0x010ULL
#define PTE_ACCESSED 0x020ULL
#define PTE_DIRTY    0x040ULL
#define PTE_LARGE    0x080ULL
#define PTE_GLOBAL   0x100ULL
#define PTE_NX       0x8000000000000000ULL
#define PTE_ADDRESS  0x000ffffffffff000ULL

/* Without CPU support for NX the bit is reserved; every x86_64 since has it. */
static inline pte_t
pte_table(paddr_t table)
{
	return table | PTE_PRESENT | PTE_WRITE | PTE_USER | PTE_ACCESSED;
}

static inline uint64_t
pte_prot_bits(vm_prot_t prot)
{
	uint64_t bits = PTE_NX;

	if ((prot & VM_PROT_ALL) == 0)
		return PTE_NX;
	if ((prot & VM_PROT_EXECUTE) != 0)
		bits = 0;
	if ((prot & VM_PROT_WRITE) != 0)
		bits |= PTE_WRITE;
	return bits | PTE_PRESENT;
}

/* No protection at all makes an entry that is not present. */
static inline pte_t
pte_leaf(
    paddr_t pa, vm_prot_t prot, bool user, vm_cache_t cache, unsigned level)
{
	pte_t pte = pa | pte_prot_bits(prot) | PTE_ACCESSED | PTE_DIRTY;

	if (level > 0)
		pte |= PTE_LARGE;
	if (cache == VM_CACHE_DEVICE)
		pte |= PTE_PCD | PTE_PWT;
	else if (cache == VM_CACHE_WRITECOMBINE)
		pte |= PTE_PWT;
	return pte | (user ? PTE_USER : PTE_GLOBAL);
}

static inline bool
pte_present(pte_t pte)
{
	return (pte & PTE_PRESENT) != 0;
}

static inline bool
pte_is_leaf(pte_t pte, unsigned level)
{
	return level == 0 || (pte & PTE_LARGE) != 0;
}

static inline paddr_t
pte_addr(pte_t pte)
{
	return pte & PTE_ADDRESS;
}

static inline vm_prot_t
pte_prot(pte_t pte)
{
	vm_prot_t prot = VM_PROT_READ;

	if (!pte_present(pte))
		return VM_PROT_NONE;
	if ((pte & PTE_WRITE) != 0)
		prot |= VM_PROT_WRITE;
	if ((pte & PTE_NX) == 0)
		prot |= VM_PROT_EXECUTE;
	return prot;
}

static inline pte_t
pte_set_prot(pte_t pte, vm_prot_t prot)
{
	return (pte & ~(PTE_PRESENT | PTE_WRITE | PTE_NX)) |
	       pte_prot_bits(prot);
}

/* A fault drops the translation that caused it, so new rights are seen. */
static inline bool
pte_needs_flush(pte_t old, pte_t new)
{
	return ((old & ~new &PTE_WRITE) | (new & ~old &PTE_NX)) != 0;
}

/* The processor's walker sees stores in program order. */
static inline void
pte_write(pte_t *slot, pte_t value)
{
	__atomic_store_n(slot, value, __ATOMIC_RELEASE);
}

#endif
