/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's own tables and the image's place in memory.
 */
#ifndef AARCH64_MMU_H
#define AARCH64_MMU_H

#include <arch/types.h>
#include <arch/vm_param.h>

/* kernel.lds.S and start.S */
extern char _image_start[], _image_end[], _text_start[], _text_end[];
extern char _rodata_end[], _copy_start[], _copy_end[];
extern uint64_t mmu_empty_root[], early_fixmap[], early_tables[];
extern char boot_stack_guard[];

/* Where the loader put the image. */
extern paddr_t mmu_image_base;

/* The physical address of something in the image. */
static inline paddr_t
mmu_image_pa(const void *va)
{
	return (vaddr_t)va - KERNEL_BASE + mmu_image_base;
}

/* A page of device registers at a fixed address; slot below 512. */
extern volatile void *mmu_fixmap_device(unsigned slot, paddr_t pa);

/* Build the final tables from bootinfo and use them. */
extern void mmu_build(void);

#endif
