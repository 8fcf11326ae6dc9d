/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every loader is turned into, before kernel_main(). Strings are copied,
 * so loader memory may be reused except the ranges listed here.
 */
#ifndef BOOT_BOOTINFO_H
#define BOOT_BOOTINFO_H

#include <arch/types.h>

#define BOOT_MEMORY_MAX 128
#define BOOT_MODULE_MAX 4
#define BOOT_CMDLINE    1024

enum boot_memory_type {
	BOOT_MEMORY_USABLE,
	BOOT_MEMORY_RESERVED, /* holes, firmware: never touched */
	BOOT_MEMORY_KERNEL,   /* the image */
	BOOT_MEMORY_BOOT,     /* early page tables and such: kept */
	BOOT_MEMORY_MODULE,   /* freed when the module has been used up */
	BOOT_MEMORY_TABLES,   /* ACPI, FDT, EFI run time: kept, mapped */
};

/* Sorted by address, not overlapping; page aligned (usable shrinks). */
struct boot_memory {
	paddr_t start;
	paddr_t end;
	enum boot_memory_type type;
};

struct boot_module {
	paddr_t start;
	paddr_t end;
	char name[64];
};

struct bootinfo {
	unsigned memory_count;
	struct boot_memory memory[BOOT_MEMORY_MAX];
	unsigned module_count;
	struct boot_module module[BOOT_MODULE_MAX];
	char cmdline[BOOT_CMDLINE];
	char loader[64];
	paddr_t acpi_rsdp; /* 0: none */
	paddr_t fdt;       /* 0: none */
};

extern struct bootinfo bootinfo;

/*
 * Memory map surgery for start code (boot/memory_map.c): add a range as the
 * loader lists it, then reserve parts of it by another type; splits, sorts,
 * merges. Panics when the table is full.
 */
extern void boot_memory_add(
    paddr_t start, paddr_t end, enum boot_memory_type type);
extern void boot_memory_reserve(
    paddr_t start, paddr_t end, enum boot_memory_type type);

/* Take pages from the highest usable range below `limit` (0: none) as BOOT. */
extern paddr_t boot_memory_alloc(unsigned pages, paddr_t limit);

/* "name=value" from the command line (boot/cmdline.c). */
extern bool boot_option(const char *name, char *value, size_t size);
extern bool boot_flag(const char *name);

#endif
