/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the EFI stub leaves for the kernel, in the pages that follow the image
 * (EFI_HANDOVER_SIZE of them, HANDOVER_SIZE in start.S). All addresses are
 * physical; the stub and the kernel are one file, so there are no versions.
 */
#ifndef AARCH64_EFI_HANDOVER_H
#define AARCH64_EFI_HANDOVER_H

#include <arch/types.h>

#include <boot/bootinfo.h>

#define EFI_HANDOVER_SIZE 0x10000

struct efi_handover {
	uint64_t map_size;
	uint64_t descriptor_size;
	paddr_t archive_start; /* by LoadFile2; 0: /chosen may know */
	paddr_t archive_end;
	char cmdline[BOOT_CMDLINE];
	uint64_t map[]; /* EFI memory descriptors */
};

#define EFI_HANDOVER_MAP_MAX (EFI_HANDOVER_SIZE - sizeof(struct efi_handover))

#endif
