/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Devices by tables: a PC has PCI, whose configuration space the MCFG names.
 */
#include <arch/devices.h>

#include <device/device_types.h>
#include <lib/acpi.h>

/* Each bus has 32 devices with 8 functions of 4 KiB. */
#define BUS_SHIFT 20

/* The index-th segment; tables number them from 0 without gaps. */
static bool
find_ecam(unsigned index, paddr_t *base, size_t *size, unsigned *buses)
{
	unsigned first, last;

	if (!acpi_mcfg(index, base, &first, &last) || last < first)
		return false;
	*base += (paddr_t)first << BUS_SHIFT;
	*size = (size_t)(last - first + 1) << BUS_SHIFT;
	*buses = first << 8 | last;
	return true;
}

bool
arch_device_find(
    int kind, unsigned index, paddr_t *base, size_t *size, unsigned *irq)
{
	if (kind != DEVICE_KIND_PCI_ECAM)
		return false;
	return find_ecam(index, base, size, irq);
}
