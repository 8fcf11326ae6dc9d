/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A machine for the tests of vm/: an arena as physical memory, one processor,
 * one thread, and faults in every allocation on demand.
 */
#ifndef VM_TEST_VM_HOST_H
#define VM_TEST_VM_HOST_H

#include <arch/types.h>

/* Memory of `bytes` at a physical address that is not 0; vm_page_init(). */
extern void vm_host_memory(size_t bytes);

/* All of it: memory, slab, vm. */
extern void vm_host_start(size_t bytes);

/* Frames free, with what empty slabs hold taken as free. */
extern uint64_t vm_host_free(void);

#endif
