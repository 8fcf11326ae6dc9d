/* SPDX-License-Identifier: BSD-2-Clause */
/* What all transports have in common: finding, starting, memory. */
#include <mach/task_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <device/device_master_user.h>
#include <device/device_types.h>
#include <servers/bootstrap_user.h>
#include <stdio.h>
#include <string.h>

#include "virtio.h"

#define PAGE_MASK  4095UL
#define RESET_SPIN 1000000

void
virtio_find(const char *who, mach_port_t master, unsigned type,
    virtio_found_t function, void *context)
{
	virtio_find_pci(who, master, type, function, context);
	virtio_find_mmio(who, master, type, function, context);
}

volatile uint8_t *
virtio_map(mach_port_t master, uint64_t physical, size_t size)
{
	uint64_t page = physical & ~PAGE_MASK;
	vm_address_t address = 0;

	if (device_master_map(master, mach_task_self(), &address, page,
		physical + size - page, VM_CACHE_DEVICE) != KERN_SUCCESS)
		return NULL;
	return (volatile uint8_t *)(address + (physical - page));
}

void *
virtio_memory(struct virtio_device *device, size_t size, uint64_t *physical)
{
	char name[sizeof(device->name) + 16];
	mach_port_t bootstrap, entry;
	vm_address_t address = 0;
	kern_return_t kr;

	snprintf(name, sizeof(name), "%s.%u", device->name, device->pieces);
	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS)
		return NULL;
	kr = bootstrap_memory(bootstrap, name, size, &entry, physical);
	(void)syscall_mach_port_deallocate(mach_task_self(), bootstrap);
	if (kr != KERN_SUCCESS)
		return NULL;
	kr = vm_map(mach_task_self(), &address, size, 0, TRUE, entry, 0, FALSE,
	    VM_PROT_READ | VM_PROT_WRITE, VM_PROT_READ | VM_PROT_WRITE,
	    VM_INHERIT_NONE);
	(void)syscall_mach_port_deallocate(mach_task_self(), entry);
	if (kr != KERN_SUCCESS)
		return NULL;
	device->pieces++;
	return memset((void *)address, 0, size);
}

const char *
virtio_start(struct virtio_device *device, uint64_t wanted, uint64_t *features)
{
	const struct virtio_transport *transport = device->transport;
	uint8_t status = VIRTIO_STATUS_ACK | VIRTIO_STATUS_DRIVER;
	unsigned spin = 0;

	transport->set_status(device, 0);
	while (transport->get_status(device) != 0) {
		if (++spin == RESET_SPIN)
			return "does not reset";
	}
	transport->set_status(device, VIRTIO_STATUS_ACK);
	transport->set_status(device, status);
	*features = transport->get_features(device);
	if ((*features & VIRTIO_FEATURE_VERSION_1) == 0)
		return "is a device of before virtio 1.0";
	*features &= wanted | VIRTIO_FEATURE_VERSION_1;
	transport->set_features(device, *features);
	status |= VIRTIO_STATUS_FEATURES;
	transport->set_status(device, status);
	if ((transport->get_status(device) & VIRTIO_STATUS_FEATURES) == 0)
		return "does not agree on features";
	return NULL;
}

void
virtio_ready(struct virtio_device *device)
{
	device->transport->set_status(
	    device, VIRTIO_STATUS_ACK | VIRTIO_STATUS_DRIVER |
			VIRTIO_STATUS_FEATURES | VIRTIO_STATUS_DRIVER_OK);
}
