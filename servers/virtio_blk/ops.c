/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The routines of device.defs on disks and partitions. Records are sectors of
 * 512 bytes; a request is at most REQUEST_MAX bytes, and lies in its partition.
 * All of it is for user 0 only: everybody can find the ports.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/traps.h>

#include <device/device_dma_server.h>
#include <device/device_server.h>
#include <libports/ports.h>
#include <servers/bootstrap_user.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"

#define REQUEST_MAX (1024UL * 1024)

static const struct ports_class partition_class = {.name = "disk"};

static struct partition *
partition_of(mach_port_t port)
{
	return ports_sender().val[0] == 0 ? ports_lookup(port, &partition_class)
					  : NULL;
}

bool
driver_offer(const char *name, const struct ports_class *class, void *object)
{
	mach_port_t bootstrap, port;
	kern_return_t kr;

	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS)
		return false;
	kr = bootstrap_serve(bootstrap, "virtio_blk", name, &port);
	(void)mach_port_deallocate(mach_task_self(), bootstrap);
	if (kr == KERN_SUCCESS)
		kr = ports_adopt(class, object, port);
	if (kr != KERN_SUCCESS)
		printf("virtio_blk: %s cannot be registered\n", name);
	return kr == KERN_SUCCESS;
}

bool
partition_publish(const char *name, struct partition *partition)
{
	return driver_offer(name, &partition_class, partition);
}

/* Is the request inside the partition, in whole sectors? 0 or D_*. */
static int
check_request(const struct partition *partition, recnum_t sector, uint64_t size)
{
	if (size == 0 || size % DISK_SECTOR != 0 || size > REQUEST_MAX)
		return D_INVALID_SIZE;
	if (sector >= partition->count ||
	    size / DISK_SECTOR > partition->count - sector)
		return D_INVALID_RECNUM;
	return D_SUCCESS;
}

kern_return_t
S_device_open(
    mach_port_t master, dev_mode_t mode, const char *name, mach_port_t *device)
{
	const struct partition *partition = partition_of(master);

	if (partition == NULL || name[0] != '\0')
		return D_NO_SUCH_DEVICE;
	if ((mode & D_WRITE) != 0 && partition->disk->read_only)
		return D_READ_ONLY;
	*device = ports_right(master);
	return *device != MACH_PORT_NULL ? D_SUCCESS : D_NO_MEMORY;
}

kern_return_t
S_device_close(mach_port_t device)
{
	return partition_of(device) != NULL ? D_SUCCESS : D_NO_SUCH_DEVICE;
}

kern_return_t
S_device_read(mach_port_t device, dev_mode_t mode, recnum_t recnum,
    int bytes_wanted, io_buf_ptr_t *data, mach_msg_type_number_t *count)
{
	const struct partition *partition = partition_of(device);
	vm_address_t buffer = 0;
	int error;

	(void)mode;
	if (partition == NULL || bytes_wanted < 0)
		return D_NO_SUCH_DEVICE;
	error = check_request(partition, recnum, (uint64_t)bytes_wanted);
	if (error != D_SUCCESS)
		return error;
	if (syscall_vm_allocate(mach_task_self(), &buffer,
		(vm_size_t)bytes_wanted, TRUE) != KERN_SUCCESS)
		return D_NO_MEMORY;
	error = disk_read(partition->disk, partition->first + recnum,
	    (void *)buffer, (size_t)bytes_wanted);
	if (error != D_SUCCESS) {
		(void)syscall_vm_deallocate(
		    mach_task_self(), buffer, (vm_size_t)bytes_wanted);
		return error;
	}
	*data = buffer;
	*count = (mach_msg_type_number_t)bytes_wanted;
	return D_SUCCESS;
}

kern_return_t
S_device_read_inband(mach_port_t device, dev_mode_t mode, recnum_t recnum,
    int bytes_wanted, io_buf_inband_t data, mach_msg_type_number_t *count)
{
	const struct partition *partition = partition_of(device);
	int error;

	(void)mode;
	if (partition == NULL || bytes_wanted < 0 ||
	    (mach_msg_type_number_t)bytes_wanted > *count)
		return D_INVALID_SIZE;
	error = check_request(partition, recnum, (uint64_t)bytes_wanted);
	if (error == D_SUCCESS)
		error = disk_read(partition->disk, partition->first + recnum,
		    data, (size_t)bytes_wanted);
	if (error == D_SUCCESS)
		*count = (mach_msg_type_number_t)bytes_wanted;
	return error;
}

