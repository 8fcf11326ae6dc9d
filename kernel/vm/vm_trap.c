/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The traps that stand for the commonest vm routines. The task is named in the
 * caller's space, nearly always itself.
 */
#include <arch/copy.h>

#include <ipc/ipc_kobject.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <kern/slab.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <kern/traps.h>
#include <vm/vm_map.h>
#include <vm_map_server.h>

/* What syscall_vm_write writes at once, and at most. */
#define WRITE_PART 2048U
#define WRITE_MAX  (2UL << 20)

/* The map of the task of that name, referenced; NULL: no such task. */
static inline struct vm_map *
map_of(uint64_t name)
{
	const struct ipc_entry *entry = ipc_entry_with(
	    current_task()->space, (mach_port_name_t)name, MACH_PORT_TYPE_SEND);
	const struct ipc_port *port;
	struct vm_map *map;

	if (entry == NULL)
		return NULL;
	port = ipc_object_port(entry->object);
	if (port->kotype != IKOT_TASK) /* as it is, too, of a dead one */
		return NULL;
	map = ((const struct task *)port->kobject)->map;
	if (map != NULL)
		vm_map_reference(map);
	return map;
}

/* vm_map_release(), which the task's own reference spares nearly all. */
static inline void
release(struct vm_map *map)
{
	if (map->references > 1)
		map->references--;
	else
		vm_map_release(map);
}

uint64_t
trap_syscall_vm_allocate(
    uint64_t task, uint64_t address, uint64_t size, uint64_t anywhere)
{
	struct vm_map *map = map_of(task);
	vm_address_t place;
	kern_return_t kr;

	if (map == NULL)
		return KERN_INVALID_ARGUMENT;
	kr = copyin(address, &place, sizeof(place)) ? KERN_SUCCESS
						    : KERN_INVALID_ADDRESS;
	if (kr == KERN_SUCCESS)
		kr = vm_map_allocate(
		    map, &place, size, anywhere != 0, VM_PROT_DEFAULT);
	if (kr == KERN_SUCCESS && !copyout(&place, address, sizeof(place))) {
		vm_map_remove(map, place, size);
		kr = KERN_INVALID_ADDRESS;
	}
	release(map);
	return (uint64_t)kr;
}

uint64_t
trap_syscall_vm_deallocate(uint64_t task, uint64_t address, uint64_t size)
{
	struct vm_map *map = map_of(task);
	kern_return_t kr;

	if (map == NULL)
		return KERN_INVALID_ARGUMENT;
	kr = size == 0 ? KERN_SUCCESS : vm_map_remove(map, address, size);
	release(map);
	return (uint64_t)kr;
}

/* By way of a buffer, for either memory may have to be waited for. */
static kern_return_t
write_through(struct vm_map *map, vm_address_t address, uint64_t data,
    vm_size_t size, char *buffer)
{
	kern_return_t kr = KERN_SUCCESS;

	while (size > 0 && kr == KERN_SUCCESS) {
		vm_size_t part = size < WRITE_PART ? size : WRITE_PART;

		kr = copyin(data, buffer, part)
			 ? vm_map_write(map, address, buffer, part)
			 : KERN_INVALID_ADDRESS;
		address += part;
		data += part;
		size -= part;
	}
	return kr;
}

uint64_t
trap_syscall_vm_write(
    uint64_t task, uint64_t address, uint64_t data, uint64_t size)
{
	kern_return_t kr = KERN_RESOURCE_SHORTAGE;
	struct vm_map *map;
	char *buffer;

	if (size > WRITE_MAX)
		return KERN_INVALID_ARGUMENT;
	map = map_of(task);
	if (map == NULL)
		return KERN_INVALID_ARGUMENT;
	buffer = kalloc(size < WRITE_PART ? size : WRITE_PART);
	if (buffer != NULL) {
		kr = write_through(map, address, data, size, buffer);
		kfree(buffer, size < WRITE_PART ? size : WRITE_PART);
	}
	vm_map_release(map);
	return (uint64_t)kr;
}

uint64_t
trap_syscall_vm_map_object(uint64_t task, uint64_t address, uint64_t size,
    uint64_t object, uint64_t offset, uint64_t prot)
{
	struct ipc_port *right = ipc_right_send_port(
	    current_task()->space, (mach_port_name_t)object);
	bool copy = (prot & VM_PROT_WRITE) != 0;
	struct vm_map *map;
	kern_return_t kr;

	if (right == NULL)
		return KERN_INVALID_CAPABILITY;
	right = ipc_port_copy_send(right);
	map = map_of(task);
	kr = vm_map(map, &address, size, 0, FALSE, ipc_port_to_handle(right),
	    offset, copy, (vm_prot_t)prot,
	    copy ? VM_PROT_ALL : VM_PROT_READ | VM_PROT_EXECUTE,
	    VM_INHERIT_COPY);
	if (kr != KERN_SUCCESS)
		ipc_port_release_send(right);
	vm_map_release(map);
	return (uint64_t)kr;
}

uint64_t
trap_syscall_vm_share(
    uint64_t task, uint64_t there, uint64_t here, uint64_t size)
{
	struct vm_map *map = map_of(task);
	vm_prot_t now, most;
	kern_return_t kr = vm_remap(map, &there, size, 0, FALSE,
	    current_task()->map, here, FALSE, &now, &most, VM_INHERIT_NONE);

	/* Both are about to use it: spare them the first fault. */
	if (kr == KERN_SUCCESS) {
		(void)vm_fault(current_task()->map, here, VM_PROT_WRITE);
		(void)vm_fault(map, there, VM_PROT_WRITE);
	}
	vm_map_release(map);
	return (uint64_t)kr;
}

uint64_t
trap_syscall_vm_protect(uint64_t task, uint64_t address, uint64_t size,
    uint64_t set_max, uint64_t prot)
{
	struct vm_map *map = map_of(task);
	kern_return_t kr = KERN_SUCCESS;

	if (map == NULL)
		return KERN_INVALID_ARGUMENT;
	if (size != 0)
		kr = vm_map_protect(
		    map, address, size, (vm_prot_t)prot, set_max != 0);
	release(map);
	return (uint64_t)kr;
}
