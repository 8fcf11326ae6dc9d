/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading and writing the device with device.defs. Data move out of line: what
 * was read arrives as memory of ours, and is copied once, into a buffer.
 */
#include "disk.h"

#include <mach/task_user.h>

#include <device/device_types.h>
#include <device/device_user.h>
#include <errno.h>
#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <string.h>

#define REQUEST_MAX (512 * 1024UL)
#define SECTOR      512U

static mach_port_t device;

static int
error_of(kern_return_t code)
{
	switch (code) {
	case D_SUCCESS:
		return 0;
	case D_NO_MEMORY:
		return ENOMEM;
	case D_READ_ONLY:
		return EROFS;
	default:
		return EIO;
	}
}

static int
read_part(uint64_t offset, char *data, size_t size)
{
	mach_msg_type_number_t got = 0;
	io_buf_ptr_t buffer = 0;
	kern_return_t code =
	    device_read(device, 0, offset / SECTOR, (int)size, &buffer, &got);

	if (code != D_SUCCESS)
		return error_of(code);
	if (got == size)
		memcpy(data, (const void *)buffer, size);
	(void)syscall_vm_deallocate(mach_task_self(), buffer, got);
	return got == size ? 0 : EIO;
}

/* As it comes. */
static int
disk_read_memory(void *context, uint64_t offset, size_t size, uintptr_t *memory)
{
	mach_msg_type_number_t got = 0;
	io_buf_ptr_t buffer = 0;
	kern_return_t code;

	(void)context;
	if (size > REQUEST_MAX)
		return ENOTSUP;
	code =
	    device_read(device, 0, offset / SECTOR, (int)size, &buffer, &got);
	if (code != D_SUCCESS)
		return error_of(code);
	if (got != size || buffer % VM_PAGE_SIZE != 0) {
		(void)syscall_vm_deallocate(mach_task_self(), buffer, got);
		return got != size ? EIO : ENOTSUP;
	}
	*memory = buffer;
	return 0;
}

static int
write_part(uint64_t offset, const char *data, size_t size)
{
	int written = 0;
	kern_return_t code = device_write(device, 0, offset / SECTOR,
	    (io_buf_ptr_t)data, (mach_msg_type_number_t)size, &written);

	if (code != D_SUCCESS)
		return error_of(code);
	return (size_t)written == size ? 0 : EIO;
}

static int
disk_read(void *context, uint64_t offset, void *data, size_t size)
{
	(void)context;
	for (size_t done = 0; done < size; done += REQUEST_MAX) {
		size_t left = size - done;
		int error = read_part(offset + done, (char *)data + done,
		    left < REQUEST_MAX ? left : REQUEST_MAX);

		if (error != 0)
			return error;
	}
	return 0;
}

static int
disk_write(void *context, uint64_t offset, const void *data, size_t size)
{
	(void)context;
	for (size_t done = 0; done < size; done += REQUEST_MAX) {
		size_t left = size - done;
		int error = write_part(offset + done, (const char *)data + done,
		    left < REQUEST_MAX ? left : REQUEST_MAX);

		if (error != 0)
			return error;
	}
	return 0;
}

static int
disk_sync(void *context)
{
	(void)context;
	return error_of(device_sync(device));
}

const char *
disk_open(const char *name, struct ext2_disk *disk, bool *read_only)
{
	natural_t status[DEV_GET_SIZE_COUNT];
	mach_msg_type_number_t count = DEV_GET_SIZE_COUNT;
	mach_port_t bootstrap, master;
	kern_return_t code;

	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS)
		return "there is no name service";
	if (bootstrap_look_up(bootstrap, name, &master) != KERN_SUCCESS)
		return "there is no such device";
	*read_only = false;
	code = device_open(master, D_READ | D_WRITE, "", &device);
	if (code == D_READ_ONLY) {
		*read_only = true;
		code = device_open(master, D_READ, "", &device);
	}
	if (code != D_SUCCESS)
		return "the device cannot be opened";
	if (device_get_status(device, DEV_GET_SIZE, status, &count) !=
		D_SUCCESS ||
	    count != DEV_GET_SIZE_COUNT)
		return "the device does not tell its size";
	*disk = (struct ext2_disk){
	    .size = status[DEV_GET_SIZE_DEVICE_SIZE] |
		    (uint64_t)status[DEV_GET_SIZE_DEVICE_SIZE + 1] << 32,
	    .read = disk_read,
	    .read_memory = disk_read_memory,
	    .write = disk_write,
	    .sync = disk_sync,
	};
	return NULL;
}
