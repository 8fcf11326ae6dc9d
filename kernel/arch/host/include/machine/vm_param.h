/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The address space as host unit tests see it: the direct map is an arena
 * that host_arena_init() reserves at a fixed place, user space is what
 * host_user_alloc() hands out below it.
 */
#ifndef MACHINE_VM_PARAM_H
#define MACHINE_VM_PARAM_H

#define VM_MIN_ADDRESS       0x0000000000001000UL
#define VM_MAX_ADDRESS       0x0000100000000000UL
#define DIRECT_MAP_BASE      0x0000200000000000UL
#define HOST_DIRECT_MAP_SIZE (256UL << 20)
#define KMEM_BASE            0x0000210000000000UL
#define KMEM_END             0x0000218000000000UL
#define KERNEL_BASE          0x0000218000000000UL

#endif
