/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Inheritance, sync flags, attributes and region information.
 */
#ifndef MACH_VM_TYPES_H
#define MACH_VM_TYPES_H

#include <mach/vm_prot.h>

#define VM_INHERIT_SHARE   ((vm_inherit_t)0)
#define VM_INHERIT_COPY    ((vm_inherit_t)1)
#define VM_INHERIT_NONE    ((vm_inherit_t)2)
#define VM_INHERIT_DEFAULT VM_INHERIT_COPY

typedef natural_t vm_sync_t;
#define VM_SYNC_ASYNCHRONOUS 0x01U
#define VM_SYNC_SYNCHRONOUS  0x02U
#define VM_SYNC_INVALIDATE   0x04U

typedef natural_t vm_machine_attribute_t;
typedef integer_t vm_machine_attribute_val_t;
#define MATTR_CACHE            1U
#define MATTR_VAL_CACHE_FLUSH  6
#define MATTR_VAL_ICACHE_FLUSH 8 /* make new code visible to fetch */

/* Cache policy of a physical mapping. */
typedef natural_t vm_cache_t;
#define VM_CACHE_NORMAL       0U
#define VM_CACHE_DEVICE       1U /* registers: uncached, ordered */
#define VM_CACHE_WRITECOMBINE 2U

typedef struct vm_statistics {
	uint64_t pagesize;
	uint64_t total_count; /* pages the kernel manages */
	uint64_t free_count;
	uint64_t active_count;
	uint64_t inactive_count;
	uint64_t wire_count;
	uint64_t zero_fill_count;
	uint64_t reactivations;
	uint64_t pageins;
	uint64_t pageouts;
	uint64_t faults;
	uint64_t cow_faults;
} vm_statistics_data_t;

#endif
