/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the architecture's start code does before kernel_main() (kern/main.c):
 * turns the loader's information into bootinfo (boot/bootinfo.h), builds the
 * kernel's page tables (image W^X, direct map, guard page under the boot
 * stack), and calls kernel_main() with interrupts off on the boot stack.
 */
#ifndef ARCH_BOOT_H
#define ARCH_BOOT_H

#include <arch/types.h>

/*
 * After memory allocation works: interrupt controllers, timer, tables that
 * need mapping. In this order: interrupts, timer, console input.
 */
extern void arch_init(void);

/* Early boot needs tables: pages taken from the top of usable memory. */
extern _Noreturn void kernel_main(void);

#endif
