/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtio over PCI (VIRTIO 1.1, 4.1), through the memory-mapped configuration
 * space; interrupts by MSI-X. The firmware has placed the registers.
 */
#include <mach/traps.h>

#include <device/device_master_user.h>
#include <device/device_types.h>
#include <stdio.h>

#include "virtio.h"

#define PCI_VENDOR                   0x00
#define PCI_DEVICE                   0x02
#define PCI_COMMAND                  0x04
#define PCI_STATUS                   0x06
#define PCI_HEADER_TYPE              0x0e
#define PCI_BAR0                     0x10
#define PCI_SECONDARY_BUS            0x19
#define PCI_CAPABILITIES             0x34
#define PCI_FUNCTION_SIZE            4096
#define PCI_BUS_SIZE                 (256UL * PCI_FUNCTION_SIZE)

#define COMMAND_MEMORY               0x002U
#define COMMAND_MASTER               0x004U
#define COMMAND_NO_INTX              0x400U
#define STATUS_CAPABILITIES          0x010U
#define HEADER_BRIDGE                1U
#define HEADER_MULTIFUNCTION         0x80U

#define CAPABILITY_VENDOR            0x09
#define CAPABILITY_MSIX              0x11
#define MSIX_ENABLE                  0x8000U
#define MSIX_MASK_ALL                0x4000U

#define VIRTIO_VENDOR                0x1af4
#define VIRTIO_DEVICE_BASE           0x1040
#define VIRTIO_TRANSITIONAL          0x1001 /* block */

#define CFG_COMMON                   1
#define CFG_NOTIFY                   2
#define CFG_ISR                      3
#define CFG_DEVICE                   4

#define COMMON_DEVICE_FEATURE_SELECT 0x00
#define COMMON_DEVICE_FEATURE        0x04
#define COMMON_DRIVER_FEATURE_SELECT 0x08
#define COMMON_DRIVER_FEATURE        0x0c
#define COMMON_CONFIG_VECTOR         0x10
#define COMMON_STATUS                0x14
#define COMMON_QUEUE_SELECT          0x16
#define COMMON_QUEUE_SIZE            0x18
#define COMMON_QUEUE_VECTOR          0x1a
#define COMMON_QUEUE_ENABLE          0x1c
#define COMMON_QUEUE_NOTIFY_OFF      0x1e
#define COMMON_QUEUE_DESCRIPTORS     0x20
#define COMMON_QUEUE_AVAILABLE       0x28
#define COMMON_QUEUE_USED            0x30
#define NO_VECTOR                    0xffffU

#define BRIDGE_DEPTH                 8

struct search {
	const char *who;
	mach_port_t master;
	unsigned type;
	virtio_found_t function;
	void *context;
	uint64_t ecam;
	unsigned first_bus;
	unsigned last_bus;
	bool stopped;
};

static uint8_t
get8(const volatile uint8_t *at, unsigned offset)
{
	return at[offset];
}

static uint16_t
get16(const volatile uint8_t *at, unsigned offset)
{
	return *(const volatile uint16_t *)(at + offset);
}

static uint32_t
get32(const volatile uint8_t *at, unsigned offset)
{
	return *(const volatile uint32_t *)(at + offset);
}

static void
put16(volatile uint8_t *at, unsigned offset, uint16_t value)
{
	*(volatile uint16_t *)(at + offset) = value;
}

static void
put32(volatile uint8_t *at, unsigned offset, uint32_t value)
{
	*(volatile uint32_t *)(at + offset) = value;
}

static void
put64(volatile uint8_t *at, unsigned offset, uint64_t value)
{
	put32(at, offset, (uint32_t)value);
	put32(at, offset + 4, (uint32_t)(value >> 32));
}

static uint64_t
get_features(struct virtio_device *device)
{
	volatile uint8_t *common = device->at.pci.common;
	uint64_t low;

	put32(common, COMMON_DEVICE_FEATURE_SELECT, 0);
	low = get32(common, COMMON_DEVICE_FEATURE);
	put32(common, COMMON_DEVICE_FEATURE_SELECT, 1);
	return low | (uint64_t)get32(common, COMMON_DEVICE_FEATURE) << 32;
}

static void
set_features(struct virtio_device *device, uint64_t features)
{
	volatile uint8_t *common = device->at.pci.common;

	put32(common, COMMON_DRIVER_FEATURE_SELECT, 0);
	put32(common, COMMON_DRIVER_FEATURE, (uint32_t)features);
	put32(common, COMMON_DRIVER_FEATURE_SELECT, 1);
	put32(common, COMMON_DRIVER_FEATURE, (uint32_t)(features >> 32));
}

static uint8_t
get_status(struct virtio_device *device)
{
	return get8(device->at.pci.common, COMMON_STATUS);
}

