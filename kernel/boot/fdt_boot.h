/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine's device tree: what the boot code and drivers ask of it.
 */
#ifndef BOOT_FDT_BOOT_H
#define BOOT_FDT_BOOT_H

#include <arch/types.h>

#include <boot/fdt.h>

/* Open from the start code on; in the direct map once that stands. */
extern struct fdt boot_fdt;

/* Memory nodes into bootinfo (not with EFI, whose map is better). */
extern void fdt_boot_memory(void);

/*
 * Into bootinfo: the reservations, the tree itself at `pa`, command line (if
 * there is none yet) and initial archive of /chosen. After the memory.
 */
extern void fdt_boot_chosen(paddr_t pa);

/* The node of the console: stdout-path of /chosen or the first compatible. */
extern int fdt_boot_console(const char *compatible);

/*
 * The index-th interrupt of a node whose controller is the GIC: line and
 * IRQ_* flags (arch/irq.h).
 */
extern bool fdt_boot_interrupt(
    int node, unsigned index, unsigned *irq, unsigned *flags);

/* The index-th virtio-mmio transport. */
extern bool fdt_find_virtio_mmio(
    unsigned index, paddr_t *base, size_t *size, unsigned *irq);

#endif
