/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first C: from start.S on the early tables to kernel_main() on the final
 * ones, with the loader's information in bootinfo.
 */
#include <arch/boot.h>
#include <arch/cpu.h>
#include <arch/timer.h>
#include <arch/tlb.h>

#include <boot/efi.h>
#include <boot/fdt_boot.h>
#include <kern/panic.h>
#include <kern/string.h>

#include "console.h"
#include "efi_handover.h"
#include "mmu.h"
#include "sysreg.h"

#define BLOCK_SIZE 0x200000UL

/* One per pan_site of copy.S. */
struct pan_site {
	int32_t offset; /* of the instruction, from here */
	uint32_t value;
};

#define MSR_PAN(value) (0xd500409fU | (value) << 8)

extern _Noreturn void arch_head(
    paddr_t fdt, const struct efi_handover *handover, paddr_t image);
extern const struct pan_site _pan_sites_start[], _pan_sites_end[];
extern uintptr_t __stack_chk_guard;

/* The kernel's text is still writable here. */
static void
patch_pan_sites(void)
{
	if (!MMFR1_PAN(SYSREG_READ("id_aa64mmfr1_el1")))
		return;
	for (const struct pan_site *site = _pan_sites_start;
	     site < _pan_sites_end; site++) {
		uint32_t *at = (uint32_t *)((vaddr_t)site +
					    (vaddr_t)(int64_t)site->offset);

		*at = MSR_PAN(site->value);
		cache_sync_code(at, sizeof(*at));
	}
}

static void
open_fdt(paddr_t pa)
{
	vaddr_t window = KERNEL_BASE + EARLY_SLOT_FDT * BLOCK_SIZE;
	const void *fdt = (const void *)(window + pa % BLOCK_SIZE);

	if (pa == 0 || pa % 8 != 0 ||
	    !fdt_open(&boot_fdt, fdt, fdt_total_size(fdt)) ||
	    boot_fdt.size > BLOCK_SIZE)
		cpu_halt();
}

/* Loaders leave a number nobody knows; the counter is some help without. */
static void
seed_stack_guard(void)
{
	int chosen = fdt_find_path(&boot_fdt, "/chosen", 7);
	uintptr_t guard = SYSREG_READ("cntvct_el0") * 0x9e3779b97f4a7c15;
	uintptr_t seed = 0;
	uint32_t size = 0;
	const void *p = fdt_property(&boot_fdt, chosen, "rng-seed", &size);

	if (p == NULL || size < sizeof(seed))
		p = fdt_property(&boot_fdt, chosen, "kaslr-seed", &size);
	if (p != NULL && size >= sizeof(seed))
		memcpy(&seed, p, sizeof(seed));
	/* The zero byte stops string functions from reading or writing it. */
	__stack_chk_guard = (guard ^ seed) & ~(uintptr_t)0xff;
}

static void
add_archive(const struct efi_handover *handover)
{
	struct boot_module *module = &bootinfo.module[0];

	module->start = handover->archive_start;
	module->end = handover->archive_end;
	strlcpy(module->name, "bootstrap", sizeof(module->name));
	bootinfo.module_count = 1;
	boot_memory_reserve(VM_TRUNC_PAGE(module->start),
	    VM_ROUND_PAGE(module->end), BOOT_MEMORY_MODULE);
}

static void
fill_bootinfo(paddr_t fdt, const struct efi_handover *handover)
{
	if (handover != NULL) {
		strlcpy(bootinfo.loader, "EFI", sizeof(bootinfo.loader));
		strlcpy(bootinfo.cmdline, handover->cmdline,
		    sizeof(bootinfo.cmdline));
		efi_memory(handover->map, handover->map_size,
		    handover->descriptor_size);
	} else {
		strlcpy(bootinfo.loader, "arm64 Image protocol",
		    sizeof(bootinfo.loader));
		fdt_boot_memory();
	}
	fdt_boot_chosen(fdt);
	if (handover != NULL && handover->archive_start != 0)
		add_archive(handover);
	boot_memory_reserve(mmu_image_base,
	    VM_ROUND_PAGE(mmu_image_pa(_image_end)), BOOT_MEMORY_KERNEL);
}

void
arch_head(paddr_t fdt, const struct efi_handover *handover, paddr_t image)
{
	mmu_image_base = image;
	patch_pan_sites();
	open_fdt(fdt);
	seed_stack_guard();
	console_find();
	if (handover != NULL)
		handover = (const void *)_image_end;
	fill_bootinfo(fdt, handover);
	mmu_build();
	if (!fdt_open(&boot_fdt, phys_to_virt(fdt), boot_fdt.size))
		panic("the device tree changed while it was read");
	arch_timer_init();
	kernel_main();
}
