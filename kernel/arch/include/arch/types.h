/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Address types. A physical address is a paddr_t, a kernel virtual address that
 * is not a pointer a vaddr_t, a user's address a vm_address_t (mach/types.h).
 */
#ifndef ARCH_TYPES_H
#define ARCH_TYPES_H

#include <mach/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t paddr_t;
typedef uint64_t vaddr_t;

#endif
