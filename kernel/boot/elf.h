/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Loading a static ELF64 program.
 */
#ifndef BOOT_ELF_H
#define BOOT_ELF_H

#include <arch/types.h>

struct elf_image {
	vm_address_t entry;
	vm_address_t phdr; /* where the program headers are in memory, or 0 */
	uint64_t phnum;
};

/*
 * Map and fill the current task's memory from the program at `data`. May
 * block. NULL on success, else what is wrong with it.
 */
extern const char *elf_load(
    const void *data, size_t size, struct elf_image *image);

#endif
