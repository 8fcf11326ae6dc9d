/* SPDX-License-Identifier: BSD-2-Clause */
/* What the rest of the library asks of the allocator. */
#ifndef INTERNAL_ALLOCATOR_H
#define INTERNAL_ALLOCATOR_H

#include <stdbool.h>
#include <stddef.h>

/* A block at a multiple of `alignment`, a power of two. */
void *__malloc_aligned(size_t alignment, size_t size);

/* Around fork(). */
void __malloc_lock(void);
void __malloc_unlock(bool child);

#endif
