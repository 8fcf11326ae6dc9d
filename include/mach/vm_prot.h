/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory protections.
 */
#ifndef MACH_VM_PROT_H
#define MACH_VM_PROT_H

#include <mach/types.h>

#define VM_PROT_NONE      ((vm_prot_t)0)
#define VM_PROT_READ      ((vm_prot_t)1)
#define VM_PROT_WRITE     ((vm_prot_t)2)
#define VM_PROT_EXECUTE   ((vm_prot_t)4)
#define VM_PROT_NO_CHANGE ((vm_prot_t)8)
#define VM_PROT_DEFAULT   (VM_PROT_READ | VM_PROT_WRITE)
#define VM_PROT_ALL       (VM_PROT_READ | VM_PROT_WRITE | VM_PROT_EXECUTE)

#endif
