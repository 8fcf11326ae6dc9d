/* SPDX-License-Identifier: BSD-2-Clause */
/* Virtio over memory-mapped registers (VIRTIO 1.1, 4.2). */
#include <mach/traps.h>

#include <device/device_master_user.h>
#include <device/device_types.h>
#include <stdio.h>

#include "virtio.h"

#define REG_MAGIC               0x000
#define REG_VERSION             0x004
#define REG_DEVICE              0x008
#define REG_DEVICE_FEATURES     0x010
#define REG_DEVICE_FEATURES_SEL 0x014
#define REG_DRIVER_FEATURES     0x020
#define REG_DRIVER_FEATURES_SEL 0x024
#define REG_QUEUE_SEL           0x030
#define REG_QUEUE_MAX           0x034
#define REG_QUEUE_SIZE          0x038
#define REG_QUEUE_READY         0x044
#define REG_QUEUE_NOTIFY        0x050
#define REG_INTERRUPT_STATUS    0x060
#define REG_INTERRUPT_ACK       0x064
#define REG_STATUS              0x070
#define REG_QUEUE_DESCRIPTORS   0x080
#define REG_QUEUE_AVAILABLE     0x090
#define REG_QUEUE_USED          0x0a0
#define REG_CONFIG              0x100

#define MAGIC                   0x74726976U
#define VERSION                 2
#define IRQ_EDGE                2

static uint32_t
get(const struct virtio_device *device, unsigned offset)
{
	return *(volatile uint32_t *)(device->at.mmio.registers + offset);
}

static void
put(const struct virtio_device *device, unsigned offset, uint32_t value)
{
	*(volatile uint32_t *)(device->at.mmio.registers + offset) = value;
}

static void
put_address(const struct virtio_device *device, unsigned offset, uint64_t value)
{
	put(device, offset, (uint32_t)value);
	put(device, offset + 4, (uint32_t)(value >> 32));
}

static uint64_t
get_features(struct virtio_device *device)
{
	uint64_t low;

	put(device, REG_DEVICE_FEATURES_SEL, 0);
	low = get(device, REG_DEVICE_FEATURES);
	put(device, REG_DEVICE_FEATURES_SEL, 1);
	return low | (uint64_t)get(device, REG_DEVICE_FEATURES) << 32;
}

static void
set_features(struct virtio_device *device, uint64_t features)
{
	put(device, REG_DRIVER_FEATURES_SEL, 0);
	put(device, REG_DRIVER_FEATURES, (uint32_t)features);
	put(device, REG_DRIVER_FEATURES_SEL, 1);
	put(device, REG_DRIVER_FEATURES, (uint32_t)(features >> 32));
}

static uint8_t
get_status(struct virtio_device *device)
{
	return (uint8_t)get(device, REG_STATUS);
}

static void
set_status(struct virtio_device *device, uint8_t status)
{
	put(device, REG_STATUS, status);
}

static uint16_t
queue_max(struct virtio_device *device)
{
	put(device, REG_QUEUE_SEL, 0);
	return (uint16_t)get(device, REG_QUEUE_MAX);
}

static void
queue_start(struct virtio_device *device, uint16_t size, uint64_t descriptors,
    uint64_t available, uint64_t used)
{
	put(device, REG_QUEUE_SEL, 0);
	put(device, REG_QUEUE_SIZE, size);
	put_address(device, REG_QUEUE_DESCRIPTORS, descriptors);
	put_address(device, REG_QUEUE_AVAILABLE, available);
	put_address(device, REG_QUEUE_USED, used);
	put(device, REG_QUEUE_READY, 1);
}

static void
queue_notify(struct virtio_device *device)
{
	put(device, REG_QUEUE_NOTIFY, 0);
}

static kern_return_t
interrupts(struct virtio_device *device, mach_port_t notify)
{
	return device_master_irq(device->master, device->at.mmio.irq, IRQ_EDGE,
	    notify, &device->irq_port);
}

static void
interrupt_done(struct virtio_device *device)
{
	put(device, REG_INTERRUPT_ACK, get(device, REG_INTERRUPT_STATUS));
	(void)device_irq_ack(device->irq_port);
}

static const struct virtio_transport transport = {
    .name = "mmio",
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

void
virtio_find_mmio(const char *who, mach_port_t master, unsigned type,
    virtio_found_t function, void *context)
{
	rpc_phys_addr_t physical;
	vm_size_t size;
	int irq;

	for (int i = 0; device_master_find(master, DEVICE_KIND_VIRTIO_MMIO, i,
			    &physical, &size, &irq) == KERN_SUCCESS;
	     i++) {
		struct virtio_device device = {
		    .transport = &transport,
		    .master = master,
		};

		device.at.mmio.irq = irq;
		device.at.mmio.registers = virtio_map(master, physical, size);
		if (device.at.mmio.registers == NULL)
			continue;
		device.config = device.at.mmio.registers + REG_CONFIG;
		if (get(&device, REG_MAGIC) == MAGIC &&
		    get(&device, REG_DEVICE) == type) {
			if (get(&device, REG_VERSION) != VERSION)
				printf("%s: a device at 0x%llx speaks legacy "
				       "virtio only (QEMU: -global "
				       "virtio-mmio.force-legacy=false)\n",
				    who, (unsigned long long)physical);
			else if (!function(&device, context))
				return;
			continue;
		}
		(void)syscall_vm_deallocate(mach_task_self(),
		    (vm_address_t)device.at.mmio.registers, size);
	}
}
