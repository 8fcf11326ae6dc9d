/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Constants of the external pager protocol.
 */
#ifndef MACH_MEMORY_OBJECT_H
#define MACH_MEMORY_OBJECT_H

#include <mach/types.h>

typedef natural_t memory_object_copy_strategy_t;
#define MEMORY_OBJECT_COPY_NONE      0U
#define MEMORY_OBJECT_COPY_CALL      1U
#define MEMORY_OBJECT_COPY_DELAY     2U
#define MEMORY_OBJECT_COPY_TEMPORARY 3U

typedef natural_t memory_object_return_t;
#define MEMORY_OBJECT_RETURN_NONE  0U
#define MEMORY_OBJECT_RETURN_DIRTY 1U
#define MEMORY_OBJECT_RETURN_ALL   2U

#endif
