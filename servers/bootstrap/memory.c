/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory that devices write to. It is ours, and drivers map it: when one dies,
 * its device may go on with what it was told to do until the next driver has
 * reset it, and must not find somebody else's pages there. So a piece is kept
 * for as long as the system runs, and given to who asks for it by its name.
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <device/device_master_user.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bootstrap.h"

struct piece {
	struct piece *next;
	vm_size_t size;
	rpc_phys_addr_t physical;
	mach_port_t entry;
	char name[IO_NAME_MAX];
};

static struct piece *pieces;

static bool
fill(struct piece *piece)
{
	vm_size_t size = piece->size;
	vm_address_t address = 0;

	if (device_master_allocate(boot.device_master, mach_task_self(),
		&address, &piece->physical, size) != KERN_SUCCESS)
		return false;
	if (mach_make_memory_entry(mach_task_self(), &size, address,
		VM_PROT_READ | VM_PROT_WRITE, &piece->entry,
		MACH_PORT_NULL) == KERN_SUCCESS)
		return true;
	(void)syscall_vm_deallocate(mach_task_self(), address, piece->size);
	return false;
}

static struct piece *
make(const char *name, vm_size_t size)
{
	struct piece *piece = calloc(1, sizeof(*piece));

	if (piece == NULL)
		return NULL;
	piece->size = size;
	strlcpy(piece->name, name, IO_NAME_MAX);
	if (!fill(piece)) {
		free(piece);
		return NULL;
	}
	piece->next = pieces;
	pieces = piece;
	return piece;
}

int
memory_get(const char *name, vm_size_t size, mach_port_t *entry,
    rpc_phys_addr_t *physical)
{
	struct piece *piece = pieces;

	while (piece != NULL && strcmp(piece->name, name) != 0)
		piece = piece->next;
	if (piece == NULL)
		piece = make(name, size);
	if (piece == NULL)
		return ENOMEM;
	if (piece->size != size)
		return EEXIST;
	if (mach_port_mod_refs(mach_task_self(), piece->entry,
		MACH_PORT_RIGHT_SEND, 1) != KERN_SUCCESS)
		return ENOMEM;
	*entry = piece->entry;
	*physical = piece->physical;
	return 0;
}
