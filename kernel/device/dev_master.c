/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * device_master.defs: registers, DMA memory and interrupts for drivers in user
 * space. Whoever holds the device master port may reach all hardware: it is
 * the driver's whole privilege and is given out by bootstrap only.
 */
#include <arch/devices.h>

#include <boot/bootinfo.h>
#include <device/device.h>
#include <device/irq_port.h>
#include <device_master_server.h>
#include <ipc/ipc_kobject.h>
#include <kern/convert.h>
#include <vm/vm_kernel.h>

IPC_KOBJECT_SUBSYSTEM(device_master);

kern_return_t
device_master_find(struct host *master, int kind, int index,
    rpc_phys_addr_t *address, vm_size_t *size, int *irq)
{
	unsigned line = 0;
	paddr_t base;
	size_t length;

	if (master == NULL)
		return KERN_INVALID_CAPABILITY;
	if (index < 0)
		return KERN_INVALID_VALUE;
	if (!arch_device_find(kind, (unsigned)index, &base, &length, &line))
		return KERN_INVALID_VALUE;
	*address = base;
	*size = length;
	*irq = (int)line;
	return KERN_SUCCESS;
}

/* Does [pa, pa + size) touch memory that is the kernel's to manage? */
static bool
is_managed_memory(paddr_t pa, vm_size_t size)
{
	for (unsigned i = 0; i < bootinfo.memory_count; i++) {
		const struct boot_memory *range = &bootinfo.memory[i];

		if (range->type == BOOT_MEMORY_RESERVED)
			continue;
		if (pa < range->end && pa + size > range->start)
			return true;
	}
	return false;
}

kern_return_t
device_master_map(struct host *master, struct vm_map *map,
    vm_address_t *address, rpc_phys_addr_t pa, vm_size_t size, vm_cache_t cache)
{
	if (master == NULL)
		return KERN_INVALID_CAPABILITY;
	if (map == NULL)
		return KERN_INVALID_TASK;
	if (size == 0 || pa + size < pa || (pa & VM_PAGE_MASK) != 0)
		return KERN_INVALID_ARGUMENT;
	if (is_managed_memory(pa, size))
		return KERN_PROTECTION_FAILURE;
	return vm_map_physical(map, address, pa, VM_ROUND_PAGE(size),
	    VM_PROT_READ | VM_PROT_WRITE, cache);
}

kern_return_t
device_master_allocate(struct host *master, struct vm_map *map,
    vm_address_t *address, rpc_phys_addr_t *pa, vm_size_t size)
{
	if (master == NULL)
		return KERN_INVALID_CAPABILITY;
	if (map == NULL)
		return KERN_INVALID_TASK;
	if (size == 0)
		return KERN_INVALID_ARGUMENT;
	return vm_map_allocate_contiguous(
	    map, address, pa, VM_ROUND_PAGE(size));
}

kern_return_t
device_master_irq(struct host *master, int irq, int flags, mach_port_t notify,
    mach_port_t *irq_port)
{
	if (master == NULL)
		return KERN_INVALID_CAPABILITY;
	if (irq < 0 || !MACH_PORT_VALID(notify))
		return KERN_INVALID_VALUE;
	return irq_port_attach((unsigned)irq, (unsigned)flags, false,
	    ipc_port_from_handle(notify), irq_port);
}

kern_return_t
device_master_msi(struct host *master, mach_port_t notify,
    mach_port_t *irq_port, rpc_phys_addr_t *address, natural_t *data)
{
	kern_return_t kr;
	unsigned irq;

	if (master == NULL)
		return KERN_INVALID_CAPABILITY;
	if (!MACH_PORT_VALID(notify))
		return KERN_INVALID_VALUE;
	kr = irq_alloc_msi(&irq, address, data);
	if (kr != KERN_SUCCESS)
		return kr;
	kr = irq_port_attach(
	    irq, IRQ_EDGE, true, ipc_port_from_handle(notify), irq_port);
	if (kr != KERN_SUCCESS)
		irq_free_msi(irq);
	return kr;
}

kern_return_t
device_irq_ack(struct irq_port *line)
{
	return irq_port_ack(line);
}