static void
set_status(struct virtio_device *device, uint8_t status)
{
	device->at.pci.common[COMMON_STATUS] = status;
}

static uint16_t
queue_max(struct virtio_device *device)
{
	put16(device->at.pci.common, COMMON_QUEUE_SELECT, 0);
	return get16(device->at.pci.common, COMMON_QUEUE_SIZE);
}

static void
queue_start(struct virtio_device *device, uint16_t size, uint64_t descriptors,
    uint64_t available, uint64_t used)
{
	volatile uint8_t *common = device->at.pci.common;

	put16(common, COMMON_QUEUE_SELECT, 0);
	put16(common, COMMON_QUEUE_SIZE, size);
	put64(common, COMMON_QUEUE_DESCRIPTORS, descriptors);
	put64(common, COMMON_QUEUE_AVAILABLE, available);
	put64(common, COMMON_QUEUE_USED, used);
	put16(common, COMMON_QUEUE_ENABLE, 1);
	device->at.pci.notify +=
	    (size_t)get16(common, COMMON_QUEUE_NOTIFY_OFF) *
	    device->at.pci.notify_multiplier;
}

static void
queue_notify(struct virtio_device *device)
{
	put16(device->at.pci.notify, 0, 0);
}

static kern_return_t
interrupts(struct virtio_device *device, mach_port_t notify)
{
	volatile uint8_t *function = device->at.pci.function;
	volatile uint8_t *common = device->at.pci.common;
	volatile uint32_t *entry = device->at.pci.msix_entry;
	unsigned control = device->at.pci.msix_capability + 2;
	rpc_phys_addr_t address;
	natural_t data;
	kern_return_t kr;

	kr = device_master_msi(
	    device->master, notify, &device->irq_port, &address, &data);
	if (kr != KERN_SUCCESS)
		return kr;
	entry[0] = (uint32_t)address;
	entry[1] = (uint32_t)(address >> 32);
	entry[2] = data;
	entry[3] = 0; /* not masked */
	put16(function, control,
	    (uint16_t)((get16(function, control) | MSIX_ENABLE) &
		       ~MSIX_MASK_ALL));
	put16(common, COMMON_CONFIG_VECTOR, NO_VECTOR);
	put16(common, COMMON_QUEUE_SELECT, 0);
	put16(common, COMMON_QUEUE_VECTOR, 0);
	return get16(common, COMMON_QUEUE_VECTOR) == 0 ? KERN_SUCCESS
						       : KERN_FAILURE;
}

static void
interrupt_done(struct virtio_device *device)
{
	(void)device_irq_ack(device->irq_port);
}

static const struct virtio_transport transport = {
    .name = "pci",
    .get_features = get_features,
    .set_features = set_features,
    .get_status = get_status,
    .set_status = set_status,
    .queue_max = queue_max,
    .queue_start = queue_start,
    .queue_notify = queue_notify,
    .interrupts = interrupts,
    .interrupt_done = interrupt_done,
};

/* Map length bytes at offset of a memory BAR; NULL if it is not placed. */
static volatile uint8_t *
map_bar(mach_port_t master, const volatile uint8_t *function, unsigned bar,
    uint32_t offset, uint32_t length)
{
	uint64_t base;
	uint32_t low;

	if (bar > 5)
		return NULL;
	low = get32(function, PCI_BAR0 + 4 * bar);
	if ((low & 1) != 0)
		return NULL;
	base = low & ~0xfU;
	if ((low & 6) == 4 && bar < 5)
		base |= (uint64_t)get32(function, PCI_BAR0 + 4 * bar + 4) << 32;
	if (base == 0)
		return NULL;
	return virtio_map(master, base + offset, length);
}

static void
take_vendor_capability(
    struct virtio_device *device, const volatile uint8_t *function, unsigned at)
{
	unsigned bar = get8(function, at + 4);
	uint32_t offset = get32(function, at + 8);
	uint32_t length = get32(function, at + 12);
	volatile uint8_t **where;

	switch (get8(function, at + 3)) {
	case CFG_COMMON:
		where = &device->at.pci.common;
		break;
	case CFG_NOTIFY:
		where = &device->at.pci.notify;
		device->at.pci.notify_multiplier = get32(function, at + 16);
		break;
	case CFG_ISR:
		where = &device->at.pci.isr;
		break;
	case CFG_DEVICE:
		where = &device->config;
		break;
	default:
		return;
	}
	if (*where == NULL)
		*where = map_bar(device->master, function, bar, offset, length);
}

static void
take_msix_capability(
    struct virtio_device *device, const volatile uint8_t *function, unsigned at)
{
	uint32_t table = get32(function, at + 4);

	device->at.pci.msix_capability = at;
	device->at.pci.msix_entry = (volatile uint32_t *)map_bar(
	    device->master, function, table & 7, table & ~7U, 16);
}

