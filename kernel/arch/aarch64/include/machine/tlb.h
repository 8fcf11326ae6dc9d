/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A token is what TTBR0_EL1 is to be.
 */
#ifndef MACHINE_TLB_H
#define MACHINE_TLB_H

#include <stdint.h>

static inline void
mmu_load(uint64_t token)
{
	__asm__ volatile("msr ttbr0_el1, %0\n\tisb" : : "r"(token) : "memory");
}

#endif
