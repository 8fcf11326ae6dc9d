/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Readers of what loaders hand over; each fills bootinfo (boot/bootinfo.h)
 * from structures that the direct map reaches.
 */
#ifndef BOOT_LOADER_H
#define BOOT_LOADER_H

#include <boot/bootinfo.h>

/* What a Multiboot2 loader leaves in EAX. */
#define MULTIBOOT2_MAGIC 0x36d76289U

/* The first word of the PVH start information. */
#define PVH_MAGIC 0x336ec578U

/* `info` is the physical address the loader gave; panics if it is bad. */
extern void boot_multiboot2(paddr_t info);
extern void boot_pvh(paddr_t info);

/* The PC's numbering of memory types, which both protocols use. */
extern enum boot_memory_type boot_e820_type(uint32_t type);

/* Note a module and reserve its memory; more than fit are left out. */
extern void boot_module_add(paddr_t start, paddr_t end, const char *name);

#endif
