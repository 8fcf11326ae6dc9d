/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What mach_debug.defs tells.
 */
#ifndef MACH_DEBUG_TYPES_H
#define MACH_DEBUG_TYPES_H

#include <mach/types.h>

typedef struct vm_region_info {
	uint64_t vri_start;
	uint64_t vri_end;
	uint64_t vri_offset; /* of its start in the object */
	integer_t vri_protection;
	integer_t vri_max_protection;
	natural_t vri_inheritance;
	natural_t vri_wired;
	natural_t vri_needs_copy; /* a copy is made of what is written */
	natural_t vri_resident;   /* pages of the object in memory */
} vm_region_info_t;

typedef struct slab_info {
	char si_name[32];
	uint64_t si_in_use;      /* objects */
	natural_t si_size;       /* bytes of one */
	natural_t si_per_slab;   /* objects in a slab */
	natural_t si_slab_pages; /* pages of one */
	natural_t si_slabs;
	natural_t si_empty; /* slabs of which nothing is in use */
	natural_t si_reserved;
} slab_info_t;

#define SLAB_INFO_MAX 64
typedef slab_info_t *slab_info_array_t;

#endif
