/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A token is what CR3 is to be.
 */
#ifndef MACHINE_TLB_H
#define MACHINE_TLB_H

#include <stdint.h>

static inline void
mmu_load(uint64_t token)
{
	__asm__ volatile("movq %0, %%cr3" : : "r"(token) : "memory");
}

#endif
