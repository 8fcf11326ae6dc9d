/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Translation caches and TTBR0. Kernel mappings are global and live in TTBR1,
 * which never changes after start-up; user mappings are tagged.
 */
#include <arch/tlb.h>

#include "mmu.h"
#include "sysreg.h"

#define ASID_SHIFT 48
#define VA_MASK    0x00000fffffffffffULL /* of a page number */

static void
tlb_finish(void)
{
	dsb_nsh();
	isb();
}

uint64_t
mmu_token(paddr_t root, unsigned asid)
{
	return root | (uint64_t)asid << ASID_SHIFT;
}

void
mmu_switch(paddr_t root, unsigned asid)
{
	if (root == mmu_kernel_root())
		root = mmu_image_pa(mmu_empty_root);
	mmu_load(mmu_token(root, asid));
	if (asid == 0)
		tlb_flush_asid(0);
}

unsigned
mmu_asid_max(void)
{
	return MMFR0_ASID_16(SYSREG_READ("id_aa64mmfr0_el1")) ? 65535 : 255;
}

void
mmu_init_user_root(uint64_t *root_table)
{
	(void)root_table;
}

void
tlb_flush_page(vaddr_t va, unsigned asid)
{
	uint64_t operand = (uint64_t)asid << ASID_SHIFT | (va >> 12 & VA_MASK);

	__asm__ volatile("dsb nshst\n\ttlbi vae1, %0"
			 :
			 : "r"(operand)
			 : "memory");
	tlb_finish();
}

void
tlb_flush_asid(unsigned asid)
{
	__asm__ volatile("dsb nshst\n\ttlbi aside1, %0"
			 :
			 : "r"((uint64_t)asid << ASID_SHIFT)
			 : "memory");
	tlb_finish();
}

void
tlb_flush_all(void)
{
	__asm__ volatile("dsb nshst\n\ttlbi vmalle1" : : : "memory");
	tlb_finish();
}
