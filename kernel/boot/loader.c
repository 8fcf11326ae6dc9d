/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the readers of loader structures share.
 */
#include <boot/loader.h>
#include <kern/printf.h>
#include <kern/string.h>

enum boot_memory_type
boot_e820_type(uint32_t type)
{
	switch (type) {
	case 1:
		return BOOT_MEMORY_USABLE;
	case 3: /* ACPI tables */
	case 4: /* ACPI non-volatile storage */
		return BOOT_MEMORY_TABLES;
	default:
		return BOOT_MEMORY_RESERVED;
	}
}

void
boot_module_add(paddr_t start, paddr_t end, const char *name)
{
	struct boot_module *module;

	if (start >= end)
		return;
	if (bootinfo.module_count == BOOT_MODULE_MAX) {
		printf("boot: module %s left out\n", name);
		return;
	}
	module = &bootinfo.module[bootinfo.module_count++];
	module->start = start;
	module->end = end;
	strlcpy(module->name, name, sizeof(module->name));
	boot_memory_reserve(start, end, BOOT_MEMORY_MODULE);
}
