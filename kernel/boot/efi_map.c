/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The EFI memory map, as it is when boot services have ended, into bootinfo.
 */
#include <boot/efi.h>
#include <kern/string.h>

static enum boot_memory_type
type_of(const struct efi_memory_descriptor *range)
{
	switch (range->type) {
	case EFI_LOADER_CODE:
	case EFI_LOADER_DATA:
	case EFI_BOOT_CODE:
	case EFI_BOOT_DATA:
	case EFI_CONVENTIONAL:
		return (range->attribute & EFI_MEMORY_WB) != 0
			   ? BOOT_MEMORY_USABLE
			   : BOOT_MEMORY_RESERVED;
	case EFI_RUNTIME_CODE:
	case EFI_RUNTIME_DATA:
	case EFI_ACPI_RECLAIM:
	case EFI_ACPI_NVS:
		return BOOT_MEMORY_TABLES;
	default:
		return BOOT_MEMORY_RESERVED;
	}
}

void
efi_memory(const void *map, uint64_t size, uint64_t descriptor_size)
{
	const char *at = map;
	struct efi_memory_descriptor range;

	for (; size >= descriptor_size && descriptor_size >= sizeof(range);
	     size -= descriptor_size, at += descriptor_size) {
		enum boot_memory_type type;

		memcpy(&range, at, sizeof(range));
		type = type_of(&range);
		if (type != BOOT_MEMORY_RESERVED)
			boot_memory_add(range.physical_start,
			    range.physical_start +
				(range.page_count << VM_PAGE_SHIFT),
			    type);
	}
}
