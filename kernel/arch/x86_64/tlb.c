/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Translation caches. Kernel pages are global. User pages carry the address
 * space's tag (PCID) where the processor has tags and INVPCID to drop those of
 * a space that is not the current one; elsewhere every switch flushes them.
 */
#include <arch/tlb.h>
#include <machine/io.h>
#include <machine/mmu.h>
#include <machine/regs.h>

#define PCID_MAX     4095U
#define CR3_NO_FLUSH (1ULL << 63)

#define INVPCID_PAGE 0UL
#define INVPCID_ASID 1UL
#define INVPCID_ALL  2UL /* global pages too */

static unsigned asid_max;

static void
invpcid(unsigned long kind, unsigned asid, vaddr_t va)
{
	const struct {
		uint64_t asid;
		vaddr_t va;
	} what = {asid, va};

	__asm__ volatile("invpcid %0, %1" : : "m"(what), "r"(kind) : "memory");
}

static void
invlpg(vaddr_t va)
{
	__asm__ volatile("invlpg (%0)" : : "r"(va) : "memory");
}

void
tlb_init(void)
{
	bool pcid = (cpuid(1, 0).ecx & 1U << 17) != 0;
	bool has_invpcid =
	    cpuid(0, 0).eax >= 7 && (cpuid(7, 0).ebx & 1U << 10) != 0;

	write_cr4(read_cr4() | CR4_PGE);
	if (!pcid || !has_invpcid)
		return;
	write_cr4(read_cr4() | CR4_PCIDE);
	asid_max = PCID_MAX;
}

unsigned
mmu_asid_max(void)
{
	return asid_max;
}

uint64_t
mmu_token(paddr_t root, unsigned asid)
{
	return asid == 0 ? root : root | asid | CR3_NO_FLUSH;
}

void
mmu_switch(paddr_t root, unsigned asid)
{
	mmu_load(mmu_token(root, asid));
}

/* A user page of the current space, or of no tag, goes by INVLPG. */
void
tlb_flush_page(vaddr_t va, unsigned asid)
{
	if (asid == 0 || (read_cr3() & PCID_MAX) == asid)
		invlpg(va);
	else
		invpcid(INVPCID_PAGE, asid, va);
}

void
tlb_flush_asid(unsigned asid)
{
	if (asid == 0 || asid_max == 0)
		write_cr3(read_cr3());
	else
		invpcid(INVPCID_ASID, asid, 0);
}

void
tlb_flush_all(void)
{
	uint64_t cr4 = read_cr4();

	if (asid_max != 0) {
		invpcid(INVPCID_ALL, 0, 0);
		return;
	}
	write_cr4(cr4 & ~(uint64_t)CR4_PGE);
	write_cr4(cr4);
}

/* Instruction fetch snoops stores on this architecture. */
void
cache_sync_code(const void *va, size_t size)
{
	(void)va;
	(void)size;
}
