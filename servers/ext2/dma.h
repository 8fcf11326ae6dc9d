/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Transfers by the device itself to and from memory of ours (device_dma.defs):
 * what is read may arrive in new memory, and what comes from dma_allocate() is
 * read and written as it lies. The rest goes by way of a page. One transfer at
 * a time.
 */
#ifndef EXT2_DMA_H
#define EXT2_DMA_H

#include <mach/mach_types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Try it. False: we may not, the driver does not do it, or there is no memory;
 * the rest is not called then.
 */
extern bool dma_start(mach_port_t bootstrap, mach_port_t disk);

/* Whole pages. NULL: there is no memory; false: it is not from here. */
extern void *dma_allocate(size_t size);
extern bool dma_free(void *memory, size_t size);

/* D_*, or what a message that fails returns. */
extern kern_return_t dma_read(uint64_t sector, void *data, size_t size);
extern kern_return_t dma_write(uint64_t sector, const void *data, size_t size);

/* Whole pages into new memory. D_NO_MEMORY: not in this way. */
extern kern_return_t dma_read_memory(
    uint64_t sector, size_t size, vm_address_t *memory);

#endif
