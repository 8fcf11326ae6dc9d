/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Translation caches of the host fake (arch/tlb.h): there are none, so it
 * counts. Tests that walk the page tables see every change at once.
 */
#include <arch/tlb.h>

#include "host_mmu.h"

unsigned host_asid_max = 15;
paddr_t host_kernel_root;
struct host_mmu host_mmu;

void
mmu_switch(paddr_t root, unsigned asid)
{
	host_mmu.root = root;
	host_mmu.asid = asid;
	host_mmu.switches++;
}

uint64_t
mmu_token(paddr_t root, unsigned asid)
{
	return root | asid;
}

void
mmu_load(uint64_t token)
{
	mmu_switch(token & ~(uint64_t)VM_PAGE_MASK, token & VM_PAGE_MASK);
}

unsigned
mmu_asid_max(void)
{
	return host_asid_max;
}

paddr_t
mmu_kernel_root(void)
{
	return host_kernel_root;
}

void
mmu_init_user_root(uint64_t *root_table)
{
	(void)root_table;
}

void
tlb_flush_page(vaddr_t va, unsigned asid)
{
	(void)va;
	(void)asid;
	host_mmu.page_flushes++;
}

void
tlb_flush_asid(unsigned asid)
{
	(void)asid;
	host_mmu.asid_flushes++;
}

void
tlb_flush_all(void)
{
	host_mmu.full_flushes++;
}

void
cache_sync_code(const void *va, size_t size)
{
	(void)va;
	(void)size;
	host_mmu.code_syncs++;
}
