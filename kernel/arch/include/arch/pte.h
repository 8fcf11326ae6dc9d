/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One page-table entry. The walk is portable (vm/pmap.c); <machine/pte.h>
 * defines inline, for four levels of 512 entries, level 3 the root, level 0 the
 * pages:
 *
 * pte_t pte_table(paddr_t table)            an entry that points to a table
 * pte_t pte_leaf(paddr_t pa, vm_prot_t prot, bool user, vm_cache_t cache,
 *     unsigned level)                       maps a page (0), 2 MiB (1), 1 GiB
 * (2) bool pte_present(pte_t), bool pte_is_leaf(pte_t, unsigned level) paddr_t
 * pte_addr(pte_t), vm_prot_t pte_prot(pte_t) pte_t pte_set_prot(pte_t,
 * vm_prot_t)      same page, other protection void pte_write(pte_t *slot, pte_t
 * value)  store, with the barrier a table walker needs
 * bool pte_needs_flush(pte_t old, pte_t new)
 *     same page: must translations be dropped for the new rights to be seen?
 *
 * Hardware referenced and modified bits are not used: the machine independent
 * code grants write permission at the first write fault and so knows. Entries
 * are made with the accessed (and dirty) bits set.
 */
#ifndef ARCH_PTE_H
#define ARCH_PTE_H

#include <mach/vm_types.h>

#include <arch/types.h>

typedef uint64_t pte_t;

#define PTE_LEVELS           4
#define PTE_INDEX(va, level) (((va) >> (12 + 9 * (level))) & 511U)

#include <machine/pte.h>

#endif
