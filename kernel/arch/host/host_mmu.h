/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the fake memory management unit saw.
 */
#ifndef HOST_MMU_H
#define HOST_MMU_H

#include <arch/types.h>

struct host_mmu {
	paddr_t root; /* loaded */
	unsigned asid;
	unsigned switches;
	unsigned page_flushes;
	unsigned asid_flushes;
	unsigned full_flushes;
	unsigned code_syncs;
};

extern struct host_mmu host_mmu;
extern unsigned host_asid_max;
extern paddr_t host_kernel_root;

#endif
