/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The scalar types of the Mach interface. Both architectures are LP64, little
 * endian, with 4 KiB pages; nothing here depends on which one it is.
 */
#ifndef MACH_TYPES_H
#define MACH_TYPES_H

#include <stdint.h>

typedef int32_t kern_return_t;
typedef int32_t boolean_t;
typedef int32_t integer_t;
typedef uint32_t natural_t;

typedef uint64_t vm_address_t;
typedef uint64_t vm_offset_t;
typedef uint64_t vm_size_t;
typedef uint64_t rpc_phys_addr_t;
typedef int32_t vm_prot_t;
typedef uint32_t vm_inherit_t;

/* A name in a task's port name space; in the kernel, a port handle. */
typedef uint32_t mach_port_name_t;
typedef uint32_t mach_port_t;

#ifndef TRUE
#define TRUE  1
#define FALSE 0
#endif

#define VM_PAGE_SIZE     4096UL
#define VM_PAGE_SHIFT    12
#define VM_PAGE_MASK     (VM_PAGE_SIZE - 1)

#define VM_TRUNC_PAGE(x) ((x) & ~VM_PAGE_MASK)
#define VM_ROUND_PAGE(x) (((x) + VM_PAGE_MASK) & ~VM_PAGE_MASK)

#endif
