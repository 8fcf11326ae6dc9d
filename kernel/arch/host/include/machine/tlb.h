/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A token is the address of a table with the tag in the bits that are free.
 */
#ifndef MACHINE_TLB_H
#define MACHINE_TLB_H

#include <stdint.h>

/* tlb.c */
extern void mmu_load(uint64_t token);

#endif
