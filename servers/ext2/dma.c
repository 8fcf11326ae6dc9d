/* SPDX-License-Identifier: BSD-2-Clause */
#include "dma.h"

#include <mach/mach_port_user.h>

#include <device/device_dma_user.h>
#include <device/device_master_user.h>
#include <device/device_types.h>
#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"

static mach_port_t master;
static mach_port_t device;

/* Memory that the device reaches. */
static struct region {
	vm_address_t start;
	vm_size_t size;
	uint64_t physical;
} * regions;
static unsigned region_count;
static unsigned region_room;
static unsigned last_found;

/*
 * A transfer has not been answered: until the next one is, by a driver that has
 * reset the device, the device may still be at it, and no memory is freed.
 */
static bool is_lost;

static void *page;
static uint64_t page_physical;

/* Has a driver died with it? A port that is dead says nothing of the device. */
static void
note_loss(kern_return_t code)
{
	if (code != MACH_SEND_INVALID_DEST)
		is_lost = code == MIG_SERVER_DIED || code == D_DEVICE_DOWN;
}

/* device_dma_read() or device_dma_write(). */
typedef kern_return_t (*transfer_t)(
    mach_port_t device, uint64_t sector, uint64_t physical, natural_t size);

static kern_return_t
transfer(transfer_t function, uint64_t sector, uint64_t physical, size_t size)
{
	kern_return_t code;
	unsigned repeats = 0;

	do {
		code = function(device, sector, physical, (natural_t)size);
		note_loss(code);
	} while (disk_again(code, &repeats));
	return code;
}

static kern_return_t
allocate(vm_size_t size, vm_address_t *memory, uint64_t *physical)
{
	return device_master_allocate(
	    master, mach_task_self(), memory, physical, size);
}

bool
dma_start(mach_port_t bootstrap, mach_port_t disk)
{
	vm_address_t memory;
	mach_port_t host;

	device = disk;
	if (bootstrap_privileged_ports(bootstrap, &host, &master) !=
	    KERN_SUCCESS)
		return false;
	(void)mach_port_deallocate(mach_task_self(), host);
	if (allocate(VM_PAGE_SIZE, &memory, &page_physical) != KERN_SUCCESS)
		return false;
	page = (void *)memory;
	return transfer(device_dma_read, 0, page_physical, DISK_SECTOR) ==
	       D_SUCCESS;
}

/* Room for one more region. */
static bool
make_room(void)
{
	unsigned room = region_room + 16;
	struct region *more;

	if (region_count < region_room)
		return true;
	more = realloc(regions, room * sizeof(*regions));
	if (more == NULL)
		return false;
	regions = more;
	region_room = room;
	return true;
}

void *
dma_allocate(size_t size)
{
	struct region region = {.size = size};

	if (!make_room() ||
	    allocate(size, &region.start, &region.physical) != KERN_SUCCESS)
		return NULL;
	regions[region_count++] = region;
	return (void *)region.start;
}

/* The region that holds [data, data + size), or NULL. */
static struct region *
find_region(const void *data, size_t size)
{
	vm_address_t start = (vm_address_t)data;

	for (unsigned i = 0; i < region_count; i++) {
		unsigned at = last_found + i;
		struct region *region;

		if (at >= region_count)
			at -= region_count;
		region = &regions[at];
		if (start >= region->start &&
		    start - region->start < region->size &&
		    size <= region->size - (start - region->start)) {
			last_found = at;
			return region;
		}
	}
	return NULL;
}

bool
dma_free(void *memory, size_t size)
{
	struct region *region = find_region(memory, size);

	if (region == NULL)
		return false;
	*region = regions[--region_count];
	last_found = 0;
	if (!is_lost)
		(void)syscall_vm_deallocate(
		    mach_task_self(), (vm_address_t)memory, size);
	return true;
}

/* Does the device reach all of it as it lies, and where? */
static bool
is_reached(const void *data, size_t size, uint64_t *physical)
{
	const struct region *region = find_region(data, size);

	if (region == NULL)
		return false;
	*physical = region->physical + ((vm_address_t)data - region->start);
	return true;
}

/* Of size bytes, of which so many are done, what goes through the page. */
static size_t
part_of(size_t size, size_t done)
{
	return size - done < VM_PAGE_SIZE ? size - done : VM_PAGE_SIZE;
}

kern_return_t
dma_read(uint64_t sector, void *data, size_t size)
{
	kern_return_t code = D_SUCCESS;
	uint64_t physical;

	if (is_reached(data, size, &physical))
		return transfer(device_dma_read, sector, physical, size);
	for (size_t done = 0; done < size && code == D_SUCCESS;) {
		size_t part = part_of(size, done);

		code = transfer(device_dma_read, sector + done / DISK_SECTOR,
		    page_physical, part);
		if (code == D_SUCCESS)
			memcpy((char *)data + done, page, part);
		done += part;
	}
	return code;
}

kern_return_t
dma_write(uint64_t sector, const void *data, size_t size)
{
	kern_return_t code = D_SUCCESS;
	uint64_t physical;

	if (is_reached(data, size, &physical))
		return transfer(device_dma_write, sector, physical, size);
	for (size_t done = 0; done < size && code == D_SUCCESS;) {
		size_t part = part_of(size, done);

		memcpy(page, (const char *)data + done, part);
		code = transfer(device_dma_write, sector + done / DISK_SECTOR,
		    page_physical, part);
		done += part;
	}
	return code;
}

kern_return_t
dma_read_memory(uint64_t sector, size_t size, vm_address_t *memory)
{
	uint64_t physical;
	kern_return_t code;

	if (allocate(size, memory, &physical) != KERN_SUCCESS)
		return D_NO_MEMORY;
	code = transfer(device_dma_read, sector, physical, size);
	if (code != D_SUCCESS && !is_lost)
		(void)syscall_vm_deallocate(mach_task_self(), *memory, size);
	return code;
}
