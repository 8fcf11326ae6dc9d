/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Types that only prototypes of Apple's kind name.
 */
#ifndef MIG_TEST_APPLE_MACH_TYPES_H
#define MIG_TEST_APPLE_MACH_TYPES_H

#include_next <mach/mach_types.h>

typedef char dev_name_t[64];
typedef vm_address_t *emulation_vector_t;

#endif
