/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Translation caches and the current address space.
 */
#ifndef ARCH_TLB_H
#define ARCH_TLB_H

#include <arch/types.h>
#include <machine/tlb.h>

/*
 * Defined inline by <machine/tlb.h>, for what is done most often:
 * void mmu_load(uint64_t token)
 *     mmu_switch() with what mmu_token() made of its arguments; where there are
 *     tags, of one that is not 0
 */
extern uint64_t mmu_token(paddr_t root, unsigned asid);

/*
 * Use the tables at `root` for user addresses on this processor. `asid` tags
 * the entries (0: no tagging, all user entries are flushed).
 */
extern void mmu_switch(paddr_t root, unsigned asid);

/* How many address space tags there are beside 0; 0 where there are none. */
extern unsigned mmu_asid_max(void);

/* The kernel's own root table (direct map, image, KMEM), physical. */
extern paddr_t mmu_kernel_root(void);

/*
 * A new user root table page: give it what the architecture wants in it (on
 * x86_64 the upper half is shared with the kernel's; on aarch64 nothing).
 */
extern void mmu_init_user_root(uint64_t *root_table);

/* Drop translations on this processor: one page, all of a tag, all. */
extern void tlb_flush_page(vaddr_t va, unsigned asid);
extern void tlb_flush_asid(unsigned asid);
extern void tlb_flush_all(void);

/* New code was written at [va, va + size): make it visible to fetch. */
extern void cache_sync_code(const void *va, size_t size);

#endif
