/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cache maintenance beside arch/tlb.h.
 */
#ifndef AARCH64_CACHE_H
#define AARCH64_CACHE_H

#include <stddef.h>

/* Write back and drop: memory holds the bytes, no cache does. */
extern void cache_clean_to_memory(const void *va, size_t size);

#endif
