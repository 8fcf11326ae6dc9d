/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cache maintenance: instructions that were written as data, and memory that
 * will be read with the caches off.
 */
#include "cache.h"

#include <arch/tlb.h>

#include "sysreg.h"

#define CTR_IDC 0x10000000U /* data need not be cleaned for instructions */
#define CTR_DIC 0x20000000U /* instructions need not be invalidated */

void
cache_sync_code(const void *va, size_t size)
{
	uint64_t ctr = SYSREG_READ("ctr_el0");
	uint64_t data_line = 4ULL << (ctr >> 16 & 15);
	uint64_t code_line = 4ULL << (ctr & 15);
	uint64_t start = (uint64_t)va;
	uint64_t end = start + size;

	if ((ctr & CTR_IDC) == 0) {
		for (uint64_t at = start & ~(data_line - 1); at < end;
		     at += data_line)
			__asm__ volatile("dc cvau, %0" : : "r"(at) : "memory");
	}
	__asm__ volatile("dsb ish" : : : "memory");
	if ((ctr & CTR_DIC) == 0) {
		for (uint64_t at = start & ~(code_line - 1); at < end;
		     at += code_line)
			__asm__ volatile("ic ivau, %0" : : "r"(at) : "memory");
		__asm__ volatile("dsb ish" : : : "memory");
	}
	isb();
}

void
cache_clean_to_memory(const void *va, size_t size)
{
	uint64_t line = 4ULL << (SYSREG_READ("ctr_el0") >> 16 & 15);
	uint64_t start = (uint64_t)va;

	for (uint64_t at = start & ~(line - 1); at < start + size; at += line)
		__asm__ volatile("dc civac, %0" : : "r"(at) : "memory");
	__asm__ volatile("dsb sy" : : : "memory");
}
