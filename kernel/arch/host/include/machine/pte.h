/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Page-table entries of the host fake, included by <arch/pte.h>: software bits
 * only. Tables and pages lie in the host arena (vm_param.h).
 */
#ifndef MACHINE_PTE_H
#define MACHINE_PTE_H

#include <mach/vm_prot.h>

#define PTE_PROT_MASK   0x007ULL /* VM_PROT_* as they are */
#define PTE_LEAF        0x008ULL
#define PTE_PRESENT     0x010ULL
#define PTE_USER        0x020ULL
#define PTE_CACHE_SHIFT 6
#define PTE_ADDRESS     0x000ffffffffff000ULL

static inline pte_t
pte_table(paddr_t table)
{
	return table | PTE_PRESENT;
}

static inline pte_t
pte_leaf(
    paddr_t pa, vm_prot_t prot, bool user, vm_cache_t cache, unsigned level)
{
	(void)level;
	return pa | (uint64_t)(prot & VM_PROT_ALL) | PTE_LEAF | PTE_PRESENT |
	       (user ? PTE_USER : 0) | ((uint64_t)cache << PTE_CACHE_SHIFT);
}

static inline bool
pte_present(pte_t pte)
{
	return (pte & PTE_PRESENT) != 0;
}

static inline bool
pte_is_leaf(pte_t pte, unsigned level)
{
	return level == 0 || (pte & PTE_LEAF) != 0;
}

static inline paddr_t
pte_addr(pte_t pte)
{
	return pte & PTE_ADDRESS;
}

static inline vm_prot_t
pte_prot(pte_t pte)
{
	return pte_present(pte) ? (vm_prot_t)(pte & PTE_PROT_MASK) : 0;
}

static inline pte_t
pte_set_prot(pte_t pte, vm_prot_t prot)
{
	return (pte & ~PTE_PROT_MASK) | (uint64_t)(prot & VM_PROT_ALL);
}

/* Translations are kept until they are flushed, whatever they allow. */
static inline bool
pte_needs_flush(uint64_t old, uint64_t new)
{
	(void)old;
	(void)new;
	return true;
}

static inline void
pte_write(pte_t *slot, pte_t value)
{
	*slot = value;
}

#endif
