/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Devices for drivers in user space, by the device tree: arch/devices.h.
 */
#include <arch/devices.h>

#include <boot/fdt_boot.h>
#include <device/device_types.h>

/* The index-th enabled node compatible with `what`. */
static int
find(const char *what, unsigned index)
{
	int node = fdt_find_compatible(&boot_fdt, FDT_NONE, what);

	while (node != FDT_NONE) {
		if (fdt_enabled(&boot_fdt, node) && index-- == 0)
			return node;
		node = fdt_find_compatible(&boot_fdt, node, what);
	}
	return FDT_NONE;
}

bool
fdt_find_virtio_mmio(unsigned index, paddr_t *base, size_t *size, unsigned *irq)
{
	int node = find("virtio,mmio", index);
	struct fdt_range registers;
	unsigned flags;

	if (node == FDT_NONE || !fdt_reg(&boot_fdt, node, 0, &registers) ||
	    !fdt_boot_interrupt(node, 0, irq, &flags))
		return false;
	*base = registers.base;
	*size = registers.size;
	return true;
}

static bool
find_ecam(unsigned index, paddr_t *base, size_t *size, unsigned *buses)
{
	int node = find("pci-host-ecam-generic", index);
	struct fdt_range registers;
	uint32_t first = 0;
	uint32_t last = 255;

	if (node == FDT_NONE || !fdt_reg(&boot_fdt, node, 0, &registers))
		return false;
	(void)fdt_cell(&boot_fdt, node, "bus-range", 0, &first);
	(void)fdt_cell(&boot_fdt, node, "bus-range", 1, &last);
	*base = registers.base;
	*size = registers.size;
	*buses = (first & 255) << 8 | (last & 255);
	return true;
}

bool
arch_device_find(
    int kind, unsigned index, paddr_t *address, size_t *size, unsigned *irq)
{
	switch (kind) {
	case DEVICE_KIND_VIRTIO_MMIO:
		return fdt_find_virtio_mmio(index, address, size, irq);
	case DEVICE_KIND_PCI_ECAM:
		return find_ecam(index, address, size, irq);
	default:
		return false;
	}
}
