/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The aarch64 address space: 48 bits below for users (TTBR0), 48 bits on top
 * for the kernel (TTBR1). The constants are used by assembly too.
 *
 *   0xffff000000000000  direct map of physical memory
 *   0xffffc00000000000  KMEM
 *   0xffffffff80000000  the image; 1 GiB, its end a few fixed mappings
 */
#ifndef MACHINE_VM_PARAM_H
#define MACHINE_VM_PARAM_H

/* The last page below 2^47 stays free, so that `end` is a valid address. */
#define VM_MIN_ADDRESS  0x0000000000010000
#define VM_MAX_ADDRESS  0x00007ffffffff000

#define DIRECT_MAP_BASE 0xffff000000000000
#define KMEM_BASE       0xffffc00000000000
#define KMEM_END        0xffffd00000000000
#define KERNEL_BASE     0xffffffff80000000

/*
 * What start.S maps beside the image until the final tables stand: 2 MiB slots
 * counted from KERNEL_BASE. Each of the first two has room for an object that
 * crosses a 2 MiB boundary.
 */
#define EARLY_SLOT_FDT      256
#define EARLY_SLOT_HANDOVER 258
#define EARLY_SLOT_TABLE    260
#define EARLY_SLOT_FIXMAP   511

#endif
