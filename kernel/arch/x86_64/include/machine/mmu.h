/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's own page tables, built once by the start code (mmu.c).
 */
#ifndef MACHINE_MMU_H
#define MACHINE_MMU_H

#include <arch/types.h>

/*
 * Build the kernel's tables from bootinfo and use them: image, direct map of
 * what is not reserved, the empty table of KMEM. Early boot only.
 */
extern void mmu_init(void);

/*
 * Make sure the direct map reaches [pa, pa + size), for tables of the firmware
 * in ranges that the memory map does not list. Early boot only.
 */
extern void mmu_map_tables(paddr_t pa, size_t size);

/* Is a kernel address mapped? Walks the tables, for the unwinder. */
extern bool mmu_is_mapped(vaddr_t va);

/* Turn on what tlb.c uses: global pages, address space tags. */
extern void tlb_init(void);

#endif
