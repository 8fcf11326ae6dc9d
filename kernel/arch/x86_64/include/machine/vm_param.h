/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The address space of x86_64 with four levels of tables: user space is the
 * lower half without its first and last page (a SYSCALL in the very last
 * bytes would return to a non-canonical address), the kernel the upper half. No
 * suffixes: the link map and assembly read this too.
 */
#ifndef MACHINE_VM_PARAM_H
#define MACHINE_VM_PARAM_H

#define VM_MIN_ADDRESS  0x0000000000001000
#define VM_MAX_ADDRESS  0x00007ffffffff000

#define DIRECT_MAP_BASE 0xffff800000000000
#define DIRECT_MAP_END  0xffffc00000000000

/* One top-level entry, so that its table can exist from the beginning. */
#define KMEM_BASE 0xffffc00000000000
#define KMEM_END  0xffffc08000000000

/* Where physical address 0 would be in the linked image. */
#define KERNEL_BASE 0xffffffff80000000

#endif
