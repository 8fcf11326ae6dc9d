/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the device tree to bootinfo, and interrupts of its nodes.
 */
#include <arch/irq.h>

#include <boot/bootinfo.h>
#include <boot/fdt_boot.h>
#include <kern/string.h>

#define GIC_CELLS     3
#define GIC_TYPE_SPI  0
#define GIC_TYPE_PPI  1
#define GIC_FIRST_PPI 16U
#define GIC_FIRST_SPI 32U
#define TRIGGER_EDGES 3U /* rising or falling */

struct fdt boot_fdt;

void
fdt_boot_memory(void)
{
	int node = fdt_first_child(&boot_fdt, fdt_root(&boot_fdt));
	struct fdt_range range;

	for (; node != FDT_NONE; node = fdt_next_sibling(&boot_fdt, node)) {
		const char *type = fdt_string(&boot_fdt, node, "device_type");

		if (type == NULL || strcmp(type, "memory") != 0 ||
		    !fdt_enabled(&boot_fdt, node))
			continue;
		for (unsigned i = 0; fdt_reg(&boot_fdt, node, i, &range); i++)
			boot_memory_add(range.base, range.base + range.size,
			    BOOT_MEMORY_USABLE);
	}
}

static void
reserve(const struct fdt_range *range, enum boot_memory_type type)
{
	boot_memory_reserve(VM_TRUNC_PAGE(range->base),
	    VM_ROUND_PAGE(range->base + range->size), type);
}

/* What /reserved-memory places; regions without reg are the kernel's choice. */
static void
reserve_nodes(void)
{
	int node = fdt_first_child(
	    &boot_fdt, fdt_find_path(&boot_fdt, "/reserved-memory", 16));
	struct fdt_range range;

	for (; node != FDT_NONE; node = fdt_next_sibling(&boot_fdt, node)) {
		for (unsigned i = 0; fdt_reg(&boot_fdt, node, i, &range); i++)
			reserve(&range, BOOT_MEMORY_RESERVED);
	}
}

/* An address in one or two cells. */
static bool
chosen_address(int chosen, const char *name, paddr_t *address)
{
	uint32_t size, high, low;

	if (fdt_property(&boot_fdt, chosen, name, &size) == NULL ||
	    !fdt_cell(&boot_fdt, chosen, name, 0, &high))
		return false;
	*address = high;
	if (size == 8 && fdt_cell(&boot_fdt, chosen, name, 1, &low))
		*address = (paddr_t)high << 32 | low;
	return true;
}

static void
add_archive(int chosen)
{
	struct boot_module *module = &bootinfo.module[0];
	struct fdt_range range;

	if (!chosen_address(chosen, "linux,initrd-start", &module->start) ||
	    !chosen_address(chosen, "linux,initrd-end", &module->end) ||
	    module->end <= module->start)
		return;
	strlcpy(module->name, "bootstrap", sizeof(module->name));
	bootinfo.module_count = 1;
	range.base = module->start;
	range.size = module->end - module->start;
	reserve(&range, BOOT_MEMORY_MODULE);
}

/* Does a reservation entry lie within the archive? Loaders list it, too. */
static bool
is_archive(const struct fdt_range *range)
{
	const struct boot_module *module = &bootinfo.module[0];

	return bootinfo.module_count > 0 &&
	       range->base >= VM_TRUNC_PAGE(module->start) &&
	       range->base + range->size <= VM_ROUND_PAGE(module->end);
}

void
fdt_boot_chosen(paddr_t pa)
{
	int chosen = fdt_find_path(&boot_fdt, "/chosen", 7);
	const char *text = fdt_string(&boot_fdt, chosen, "bootargs");
	struct fdt_range range;

	if (bootinfo.cmdline[0] == '\0' && text != NULL)
		strlcpy(bootinfo.cmdline, text, sizeof(bootinfo.cmdline));
	reserve_nodes();
	add_archive(chosen);
	for (unsigned i = 0; fdt_reservation(&boot_fdt, i, &range); i++) {
		if (!is_archive(&range))
			reserve(&range, BOOT_MEMORY_RESERVED);
	}
	range.base = pa;
	range.size = boot_fdt.size;
	reserve(&range, BOOT_MEMORY_TABLES);
	bootinfo.fdt = pa;
}

int
fdt_boot_console(const char *compatible)
{
	int chosen = fdt_find_path(&boot_fdt, "/chosen", 7);
	const char *path = fdt_string(&boot_fdt, chosen, "stdout-path");
	int node = FDT_NONE;

	if (path != NULL) {
		const char *options = strchr(path, ':');

		node = fdt_find_path(&boot_fdt, path,
		    options != NULL ? (size_t)(options - path) : strlen(path));
	}
	if (node == FDT_NONE ||
	    !fdt_string_list_has(&boot_fdt, node, "compatible", compatible))
		node = fdt_find_compatible(&boot_fdt, FDT_NONE, compatible);
	return node;
}

bool
fdt_boot_interrupt(int node, unsigned index, unsigned *irq, unsigned *flags)
{
	uint32_t type, number, trigger;
	unsigned first = GIC_CELLS * index;

	if (!fdt_cell(&boot_fdt, node, "interrupts", first, &type) ||
	    !fdt_cell(&boot_fdt, node, "interrupts", first + 1, &number) ||
	    !fdt_cell(&boot_fdt, node, "interrupts", first + 2, &trigger))
		return false;
	if (type == GIC_TYPE_SPI)
		*irq = GIC_FIRST_SPI + number;
	else if (type == GIC_TYPE_PPI)
		*irq = GIC_FIRST_PPI + number;
	else
		return false;
	*flags = (trigger & TRIGGER_EDGES) != 0 ? IRQ_EDGE : IRQ_LEVEL;
	return true;
}
