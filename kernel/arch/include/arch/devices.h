/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the machine's tables (ACPI, device tree) say devices are, for drivers
 * in user space.
 */
#ifndef ARCH_DEVICES_H
#define ARCH_DEVICES_H

#include <arch/types.h>

/*
 * The index-th device of a kind (DEVICE_KIND_* of device/device_types.h).
 * PCI_ECAM: address and size of the configuration space, irq holds first bus
 * << 8 | last bus. False: there are not that many.
 */
extern bool arch_device_find(
    int kind, unsigned index, paddr_t *address, size_t *size, unsigned *irq);

#endif
