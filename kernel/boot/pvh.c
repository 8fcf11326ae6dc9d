/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PVH start information, as QEMU and Xen hand it to an ELF kernel with
 * the note for it (version 1, with a memory map).
 */
#include <arch/vm_param.h>

#include <boot/loader.h>
#include <kern/panic.h>
#include <kern/string.h>

struct pvh_start_info {
	uint32_t magic;
	uint32_t version;
	uint32_t flags;
	uint32_t module_count;
	uint64_t modules;
	uint64_t cmdline;
	uint64_t rsdp;
	uint64_t memory_map; /* from version 1 on */
	uint32_t memory_count;
	uint32_t reserved;
};

struct pvh_module {
	uint64_t start;
	uint64_t size;
	uint64_t cmdline;
	uint64_t reserved;
};

struct pvh_memory {
	uint64_t base;
	uint64_t size;
	uint32_t type;
	uint32_t reserved;
};

static void
read_memory(const struct pvh_start_info *info)
{
	const struct pvh_memory *map = phys_to_virt(info->memory_map);

	for (uint32_t i = 0; i < info->memory_count; i++)
		boot_memory_add(map[i].base, map[i].base + map[i].size,
		    boot_e820_type(map[i].type));
}

static void
read_modules(const struct pvh_start_info *info)
{
	const struct pvh_module *module = phys_to_virt(info->modules);

	for (uint32_t i = 0; i < info->module_count; i++) {
		const char *name = module[i].cmdline != 0
				       ? phys_to_virt(module[i].cmdline)
				       : "initrd";

		boot_module_add(
		    module[i].start, module[i].start + module[i].size, name);
	}
}

void
boot_pvh(paddr_t address)
{
	const struct pvh_start_info *info = phys_to_virt(address);

	if (info->magic != PVH_MAGIC || info->version < 1)
		panic("pvh: no start information with a memory map");
	strlcpy(bootinfo.loader, "PVH", sizeof(bootinfo.loader));
	if (info->cmdline != 0)
		strlcpy(bootinfo.cmdline, phys_to_virt(info->cmdline),
		    sizeof(bootinfo.cmdline));
	bootinfo.acpi_rsdp = info->rsdp;
	read_memory(info);
	read_modules(info);
}