static int
write_sectors(
    mach_port_t device, recnum_t recnum, const void *data, size_t size)
{
	const struct partition *partition = partition_of(device);
	int error;

	if (partition == NULL)
		return D_NO_SUCH_DEVICE;
	if (partition->disk->read_only)
		return D_READ_ONLY;
	error = check_request(partition, recnum, size);
	if (error == D_SUCCESS)
		error = disk_write(
		    partition->disk, partition->first + recnum, data, size);
	return error;
}

/* The data are ours only if it succeeds. */
kern_return_t
S_device_write(mach_port_t device, dev_mode_t mode, recnum_t recnum,
    io_buf_ptr_t data, mach_msg_type_number_t count, int *bytes_written)
{
	int error = write_sectors(device, recnum, (const void *)data, count);

	(void)mode;
	if (error != D_SUCCESS)
		return error;
	*bytes_written = (int)count;
	(void)syscall_vm_deallocate(mach_task_self(), data, count);
	return D_SUCCESS;
}

kern_return_t
S_device_write_inband(mach_port_t device, dev_mode_t mode, recnum_t recnum,
    const char *data, mach_msg_type_number_t count, int *bytes_written)
{
	(void)mode;
	*bytes_written = (int)count;
	return write_sectors(device, recnum, data, count);
}

/* May the sender have the device transfer this? 0 or D_*. */
static int
check_physical(const struct partition *partition, recnum_t sector,
    uint64_t physical, natural_t size)
{
	if (partition == NULL)
		return D_NO_SUCH_DEVICE;
	if (ports_sender().val[0] != 0 || physical + size < physical)
		return D_INVALID_OPERATION;
	return check_request(partition, sector, size);
}

kern_return_t
S_device_dma_read(mach_port_t device, recnum_t recnum, rpc_phys_addr_t physical,
    natural_t size)
{
	const struct partition *partition = partition_of(device);
	int error = check_physical(partition, recnum, physical, size);

	if (error != D_SUCCESS)
		return error;
	return disk_read_physical(
	    partition->disk, partition->first + recnum, physical, size);
}

kern_return_t
S_device_dma_write(mach_port_t device, recnum_t recnum,
    rpc_phys_addr_t physical, natural_t size)
{
	const struct partition *partition = partition_of(device);
	int error = check_physical(partition, recnum, physical, size);

	if (error == D_SUCCESS && partition->disk->read_only)
		error = D_READ_ONLY;
	if (error != D_SUCCESS)
		return error;
	return disk_write_physical(
	    partition->disk, partition->first + recnum, physical, size);
}

kern_return_t
S_device_get_status(mach_port_t device, dev_flavor_t flavor,
    dev_status_t status, mach_msg_type_number_t *count)
{
	const struct partition *partition = partition_of(device);
	uint64_t size;

	if (partition == NULL)
		return D_NO_SUCH_DEVICE;
	if (flavor != DEV_GET_SIZE || *count < DEV_GET_SIZE_COUNT)
		return D_INVALID_OPERATION;
	size = partition->count * DISK_SECTOR;
	status[DEV_GET_SIZE_DEVICE_SIZE] = (natural_t)size;
	status[DEV_GET_SIZE_DEVICE_SIZE + 1] = (natural_t)(size >> 32);
	status[DEV_GET_SIZE_RECORD_SIZE] = DISK_SECTOR;
	status[DEV_GET_SIZE_RECORD_SIZE + 1] = 0;
	*count = DEV_GET_SIZE_COUNT;
	return D_SUCCESS;
}

kern_return_t
S_device_sync(mach_port_t device)
{
	const struct partition *partition = partition_of(device);

	return partition != NULL ? disk_flush(partition->disk)
				 : D_NO_SUCH_DEVICE;
}