static void
take_capabilities(
    struct virtio_device *device, const volatile uint8_t *function)
{
	unsigned at = get8(function, PCI_CAPABILITIES) & ~3U;

	if ((get16(function, PCI_STATUS) & STATUS_CAPABILITIES) == 0)
		return;
	/* At most as many as there is room for: a list may be a ring. */
	for (unsigned i = 0; i < 48 && at >= 0x40; i++) {
		if (get8(function, at) == CAPABILITY_VENDOR)
			take_vendor_capability(device, function, at);
		else if (get8(function, at) == CAPABILITY_MSIX)
			take_msix_capability(device, function, at);
		at = get8(function, at + 1) & ~3U;
	}
}

static void
look_at_virtio(
    struct search *search, volatile uint8_t *function, unsigned where)
{
	struct virtio_device device = {
	    .transport = &transport,
	    .master = search->master,
	};
	const char *wrong = NULL;

	put16(function, PCI_COMMAND,
	    (uint16_t)(get16(function, PCI_COMMAND) | COMMAND_MEMORY |
		       COMMAND_MASTER | COMMAND_NO_INTX));
	device.at.pci.function = function;
	take_capabilities(&device, function);
	if (device.at.pci.common == NULL || device.at.pci.notify == NULL ||
	    device.config == NULL)
		wrong = "has no registers of virtio 1.0 (QEMU: "
			"disable-legacy=on)";
	else if (device.at.pci.msix_entry == NULL)
		wrong = "has no MSI-X interrupts";
	if (wrong == NULL)
		search->stopped = !search->function(&device, search->context);
	else
		printf("%s: the PCI device %02x:%02x.%x %s\n", search->who,
		    where >> 8, where >> 3 & 31, where & 7, wrong);
}

static void scan_bus(struct search *search, unsigned bus, unsigned depth);

static bool
is_wanted(const struct search *search, const volatile uint8_t *function)
{
	unsigned id = get16(function, PCI_DEVICE);

	return get16(function, PCI_VENDOR) == VIRTIO_VENDOR &&
	       (id == VIRTIO_DEVICE_BASE + search->type ||
		   (search->type == VIRTIO_ID_BLOCK &&
		       id == VIRTIO_TRANSITIONAL));
}

/* False: there is no such function. */
static bool
look_at_function(struct search *search, volatile uint8_t *bus_base,
    unsigned bus, unsigned number, unsigned depth)
{
	volatile uint8_t *function =
	    bus_base + (size_t)number * PCI_FUNCTION_SIZE;
	unsigned type;

	if (get16(function, PCI_VENDOR) == 0xffff)
		return false;
	type = get8(function, PCI_HEADER_TYPE) & ~HEADER_MULTIFUNCTION;
	if (type == HEADER_BRIDGE)
		scan_bus(search, get8(function, PCI_SECONDARY_BUS), depth + 1);
	else if (is_wanted(search, function))
		look_at_virtio(search, function, bus << 8 | number);
	return true;
}

static void
scan_bus(struct search *search, unsigned bus, unsigned depth)
{
	volatile uint8_t *base;

	/* A bridge that firmware has not numbered has bus 0. */
	if (depth > BRIDGE_DEPTH || bus < search->first_bus ||
	    bus > search->last_bus || (depth > 0 && bus == search->first_bus))
		return;
	base = virtio_map(search->master,
	    search->ecam + (bus - search->first_bus) * PCI_BUS_SIZE,
	    PCI_BUS_SIZE);
	if (base == NULL)
		return;
	for (unsigned number = 0; number < 256 && !search->stopped; number++) {
		const volatile uint8_t *first =
		    base + (size_t)(number & ~7U) * PCI_FUNCTION_SIZE;

		if ((number & 7) != 0 &&
		    (get8(first, PCI_HEADER_TYPE) & HEADER_MULTIFUNCTION) == 0)
			continue;
		if (!look_at_function(search, base, bus, number, depth) &&
		    (number & 7) == 0)
			number |= 7;
	}
	/* It stays mapped: devices found keep their configuration space. */
}

void
virtio_find_pci(const char *who, mach_port_t master, unsigned type,
    virtio_found_t function, void *context)
{
	struct search search = {
	    .who = who,
	    .master = master,
	    .type = type,
	    .function = function,
	    .context = context,
	};
	rpc_phys_addr_t ecam;
	vm_size_t size;
	int buses;

	for (int i = 0;
	     !search.stopped && device_master_find(master, DEVICE_KIND_PCI_ECAM,
				    i, &ecam, &size, &buses) == KERN_SUCCESS;
	     i++) {
		search.ecam = ecam;
		search.first_bus = (unsigned)buses >> 8;
		search.last_bus = (unsigned)buses & 0xff;
		scan_bus(&search, search.first_bus, 0);
	}
}
